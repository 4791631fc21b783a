package org.jangbu.ledger.state;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.Optional;
import org.jangbu.model.KeyAddress;
import org.jangbu.model.Utf8Order;

/**
 * A key of the world state. Hashed private data lives in the namespace {@code <chaincode>$$h<collection>}, its key being the Base64 text of
 * the key's hash, as Fabric's state database has it.
 */
public record StateKey(String namespace, String key) implements Comparable<StateKey> {
    /** The most bytes of UTF-8 that namespace and key may have together; a database index takes no more. */
    public static final int MAX_BYTES = 2000;

    private static final String HASHED = "$$h";
    private static final Comparator<StateKey> ORDER = Comparator.comparing(StateKey::namespace, Utf8Order.COMPARATOR)
            .thenComparing(StateKey::key, Utf8Order.COMPARATOR);

    /** The key under which a private key's hash is kept. */
    public static StateKey hashed(String chaincode, String collection, ByteString hash) {
        return new StateKey(
                namespaceOf(chaincode, collection), Base64.getEncoder().encodeToString(hash.toByteArray()));
    }

    /** The namespace of a chaincode's public keys ({@code collection} empty) or of the hashes of a private collection. */
    public static String namespaceOf(String chaincode, String collection) {
        return collection.isEmpty() ? chaincode : chaincode + HASHED + collection;
    }

    /** The key under which the state has what a block writes there. */
    public static StateKey of(KeyAddress address) {
        return address.collection().isEmpty()
                ? new StateKey(address.namespace(), address.key().toStringUtf8())
                : hashed(address.namespace(), address.collection(), address.key());
    }

    /** The chaincode whose namespace it is in, publicly or by a collection. */
    public String chaincode() {
        int mark = namespace.indexOf(HASHED);
        return mark < 0 ? namespace : namespace.substring(0, mark);
    }

    /** The private collection whose hashes its namespace holds; empty for a public key. */
    public String collection() {
        int mark = namespace.indexOf(HASHED);
        return mark < 0 ? "" : namespace.substring(mark + HASHED.length());
    }

    /** Where in a block's updates this key stands; the inverse of {@link #of}. */
    public KeyAddress address() {
        int mark = namespace.indexOf(HASHED);
        return mark < 0
                ? new KeyAddress(namespace, "", ByteString.copyFromUtf8(key))
                : new KeyAddress(
                        namespace.substring(0, mark),
                        namespace.substring(mark + HASHED.length()),
                        ByteString.copyFrom(Base64.getDecoder().decode(key)));
    }

    /**
     * Why the state cannot hold this key, in words for a contract's author; empty if it can. A transaction that writes such a key is
     * refused when it puts the key, and invalid (INVALID_WRITESET) if it comes in a block all the same.
     */
    public Optional<String> problem() {
        long namespaceBytes = utf8Length(namespace);
        long keyBytes = utf8Length(key);
        if (namespaceBytes < 0 || keyBytes < 0) {
            return Optional.of("the key is not Unicode text: it has a surrogate without its other half");
        }
        if (namespaceBytes + keyBytes > MAX_BYTES) {
            return Optional.of("the key has " + keyBytes + " bytes; namespace and key together may have " + MAX_BYTES);
        }
        return Optional.empty();
    }

    /** The namespace as it is stored. */
    public byte[] namespaceBytes() {
        return namespace.getBytes(StandardCharsets.UTF_8);
    }

    /** The key as it is stored. */
    public byte[] keyBytes() {
        return key.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int compareTo(StateKey other) {
        return ORDER.compare(this, other);
    }

    /** Length in UTF-8, or -1 if the text cannot be written in it. */
    private static long utf8Length(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            int c = text.codePointAt(i);
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                return -1;
            }
            if (Character.isSupplementaryCodePoint(c)) {
                i++;
            }
            bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x1_0000 ? 3 : 4;
        }
        return bytes;
    }
}
