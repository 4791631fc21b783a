package org.jangbu.peer.gateway;

import java.util.List;
import org.jangbu.peer.endorse.UnpackedProposal;
import org.jangbu.peer.lifecycle.CollectionMembers;

/**
 * Who may see the transient data of one proposal that came by the door of an organisation: a peer of that organisation first, and after it
 * members of the collections that they go to.
 *
 * @param here a peer of this server that has joined the channel
 */
record Confidants(UnpackedProposal proposal, HostedPeer here, Routing routing) {
    /** Whether there is anything to keep from others. */
    boolean areNeeded() {
        return routing.protectsTransientData(proposal);
    }

    /** Whether the proposal may go to that peer, after what endorsers have said. */
    boolean mayBeTold(EndorsingPeer peer, List<Reply> sofar) {
        return routing.allows(peer.mspId())
                && (!areNeeded() || sofar.stream().filter(Reply::endorsed).allMatch(reply -> isMember(peer, reply)));
    }

    /** Whether the peer is a member of all collections that this endorser's simulation has touched. */
    boolean isMember(EndorsingPeer peer, Reply endorsed) {
        return endorsed.response().getInterest().getChaincodesList().stream()
                .allMatch(call -> call.getCollectionNamesList().stream()
                        .allMatch(collection -> isMember(peer, call.getName(), collection)));
    }

    private boolean isMember(EndorsingPeer peer, String chaincode, String collection) {
        return peer instanceof HostedPeer hosted
                ? hosted.channelOf(proposal).ledger().isMember(chaincode, collection)
                : new CollectionMembers(peer.mspId())
                        .isMember(
                                chaincode,
                                collection,
                                here.channelOf(proposal).ledger().state());
    }
}
