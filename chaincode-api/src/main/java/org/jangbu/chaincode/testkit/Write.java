package org.jangbu.chaincode.testkit;

import java.util.HashMap;
import java.util.Map;
import org.jangbu.chaincode.testkit.InMemoryLedger.Entry;
import org.jspecify.annotations.Nullable;

/**
 * One write of a transaction.
 *
 * @param metadataName the metadata entry that is written, or empty for the value itself
 * @param bytes what is written; null deletes the key
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Write(String collection, String key, String metadataName, byte @Nullable [] bytes) {
    Entry applyTo(Entry before) {
        if (metadataName.isEmpty()) {
            return new Entry(bytes, bytes == null ? Map.of() : before.metadata());
        }
        Map<String, byte[]> metadata = new HashMap<>(before.metadata());
        if (bytes != null) {
            metadata.put(metadataName, bytes);
        }
        return new Entry(before.value(), metadata);
    }
}
