package org.jangbu.ledger.privatedata;

import org.jangbu.ledger.state.StateReader;
import org.jangbu.model.MspId;

/** Whose values a peer is to hold, and for how long. */
@FunctionalInterface
public interface CollectionMembership {
    /**
     * Whether the peer is a member of a collection.
     *
     * @param state where definitions stand, as of the block before
     */
    boolean isMember(String chaincode, String collection, StateReader state);

    /**
     * How long the data of a collection live, their hashes included; the same on every peer.
     *
     * @param state where definitions stand, as of the block before
     */
    default Lifetime lifetime(String chaincode, String collection, StateReader state) {
        return Lifetime.UNLIMITED;
    }

    /** A member of its organisation's implicit collections alone. */
    static CollectionMembership implicitOf(MspId organization) {
        String own = ImplicitCollection.of(organization);
        return (chaincode, collection, state) -> collection.equals(own);
    }
}
