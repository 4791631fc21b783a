package org.jangbu.ordering.broadcast;

import com.google.protobuf.ByteString;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Status;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.channel.ConfigUpdateException;
import org.jangbu.ledger.channel.ConfigUpdates;
import org.jangbu.model.ChannelId;
import org.jangbu.model.ParsedEnvelope;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.msp.membership.RevocationSource;
import org.jangbu.ordering.broadcast.ChannelDoor.BroadcasterParts;
import org.jangbu.ordering.settings.OrderingMetrics;
import org.jangbu.peer.gateway.BroadcastException;
import org.jangbu.peer.gateway.Ordering;

/**
 * Fabric's Broadcast: lets envelopes in or refuses them with a reason, at once, and answers when the broker has them for good. Judging runs on
 * the caller's thread; nothing waits for the broker but one worker a busy channel.
 */
public final class Broadcaster implements Ordering {
    private final OrderedChannels channels;
    private final RevocationSource revocations;
    private final BroadcasterParts parts;
    private final SecureRandom random = new SecureRandom();
    private final Map<ChannelId, ChannelDoor> doors = new ConcurrentHashMap<>();

    /**
     * A door to all channels.
     *
     * @param workers runs the sending; bounded, and may refuse
     * @param revocations what this server knows beside the channels' configurations
     * @param timer starts tasks later, which then run on the workers
     * @param peersBehind whether the peers of this server fall behind what is published on a channel: the next batch grows meanwhile
     */
    public Broadcaster(
            OrderedChannels channels,
            BatchSender sender,
            Executor workers,
            ScheduledExecutorService timer,
            Clock clock,
            RevocationSource revocations,
            Limits limits,
            Predicate<ChannelId> peersBehind,
            OrderingMetrics metrics) {
        this.channels = channels;
        this.revocations = revocations;
        this.parts = new BroadcasterParts(
                sender,
                workers,
                timer,
                clock,
                new Backlog(limits.backlogEnvelopes(), limits.backlogBytes()),
                limits.linger(),
                limits.sendLimit(),
                peersBehind,
                metrics);
    }

    @Override
    public CompletionStage<Void> broadcast(ChannelId channel, ByteString envelope) {
        long began = parts.nanos();
        Optional<ChannelConfig> known = channels.config(channel);
        if (known.isEmpty()) { // not counted: names that strangers make up are no labels
            return CompletableFuture.failedFuture(notKnown(channel));
        }
        try {
            ChannelConfig config = known.get();
            ParsedEnvelope parsed =
                    EnvelopeFilter.check(config, envelope, parts.clock().instant());
            EnvelopeFilter.checkNotRevoked(config, parsed, revocations.current());
            boolean update = parsed.channelHeader().getType() == HeaderType.CONFIG_UPDATE_VALUE;
            ByteString admitted = update ? configuration(config, parsed) : envelope;
            validated(channel, Status.SUCCESS, began);
            return doors.computeIfAbsent(channel, this::door).add(admitted, config.sequence(), update);
        } catch (BroadcastException e) {
            validated(channel, e.status(), began);
            return CompletableFuture.failedFuture(e);
        }
    }

    /** The CONFIG transaction that takes the place of an update. */
    private ByteString configuration(ChannelConfig config, ParsedEnvelope update) throws BroadcastException {
        SigningIdentity orderer = channels.signer(config.channel())
                .orElseThrow(() -> new BroadcastException(
                        Status.SERVICE_UNAVAILABLE, "no orderer of this server can sign a configuration now"));
        try {
            EnvelopeFilter.checkSigners(
                    config,
                    ConfigUpdates.content(update.envelope()),
                    parts.clock().instant(),
                    revocations.current());
        } catch (ConfigUpdateException e) {
            throw new BroadcastException(Status.BAD_REQUEST, String.valueOf(e.getMessage()), e);
        }
        return new ConfigTransactions(orderer, parts.clock(), random).make(config, update);
    }

    static BroadcastException notKnown(ChannelId channel) {
        return new BroadcastException(Status.NOT_FOUND, "channel " + channel + " is not known to this orderer");
    }

    /**
     * Takes no envelopes of a channel any more, and waits until those that were taken stand in published blocks.
     *
     * @return whether that came to be; if not, the channel's door is open as before
     */
    public boolean close(ChannelId channel, Duration patience) throws InterruptedException {
        return doors.computeIfAbsent(channel, this::door).close(patience);
    }

    /** Takes envelopes of a channel again. */
    public void reopen(ChannelId channel) {
        doors.computeIfPresent(channel, (name, door) -> door.isClosed() ? null : door);
    }

    /** A batch stands in a published block, or nothing is left of it: what waits at the channel's door need not wait for it any longer. */
    public void arrived(ChannelId channel, UUID batch) {
        ChannelDoor door = doors.get(channel);
        if (door != null) {
            door.arrived(batch);
        }
    }

    private ChannelDoor door(ChannelId channel) {
        return new ChannelDoor(channel, () -> current(channel), parts);
    }

    private ChannelConfig current(ChannelId channel) {
        Optional<ChannelConfig> config = channels.config(channel);
        return config.orElseThrow(() -> new IllegalStateException("channel " + channel + " is gone"));
    }

    private void validated(ChannelId channel, Status status, long began) {
        parts.metrics().validated(channel, status, Duration.ofNanos(parts.nanos() - began));
    }

    /**
     * How much may wait, and how long.
     *
     * @param linger least time between two batches of a channel that are not full
     * @param sendLimit how long a batch is sent again while the broker is away
     */
    public record Limits(long backlogEnvelopes, long backlogBytes, Duration linger, Duration sendLimit) {}
}
