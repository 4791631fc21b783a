package org.jangbu.chaincode.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jangbu.chaincode.spi.ChaincodeHost;
import org.jangbu.chaincode.spi.ChaincodeHostException;
import org.jangbu.chaincode.spi.ChaincodeResult;
import org.jspecify.annotations.Nullable;

/** One transaction on an {@link InMemoryLedger}: reads see what was committed before it, never what it writes itself. */
public final class Simulation implements ChaincodeHost {
    private static final byte[] NOTHING = {};

    private final InMemoryLedger ledger;
    private final List<Write> writes = new ArrayList<>();

    Simulation(InMemoryLedger ledger) {
        this.ledger = ledger;
    }

    @Override
    public byte @Nullable [] getState(String collection, String key) {
        InMemoryLedger.Entry found = ledger.entry(collection, checked(key));
        return found == null ? null : found.value();
    }

    @Override
    public byte @Nullable [] getPrivateDataHash(String collection, String key) {
        byte[] value = getState(collection, key);
        return value == null ? null : sha256(value);
    }

    @Override
    public void putState(String collection, String key, byte[] value) {
        writes.add(new Write(collection, checked(key), "", value.length == 0 ? null : value));
    }

    @Override
    public void deleteState(String collection, String key) {
        writes.add(new Write(collection, checked(key), "", null));
    }

    @Override
    public void purgePrivateData(String collection, String key) {
        deleteState(collection, key);
    }

    @Override
    public Map<String, byte[]> getStateMetadata(String collection, String key) {
        InMemoryLedger.Entry found = ledger.entry(collection, checked(key));
        return found == null ? Map.of() : found.metadata();
    }

    @Override
    public void putStateMetadata(String collection, String key, String name, byte[] value) {
        writes.add(new Write(collection, checked(key), name, value));
    }

    @Override
    public Results<KeyValue> getStateByRange(String collection, String start, String end, @Nullable Page page) {
        String from = page == null || page.bookmark().isEmpty() ? start : page.bookmark();
        List<KeyValue> rows = new ArrayList<>();
        String bookmark = "";
        for (Map.Entry<String, InMemoryLedger.Entry> row :
                ledger.range(collection, from, end).entrySet()) {
            if (page != null && rows.size() == page.size()) {
                bookmark = row.getKey();
                break;
            }
            byte[] value = row.getValue().value();
            rows.add(new KeyValue("", row.getKey(), value == null ? NOTHING : value));
        }
        return new ListedResults<>(rows, bookmark, page == null ? 0 : rows.size());
    }

    @Override
    public Results<KeyValue> getQueryResult(String collection, String query, @Nullable Page page) {
        return RichQuery.ask(ledger.range(collection, "", ""), query, collection.isEmpty() ? page : null);
    }

    @Override
    public Results<Modification> getHistoryForKey(String key) {
        return new ListedResults<>(ledger.newestFirst(checked(key)), "", 0);
    }

    @Override
    public ChaincodeResult invokeChaincode(String chaincode, String channel, List<byte[]> args) {
        throw new ChaincodeHostException("The kit runs one chaincode; there is no " + chaincode);
    }

    List<Write> writes() {
        return List.copyOf(writes);
    }

    /** The last value that was written to each public key; empty for a deletion. */
    Map<String, byte[]> finalPublicValues() {
        Map<String, byte[]> found = new LinkedHashMap<>();
        for (Write write : writes) {
            if (write.collection().isEmpty() && write.metadataName().isEmpty()) {
                byte[] bytes = write.bytes();
                found.put(write.key(), bytes == null ? NOTHING : bytes);
            }
        }
        return found;
    }

    private static String checked(String key) {
        if (key.isEmpty()) {
            throw new ChaincodeHostException("An empty key is no key");
        }
        try {
            UTF_8.newEncoder().encode(CharBuffer.wrap(key));
            return key;
        } catch (CharacterCodingException e) {
            throw new ChaincodeHostException("The key is no Unicode text", e);
        }
    }

    private static byte[] sha256(byte[] value) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
