package org.jangbu.peer.endorse;

import org.jangbu.ledger.privatedata.PrivateSet;

/** Members of private collections on other servers, to whom sets are handed before an endorsement is signed. */
@FunctionalInterface
public interface MembersElsewhere {
    /** There are none. */
    MembersElsewhere NONE = (channel, set, wanted) -> 0;

    /**
     * Hands a set to members, each of which keeps it safely before it answers.
     *
     * @param channel as the endorsing peer has joined it
     * @param wanted most peers to hand it to
     * @return how many have it
     */
    int hand(JoinedChannel channel, PrivateSet set, int wanted);
}
