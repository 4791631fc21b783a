package org.jangbu.peer.host;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.jangbu.model.ChannelId;
import org.jangbu.model.TxId;
import org.jangbu.peer.gateway.BroadcastException;
import org.jangbu.peer.gateway.EndorseException;
import org.jangbu.peer.gateway.Gateway;
import org.jangbu.peer.gateway.Routing;

/** The gateway of a host, which is not there before its ledgers are open, nor after they are closed. */
record HostedGateway(Supplier<Optional<? extends Gateway>> open) implements Gateway {
    private static final String NOT_NOW = "this server is not ready: its ledgers are not open";

    @Override
    public CompletionStage<ProposalResponse> evaluate(SignedProposal proposal, Routing routing) {
        return open.get().map(gateway -> gateway.evaluate(proposal, routing)).orElseGet(HostedGateway::unavailable);
    }

    @Override
    public CompletionStage<PreparedTransaction> endorse(SignedProposal proposal, Routing routing) {
        return open.get().map(gateway -> gateway.endorse(proposal, routing)).orElseGet(HostedGateway::unavailable);
    }

    @Override
    public CompletionStage<List<EndorseException.Answer>> endorseByAll(SignedProposal proposal) {
        return open.get().map(gateway -> gateway.endorseByAll(proposal)).orElseGet(HostedGateway::unavailable);
    }

    @Override
    public CompletionStage<Void> submit(ChannelId channel, ByteString envelope) {
        return open.get()
                .map(gateway -> gateway.submit(channel, envelope))
                .orElseGet(() ->
                        CompletableFuture.failedFuture(new BroadcastException(Status.SERVICE_UNAVAILABLE, NOT_NOW)));
    }

    @Override
    public CompletionStage<Optional<CommitStatus>> commitStatus(
            ChannelId channel, TxId txId, Duration limit, CompletionStage<?> abandoned) {
        return open.get()
                .map(gateway -> gateway.commitStatus(channel, txId, limit, abandoned))
                .orElseGet(HostedGateway::unavailable);
    }

    @Override
    public boolean serves(ChannelId channel) {
        return open.get().map(gateway -> gateway.serves(channel)).orElse(false);
    }

    private static <T> CompletionStage<T> unavailable() {
        return CompletableFuture.failedFuture(
                new EndorseException(EndorseException.Kind.UNAVAILABLE, new TxId(""), NOT_NOW, List.of()));
    }
}
