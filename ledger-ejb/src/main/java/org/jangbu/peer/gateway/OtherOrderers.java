package org.jangbu.peer.gateway;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.orderer.BroadcastResponse;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.model.ChannelId;
import org.jangbu.model.Quoted;

/**
 * Hands envelopes to orderers of other servers where none of this server orders the channel: to those that the channel's configuration names, one after the
 * other, until one takes or refuses it. Blocks come back by the broker that the servers share, or by {@link OtherOrderersBlocks}.
 */
public final class OtherOrderers {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final OrderersElsewhere orderers;
    private final PeerConnections connections;
    private final Function<ChannelId, Optional<ChannelConfig>> configs;

    /**
     * @param own addresses of this server's nodes, host:port
     * @param configs of the channels that peers of this server have joined
     */
    public OtherOrderers(
            Set<String> own, PeerConnections connections, Function<ChannelId, Optional<ChannelConfig>> configs) {
        this.orderers = new OrderersElsewhere(own);
        this.connections = connections;
        this.configs = configs;
    }

    /** This server's own ordering, and they behind it. */
    public Ordering behind(Ordering local) {
        return (channel, envelope) -> local.broadcast(channel, envelope)
                .exceptionallyCompose(failure -> notOrderedHere(failure)
                        ? forward(channel, envelope, failure)
                        : CompletableFuture.failedFuture(Reply.cause(failure)));
    }

    private static boolean notOrderedHere(Throwable failure) {
        return Reply.cause(failure) instanceof BroadcastException e && e.status() == Status.NOT_FOUND;
    }

    private CompletionStage<Void> forward(ChannelId channel, ByteString envelope, Throwable failure) {
        List<PeerConnections.Destination> places =
                configs.apply(channel).map(orderers::of).orElse(List.of());
        return places.isEmpty()
                ? CompletableFuture.failedFuture(Reply.cause(failure))
                : forward(places, 0, envelope, "");
    }

    private CompletionStage<Void> forward(
            List<PeerConnections.Destination> places, int index, ByteString envelope, String before) {
        if (index == places.size()) {
            return CompletableFuture.failedFuture(new BroadcastException(Status.SERVICE_UNAVAILABLE, before));
        }
        PeerConnections.Destination place = places.get(index);
        return connections
                .broadcast(place, envelope, LIMIT)
                .handle((response, failure) -> {
                    if (failure != null) {
                        return forward(
                                places,
                                index + 1,
                                envelope,
                                "orderer " + place + ": " + PeerConnections.UnreachableException.reason(failure));
                    }
                    return judged(response)
                            .orElseGet(() -> forward(
                                    places,
                                    index + 1,
                                    envelope,
                                    "orderer " + place + ": " + Quoted.brief(response.getInfo())));
                })
                .thenCompose(Function.identity());
    }

    /** What an orderer's answer comes down to; empty where another one may do better. */
    private static Optional<CompletionStage<Void>> judged(BroadcastResponse response) {
        if (response.getStatus() == Status.SUCCESS) {
            return Optional.of(CompletableFuture.completedFuture(null));
        }
        int status = response.getStatusValue();
        return status >= 400 && status < 500 && status != Status.NOT_FOUND_VALUE
                ? Optional.of(CompletableFuture.failedFuture(
                        new BroadcastException(response.getStatus(), Quoted.brief(response.getInfo()))))
                : Optional.empty();
    }
}
