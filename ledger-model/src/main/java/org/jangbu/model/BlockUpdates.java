package org.jangbu.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jspecify.annotations.Nullable;

/**
 * What the valid transactions of a block leave behind, each key once.
 *
 * <p>The rules are Fabric's: a later transaction wins over an earlier one; writing a value keeps the key's metadata, writing metadata keeps
 * its value; a delete drops both, and wins over metadata that the same transaction writes; metadata written to a key that does not exist is
 * ignored.
 */
public final class BlockUpdates {
    private final CommittedKeys before;
    private final Map<KeyAddress, CommittedKeys.Content> committed = new HashMap<>();
    private final Map<KeyAddress, KeyUpdate> updates = new HashMap<>();

    private BlockUpdates(CommittedKeys before) {
        this.before = before;
    }

    /**
     * The updates in the order of their addresses, which is the order that the commit hash wants.
     *
     * @param codes one verdict per transaction; only VALID endorser transactions have effects
     */
    public static List<KeyUpdate> of(ParsedBlock block, List<TxValidationCode> codes, CommittedKeys before) {
        if (codes.size() != block.transactions().size()) {
            throw new IllegalArgumentException(codes.size() + " verdicts on "
                    + block.transactions().size() + " transactions in block " + block.number());
        }
        List<TransactionWrites> writes = new ArrayList<>();
        for (int tx = 0; tx < codes.size(); tx++) {
            if (codes.get(tx) == TxValidationCode.VALID
                    && block.transactions().get(tx) instanceof ParsedTransaction.Endorser endorser) {
                writes.add(
                        TransactionWrites.of(endorser.transaction().readWriteSet(), new Version(block.number(), tx)));
            }
        }
        return new BlockUpdates(before).fold(writes);
    }

    private List<KeyUpdate> fold(List<TransactionWrites> transactions) {
        readCommitted(transactions);
        for (TransactionWrites transaction : transactions) {
            transaction.writes().forEach((address, write) -> apply(address, write, transaction.version()));
        }
        List<KeyUpdate> sorted = new ArrayList<>(updates.values());
        Collections.sort(sorted);
        return Collections.unmodifiableList(sorted);
    }

    /** Reads, at once, the keys of which a block may leave a part as it was. */
    private void readCommitted(List<TransactionWrites> transactions) {
        Set<KeyAddress> wanted = new HashSet<>();
        for (TransactionWrites transaction : transactions) {
            transaction.writes().forEach((address, write) -> {
                if (write.keepsValue()
                        || (write.keepsMetadata()
                                && before.mayHoldMetadata(address.namespace(), address.collection()))) {
                    wanted.add(address);
                }
            });
        }
        if (!wanted.isEmpty()) {
            committed.putAll(before.contents(wanted));
        }
    }

    private void apply(KeyAddress address, TransactionWrites.Write write, Version version) {
        CommittedKeys.Content after = write.after(current(address));
        if (after != null) {
            updates.put(address, new KeyUpdate(address, after.value(), after.metadata(), write.delete(), version));
        }
    }

    private CommittedKeys.@Nullable Content current(KeyAddress address) {
        KeyUpdate earlier = updates.get(address);
        if (earlier == null) {
            return committed.get(address);
        }
        return earlier.delete() ? null : new CommittedKeys.Content(earlier.value(), earlier.metadata());
    }
}
