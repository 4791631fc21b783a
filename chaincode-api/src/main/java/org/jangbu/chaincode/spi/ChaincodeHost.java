package org.jangbu.chaincode.spi;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the peer offers to one invocation of a contract: the state of its namespace as of one height. Reads never see the invocation's own
 * writes. Used by one thread at a time. {@code collection} is empty for the public state.
 *
 * <p>Every method throws {@link ChaincodeHostException} for what Fabric refuses too (an empty key, a key that is not UTF-8, a limit
 * reached); contracts see its message.
 */
@SuppressWarnings("ArrayRecordComponent") // the SPI is made of JDK types alone, and copies would cost
public interface ChaincodeHost {
    /** The value of a key, or null if there is none. */
    byte @Nullable [] getState(String collection, String key);

    /** SHA-256 of a private value, known to members and others alike; null if there is none. */
    byte @Nullable [] getPrivateDataHash(String collection, String key);

    /** Puts a value; an empty one deletes the key. */
    void putState(String collection, String key, byte[] value);

    /** Deletes a key. */
    void deleteState(String collection, String key);

    /** Deletes a private key together with its past values. */
    void purgePrivateData(String collection, String key);

    /** Metadata of a key, for example its endorsement policy under {@code VALIDATION_PARAMETER}. */
    Map<String, byte[]> getStateMetadata(String collection, String key);

    /** Puts one metadata entry of a key. */
    void putStateMetadata(String collection, String key, String name, byte[] value);

    /**
     * Keys from {@code start} (inclusive) to {@code end} (exclusive; empty means no end), in byte order.
     *
     * @param page how many and from where, or null for all (up to the peer's limit)
     */
    Results<KeyValue> getStateByRange(String collection, String start, String end, @Nullable Page page);

    /** Rows that match a rich query (Mango selector, JSON text). */
    Results<KeyValue> getQueryResult(String collection, String query, @Nullable Page page);

    /** Former values of a key, newest first. */
    Results<Modification> getHistoryForKey(String key);

    /**
     * Calls another chaincode: of the same channel within this simulation, of another channel read-only.
     *
     * @param channel empty for the same channel
     */
    ChaincodeResult invokeChaincode(String chaincode, String channel, List<byte[]> args);

    /** Which page of a query to read. */
    record Page(int size, String bookmark) {}

    /** A key of this chaincode's namespace and its value. */
    record KeyValue(String namespace, String key, byte[] value) {}

    /** One former value of a key; the value is empty where the key was deleted. */
    record Modification(String txId, byte[] value, Instant timestamp, boolean deleted) {}

    /** Results of a query, read one by one; {@link #close} tells the peer that no more will be read. */
    interface Results<T> extends AutoCloseable {
        /** The next one, or null at the end. */
        @Nullable
        T next();

        /** Whether there is a next one. Asking reads nothing that a transaction's read set would show. */
        boolean hasNext();

        /** The bookmark at which the next page starts; empty when there was no paging, or nothing is left of a range of keys. */
        String bookmark();

        /** How many this page holds; 0 when there was no paging. */
        int fetched();

        @Override
        void close();
    }
}
