package org.jangbu.ordering.node;

import com.google.protobuf.ByteString;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.hyperledger.fabric.protos.common.Status;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.model.ChannelId;
import org.jangbu.model.NodeName;
import org.jangbu.model.Quoted;
import org.jangbu.msp.membership.DoorCheck;
import org.jangbu.msp.policy.Policy;
import org.jangbu.msp.policy.SignedData;
import org.jangbu.peer.endorse.SignedAccess;
import org.jangbu.peer.event.DeliverDoor;
import org.jangbu.peer.gateway.BroadcastException;
import org.jangbu.peer.gateway.Ordering;

/** What each hosted orderer offers by itself: Fabric's Broadcast and Deliver. Callers are judged by what they have signed. */
public final class OrdererDoors {
    private static final String READERS = "/Channel/Readers";
    private static final Duration WINDOW = Duration.ofMinutes(15);

    private final HostedOrderers orderers;
    private final Ordering ordering;
    private final Clock clock;
    private final SignedAccess access;

    /** @param ordering takes the envelopes of all channels */
    public OrdererDoors(HostedOrderers orderers, Ordering ordering, Clock clock, DoorCheck door) {
        this.orderers = orderers;
        this.ordering = ordering;
        this.clock = clock;
        this.access = new SignedAccess(door);
    }

    /**
     * Hands in an envelope at one orderer's door; see {@link Ordering#broadcast}.
     *
     * @param channel as the envelope names it, which need not be a channel's name
     */
    public CompletionStage<Void> broadcast(NodeName node, String channel, ByteString envelope) {
        boolean here = ChannelId.isValid(channel)
                && orderers.chain(node, new ChannelId(channel)).isPresent();
        return here
                ? ordering.broadcast(new ChannelId(channel), envelope)
                : CompletableFuture.failedFuture(new BroadcastException(
                        Status.NOT_FOUND, "channel " + Quoted.brief(channel) + " is not known to this orderer"));
    }

    /** Where one orderer's published blocks are asked for, by those who satisfy {@code /Channel/Readers}. */
    public DeliverDoor deliver(NodeName node) {
        return new DeliverDoor(
                name -> ChannelId.isValid(name) ? orderers.chain(node, new ChannelId(name)) : Optional.empty(),
                new Rule(access),
                clock,
                WINDOW);
    }

    /** The configurations in force of the channels that one orderer has. */
    public List<ChannelConfig> configs(NodeName node) {
        return orderers.configs(node);
    }

    private record Rule(SignedAccess access) implements DeliverDoor.Readers {
        @Override
        public Optional<String> refusal(ChannelConfig config, SignedData request) {
            return access.refusal(config, config.policy(READERS).orElse(Policy.UNSATISFIABLE), READERS, request);
        }

        @Override
        public Optional<String> lapse(ChannelConfig config, SignedData request) {
            return access.lapse(config, request);
        }
    }
}
