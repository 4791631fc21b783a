package org.jangbu.peer.gateway;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The peers of other servers to which one proposal may go where those of this server do not suffice. */
record Widening(RemotePeers remote, Confidants confidants) {
    /** Those that have not replied yet, and why others cannot be asked; nobody where the proposal is for one organisation's own peers. */
    CompletionStage<RemotePeers.Found> further(List<Reply> sofar) {
        if (OwnOrganization.only(confidants.proposal())) {
            return CompletableFuture.completedFuture(new RemotePeers.Found(List.of(), List.of()));
        }
        HostedPeer here = confidants.here();
        return remote.on(here, here.channelOf(confidants.proposal()).config())
                .thenApply(found -> new RemotePeers.Found(
                        found.peers().stream()
                                .filter(peer -> confidants.mayBeTold(peer, sofar) && !hasReplied(peer, sofar))
                                .toList(),
                        found.away().stream()
                                .filter(away -> confidants.routing().allows(away.mspId()))
                                .toList()));
    }

    private static boolean hasReplied(EndorsingPeer peer, List<Reply> sofar) {
        return sofar.stream().anyMatch(reply -> reply.peer().equals(peer));
    }
}
