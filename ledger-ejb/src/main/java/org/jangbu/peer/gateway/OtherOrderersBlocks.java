package org.jangbu.peer.gateway;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Status;
import org.jangbu.ledger.block.BlockSource;
import org.jangbu.model.ChannelId;
import org.jspecify.annotations.Nullable;

/**
 * Fetches blocks of channels that no orderer of this server orders, by Deliver from the orderers that the channel's configuration names: what came before a peer
 * joined, while its server was down, or when it had no room. Whoever was asked for the same blocks before, and was of no help, is asked last. Thread-safe.
 */
public final class OtherOrderersBlocks {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    /** As much as an orderer of this server gives at a time. */
    private static final long MOST_BYTES = 16L << 20;

    private final OrderersElsewhere orderers;
    private final PeerConnections.ByNode connections;
    private final Clock clock;
    private final Function<ChannelId, Optional<HostedPeer>> members;
    private final Map<ChannelId, Turn> turns = new ConcurrentHashMap<>();

    /**
     * Blocks from there.
     *
     * @param own addresses of this server's nodes, host:port
     * @param members a peer of this server that has joined a channel, in whose name it is asked
     */
    public OtherOrderersBlocks(
            Set<String> own,
            PeerConnections.ByNode connections,
            Clock clock,
            Function<ChannelId, Optional<HostedPeer>> members) {
        this.orderers = new OrderersElsewhere(own);
        this.connections = connections;
        this.clock = clock;
        this.members = members;
    }

    /** This server's own source, and they for channels of which it says that it does not order them. */
    public BlockSource behind(BlockSource local) {
        return new BlockSource() {
            @Override
            public CompletionStage<OptionalLong> height(ChannelId channel) {
                return local.height(channel)
                        .thenCompose(height -> height.isPresent()
                                ? CompletableFuture.completedFuture(height)
                                : heightElsewhere(channel));
            }

            @Override
            public CompletionStage<List<Block>> blocks(ChannelId channel, long from, int limit) {
                return local.height(channel)
                        .thenCompose(height -> height.isPresent()
                                ? local.blocks(channel, from, limit)
                                : blocksElsewhere(channel, from, limit));
            }
        };
    }

    private CompletionStage<OptionalLong> heightElsewhere(ChannelId channel) {
        Optional<HostedPeer> member = members.apply(channel);
        List<PeerConnections.Destination> places = places(member, channel);
        if (member.isEmpty() || places.isEmpty()) {
            return CompletableFuture.completedFuture(OptionalLong.empty());
        }
        PeerConnections shown = connections.of(member.get().node());
        Envelope newest = seek(channel, member.get(), shown).newest();
        return new Question(places, new PeerConnections.BlockRequest(newest, 1, MOST_BYTES), 0, shown)
                .ask()
                .thenApply(blocks -> blocks.isEmpty()
                        ? OptionalLong.empty()
                        : OptionalLong.of(blocks.get(0).getHeader().getNumber() + 1));
    }

    private CompletionStage<List<Block>> blocksElsewhere(ChannelId channel, long from, int limit) {
        Optional<HostedPeer> member = members.apply(channel);
        List<PeerConnections.Destination> places = places(member, channel);
        if (member.isEmpty() || places.isEmpty()) {
            return CompletableFuture.failedFuture(
                    new IllegalArgumentException("channel " + channel + " is ordered nowhere within reach"));
        }
        Turn turn = turns.merge(channel, new Turn(0, from), (last, next) -> last.before(from));
        PeerConnections shown = connections.of(member.get().node());
        Envelope range = seek(channel, member.get(), shown).range(from, from + limit - 1);
        return new Question(places, new PeerConnections.BlockRequest(range, limit, MOST_BYTES), turn.first(), shown)
                .ask();
    }

    private SignedSeek seek(ChannelId channel, HostedPeer member, PeerConnections shown) {
        return new SignedSeek(channel, member.node().signer().current(), clock.instant(), shown.shownHash());
    }

    private List<PeerConnections.Destination> places(Optional<HostedPeer> member, ChannelId channel) {
        return member.flatMap(peer -> peer.joined(channel))
                .map(joined -> orderers.of(joined.config()))
                .orElse(List.of());
    }

    /**
     * Whom to begin with.
     *
     * @param from the block that was asked for
     */
    private record Turn(int first, long from) {
        Turn before(long next) {
            return new Turn(next == from ? first + 1 : first, next);
        }
    }

    /**
     * What is asked of one orderer after the other, until one has blocks.
     *
     * @param first whom to begin with
     */
    private record Question(
            List<PeerConnections.Destination> places,
            PeerConnections.BlockRequest request,
            int first,
            PeerConnections connections) {
        /** Empty if one says that there are no such blocks and none has any; fails with the last reason otherwise. */
        CompletionStage<List<Block>> ask() {
            return ask(0, false);
        }

        private CompletionStage<List<Block>> ask(int passed, boolean denied) {
            PeerConnections.Destination place = places.get(Math.floorMod(first + passed, places.size()));
            return connections
                    .deliver(place, request, LIMIT)
                    .handle((delivered, failure) -> {
                        if (delivered != null && !delivered.blocks().isEmpty()) {
                            return CompletableFuture.completedFuture(delivered.blocks());
                        }
                        boolean none = denied || (delivered != null && delivered.status() == Status.NOT_FOUND);
                        if (passed + 1 < places.size()) {
                            return ask(passed + 1, none);
                        }
                        return none
                                ? CompletableFuture.completedFuture(List.<Block>of())
                                : CompletableFuture.<List<Block>>failedFuture(new PeerConnections.UnreachableException(
                                        "orderer " + place + ": " + reason(delivered, failure)));
                    })
                    .thenCompose(Function.identity());
        }

        private static String reason(PeerConnections.@Nullable Delivered delivered, @Nullable Throwable failure) {
            if (delivered != null) {
                return "it answers " + delivered.status();
            }
            return PeerConnections.UnreachableException.reason(failure);
        }
    }
}
