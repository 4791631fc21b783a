package org.jangbu.peer.host;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.jangbu.model.MspId;
import org.jangbu.model.NodeName;
import org.jangbu.peer.endorse.Endorser;
import org.jangbu.peer.endorse.JoinedChannel;
import org.jangbu.peer.endorse.UnpackedProposal;
import org.jangbu.peer.gateway.EndorsingPeer;
import org.jangbu.peer.gateway.HostedPeer;
import org.jangbu.peer.gateway.RemotePeers;
import org.jangbu.peer.reconcile.OtherPeers;

/** The peers of other servers that the gateway has met, for the exchange of private data. */
record GatewayPeers(RemotePeers remote, Function<NodeName, Optional<HostedPeer>> hosted) implements OtherPeers {
    @Override
    public CompletionStage<List<Other>> on(JoinedChannel channel) {
        Optional<HostedPeer> here = hosted.apply(channel.ledger().id().node());
        if (here.isEmpty() || !remote.mayBeOn(channel.config())) {
            return CompletableFuture.completedFuture(List.of());
        }
        return remote.on(here.get(), channel.config())
                .thenApply(found -> found.peers().stream().<Other>map(Met::new).toList());
    }

    private record Met(EndorsingPeer peer) implements Other {
        @Override
        public NodeName name() {
            return peer.name();
        }

        @Override
        public MspId mspId() {
            return peer.mspId();
        }

        @Override
        public ByteString identity() {
            return peer.identity();
        }

        @Override
        public CompletionStage<ProposalResponse> answer(UnpackedProposal proposal) {
            return peer.answer(proposal).thenApply(Endorser.Answer::response);
        }
    }
}
