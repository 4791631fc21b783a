package org.jangbu.ledger.state;

import java.util.Comparator;
import org.jangbu.model.Utf8Order;

/**
 * A key of the world state. Hashed private data lives in the namespace {@code <chaincode>$$h<collection>}, its key being the Base64 text of
 * the key's hash, as Fabric's state database has it.
 */
public record StateKey(String namespace, String key) implements Comparable<StateKey> {
    private static final Comparator<StateKey> ORDER = Comparator.comparing(StateKey::namespace, Utf8Order.COMPARATOR)
            .thenComparing(StateKey::key, Utf8Order.COMPARATOR);

    @Override
    public int compareTo(StateKey other) {
        return ORDER.compare(this, other);
    }
}
