package org.jangbu.ledger.privatedata;

import org.jangbu.ledger.state.StateKey;

/** A private collection of a chaincode. */
public record CollectionName(String chaincode, String collection) {
    /** The namespace in which the state has its hashes. */
    public String namespace() {
        return StateKey.namespaceOf(chaincode, collection);
    }

    /** The collection whose hashes a key of the state is in. */
    public static CollectionName of(StateKey hashed) {
        return new CollectionName(hashed.chaincode(), hashed.collection());
    }
}
