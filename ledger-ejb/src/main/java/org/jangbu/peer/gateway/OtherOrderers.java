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
import org.jangbu.model.ChannelId;
import org.jangbu.model.Quoted;

/**
 * Hands envelopes to orderers of other servers where none of this server orders the channel: to those that the channel's configuration names, one after the
 * other, until one takes or refuses it. Blocks come back by the broker that the servers share, or by {@link OtherOrderersBlocks}.
 */
public final class OtherOrderers {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final OrderersElsewhere orderers;
    private final PeerConnections.ByNode connections;
    private final Function<ChannelId, Optional<HostedPeer>> members;

    /**
     * @param own addresses of this server's nodes, host:port
     * @param members a peer of this server that has joined a channel, which hands them over
     */
    public OtherOrderers(
            Set<String> own, PeerConnections.ByNode connections, Function<ChannelId, Optional<HostedPeer>> members) {
        this.orderers = new OrderersElsewhere(own);
        this.connections = connections;
        this.members = members;
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
        Optional<HostedPeer> member = members.apply(channel);
        List<PeerConnections.Destination> places = member.flatMap(peer -> peer.joined(channel))
                .map(joined -> orderers.of(joined.config()))
                .orElse(List.of());
        return member.isEmpty() || places.isEmpty()
                ? CompletableFuture.failedFuture(Reply.cause(failure))
                : new Handing(places, envelope, connections.of(member.get().node())).to(0, "");
    }

    /** What is handed to one orderer after the other. */
    private record Handing(List<PeerConnections.Destination> places, ByteString envelope, PeerConnections connections) {
        /** @param before why the one before did not take it */
        CompletionStage<Void> to(int index, String before) {
            if (index == places.size()) {
                return CompletableFuture.failedFuture(new BroadcastException(Status.SERVICE_UNAVAILABLE, before));
            }
            PeerConnections.Destination place = places.get(index);
            return connections
                    .broadcast(place, envelope, LIMIT)
                    .handle((response, failure) -> {
                        if (failure != null) {
                            return to(
                                    index + 1,
                                    "orderer " + place + ": " + PeerConnections.UnreachableException.reason(failure));
                        }
                        return judged(response)
                                .orElseGet(() ->
                                        to(index + 1, "orderer " + place + ": " + Quoted.brief(response.getInfo())));
                    })
                    .thenCompose(Function.identity());
        }
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
