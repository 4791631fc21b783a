package org.jangbu.peer.endorse;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVMetadataEntry;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVMetadataWrite;

/** The metadata of a key, entries by their names. */
final class KeyMetadata {
    private KeyMetadata() {}

    /** As the state holds it. */
    static Map<String, ByteString> parse(ByteString metadata) {
        try {
            Map<String, ByteString> entries = new LinkedHashMap<>();
            for (KVMetadataEntry entry : KVMetadataWrite.parseFrom(metadata).getEntriesList()) {
                entries.put(entry.getName(), entry.getValue());
            }
            return entries;
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the state holds unreadable metadata", e);
        }
    }

    /** What it counts for. */
    static int size(Map<String, ByteString> entries) {
        return entries.entrySet().stream()
                .mapToInt(e -> e.getKey().length() + e.getValue().size())
                .sum();
    }
}
