package org.jangbu.model;

import com.google.protobuf.ByteString;
import java.util.Comparator;

/**
 * Where a block writes: a public key, as UTF-8 bytes, or the SHA-256 of a private key within its collection.
 *
 * @param collection empty for public keys
 */
public record KeyAddress(String namespace, String collection, ByteString key) implements Comparable<KeyAddress> {
    private static final Comparator<KeyAddress> ORDER = Comparator.comparing(
                    KeyAddress::namespace, Utf8Order.COMPARATOR)
            .thenComparing(KeyAddress::collection, Utf8Order.COMPARATOR)
            .thenComparing(KeyAddress::key, ByteString.unsignedLexicographicalComparator());

    @Override
    public int compareTo(KeyAddress other) {
        return ORDER.compare(this, other);
    }
}
