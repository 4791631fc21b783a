package org.jangbu.ledger.privatedata;

import java.util.HashMap;
import java.util.Map;
import org.jangbu.ledger.state.StateReader;

/** What one peer knows of collections as of one block, each looked up once. For one thread. */
public final class KnownCollections {
    private final CollectionMembership membership;
    private final StateReader state;
    private final Map<CollectionName, Boolean> members = new HashMap<>();
    private final Map<CollectionName, Lifetime> lifetimes = new HashMap<>();

    /** @param state where definitions stand, as of the block before */
    public KnownCollections(CollectionMembership membership, StateReader state) {
        this.membership = membership;
        this.state = state;
    }

    /** Whether this peer is a member. */
    public boolean isMember(CollectionName name) {
        return members.computeIfAbsent(
                name, collection -> membership.isMember(collection.chaincode(), collection.collection(), state));
    }

    public Lifetime lifetime(CollectionName name) {
        return lifetimes.computeIfAbsent(
                name, collection -> membership.lifetime(collection.chaincode(), collection.collection(), state));
    }
}
