package org.jangbu.tests.crash;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** What clients were told about their transactions. What nobody was told about may have happened or not. */
final class Receipts {
    private static final Receipt ACCEPTED = new Receipt(-1, "", "");

    private final Map<String, Receipt> receipts = new ConcurrentHashMap<>();

    /**
     * What a client holds.
     *
     * @param block -1 where it was only told that the orderer has its transaction
     * @param code the verdict, as the client was told
     * @param key what the transaction wrote, where it wrote a key of its own; else empty
     */
    record Receipt(long block, String code, String key) {
        boolean isCommitted() {
            return block >= 0;
        }
    }

    void accepted(String txId) {
        receipts.putIfAbsent(txId, ACCEPTED);
    }

    void judged(String txId, long block, String code, String key) {
        receipts.put(txId, new Receipt(block, code, key));
    }

    Map<String, Receipt> all() {
        return Map.copyOf(receipts);
    }

    /** Ids of transactions that clients were told about. */
    Set<String> ids() {
        return Set.copyOf(receipts.keySet());
    }

    /** Keys that, as clients were told, are written, and the blocks that wrote them. */
    Map<String, Long> keys() {
        return receipts.values().stream()
                .filter(receipt ->
                        receipt.code().equals("VALID") && !receipt.key().isEmpty())
                .collect(Collectors.toMap(Receipt::key, Receipt::block));
    }
}
