package org.jangbu.ledger.channel;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.Map;
import java.util.TreeMap;
import org.jangbu.model.Quoted;

/**
 * Our own consensus in Fabric's {@code ConsensusType}: its name, and its metadata, a {@code google.protobuf.Struct} of texts. It is a message
 * because Fabric's configtxlator reads the metadata of a consensus that it does not know as an empty one: unknown fields it passes over, bytes
 * that are no message it refuses. The metadata of other consensus types is theirs and is left alone.
 */
public final class ConsensusMetadata {
    /** Name of the ordering over JMS topics. */
    public static final String JMS = "jms";

    /** Key of how the transactions of a batch are sorted. */
    public static final String ORDER = "order";

    /** By the timestamp of the channel header, ties by arrival. */
    public static final String ORDER_BY_TIMESTAMP = "TIMESTAMP";

    /** As they arrived. */
    public static final String ORDER_BY_ARRIVAL = "ARRIVAL";

    private ConsensusMetadata() {}

    /** The same settings always give the same bytes. */
    public static ByteString write(Map<String, String> metadata) {
        Struct.Builder settings = Struct.newBuilder();
        metadata.forEach((key, value) ->
                settings.putFields(key, Value.newBuilder().setStringValue(value).build()));
        return Deterministic.bytes(settings.build());
    }

    /** @throws IllegalArgumentException if they are no such message, or hold something else than texts */
    static Map<String, String> read(ByteString metadata) {
        Map<String, String> read = new TreeMap<>();
        try {
            Struct.parseFrom(metadata).getFieldsMap().forEach((key, value) -> {
                if (!value.hasStringValue()) {
                    throw new IllegalArgumentException("the setting " + Quoted.brief(key) + " is no text");
                }
                read.put(key, value.getStringValue());
            });
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("no message: " + e.getMessage(), e);
        }
        return Map.copyOf(read);
    }
}
