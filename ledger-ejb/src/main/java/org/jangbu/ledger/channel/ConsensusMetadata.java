package org.jangbu.ledger.channel;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Our own consensus in Fabric's {@code ConsensusType}: its name, and its metadata as lines {@code key=value} in the manner of Java
 * properties. The metadata of other consensus types is theirs and is left alone.
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

    static ByteString write(Map<String, String> metadata) {
        StringBuilder out = new StringBuilder();
        new TreeMap<>(metadata)
                .forEach((key, value) ->
                        out.append(key).append('=').append(value).append('\n'));
        return ByteString.copyFromUtf8(out.toString());
    }

    /** @throws IllegalArgumentException if the text is not in the form of properties */
    static Map<String, String> read(ByteString metadata) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(metadata.toStringUtf8()));
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        Map<String, String> read = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> read.put(key, properties.getProperty(key)));
        return Map.copyOf(read);
    }
}
