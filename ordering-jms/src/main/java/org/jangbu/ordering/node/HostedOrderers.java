package org.jangbu.ordering.node;

import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.channel.ChannelConfigException;
import org.jangbu.ledger.channel.ChannelConfigReader;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.model.ChannelId;
import org.jangbu.model.NodeName;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.ordering.broadcast.OrderedChannels;
import org.jangbu.ordering.deliver.OrdererLedger;
import org.jangbu.ordering.log.OrderingLog;
import org.jangbu.ordering.sequence.BlockMaker;
import org.jangbu.ordering.sequence.BlockPublisher;
import org.jangbu.ordering.sequence.ChannelOrderer;
import org.jangbu.ordering.sequence.ChannelSequencer;
import org.jangbu.ordering.sequence.Hearing;
import org.jangbu.ordering.sequence.OrdererLedgerException;
import org.jangbu.ordering.sequence.PublishedListener;
import org.jangbu.peer.event.FollowedChain;

/**
 * The orderers of this server, by channel. Where several have joined one channel, the first by name orders its batches and the others follow
 * by what they hear. Channels come and go while it runs; who asks for one at the wrong moment is told that it is closing, and asks again.
 */
public final class HostedOrderers implements OrderedChannels, AutoCloseable {
    private static final int COPIED_AT_ONCE = 100;
    private static final long COPIED_BYTES = 16L << 20;

    private final Map<ChannelId, List<OrderedChannel>> channels = new ConcurrentHashMap<>();
    private final Set<ChannelId> removed = ConcurrentHashMap.newKeySet();
    private final BlockPublisher publisher;
    private final Clock clock;
    private final RandomGenerator random;
    private final PublishedListener listener;

    /**
     * No orderers yet.
     *
     * @param random source of nonces; a secure one outside of tests
     */
    public HostedOrderers(BlockPublisher publisher, Clock clock, RandomGenerator random, PublishedListener listener) {
        this.publisher = publisher;
        this.clock = clock;
        this.random = random;
        this.listener = listener;
    }

    /**
     * Opens a node's ledger of a channel, which it orders, or follows, from then on. What a neighbour here has is copied.
     *
     * @throws OrdererLedgerException if the ledger or its configuration cannot be used; then nothing is open
     */
    public ChannelOrderer open(LocalNode node, ChannelId channel, Block genesis) throws OrdererLedgerException {
        OrdererLedger ledger = OrdererLedger.open(node.ledgers(), channel, genesis);
        try {
            ChannelSequencer sequencer = new ChannelSequencer(
                    channel,
                    ledger,
                    new BlockMaker(node.signer(), random),
                    HostedOrderers::configuration,
                    clock,
                    listener);
            copyMissing(channel, sequencer);
            ChannelOrderer orderer = new ChannelOrderer(sequencer, publisher, clock);
            channels.merge(channel, List.of(new OrderedChannel(node, ledger, orderer)), HostedOrderers::byName);
            removed.remove(channel);
            OrderingLog.LOG.opened(channel, ledger.mark(), sequencer.config().sequence());
            return orderer;
        } catch (OrdererLedgerException | RuntimeException e) {
            ledger.close();
            throw e;
        }
    }

    private static List<OrderedChannel> byName(List<OrderedChannel> some, List<OrderedChannel> more) {
        return Stream.concat(some.stream(), more.stream())
                .sorted(Comparator.comparing(each -> each.node().name().value()))
                .toList();
    }

    /** Closes a node's ledger of a channel, once the batch in hand is let go. */
    public void close(NodeName node, ChannelId channel) {
        List<OrderedChannel> closing = of(node, channel).stream().toList();
        channels.computeIfPresent(channel, (name, open) -> {
            List<OrderedChannel> left =
                    open.stream().filter(each -> !closing.contains(each)).toList();
            return left.isEmpty() ? null : left;
        });
        closing.forEach(each -> each.orderer().close());
    }

    /** Notes that a channel was ordered here and is not to be any more. Counts while no orderer here has it. */
    public void markRemoved(ChannelId channel) {
        removed.add(channel);
    }

    /** Whether the channel was ordered here and is not any more. */
    public boolean isRemoved(ChannelId channel) {
        return removed.contains(channel) && !channels.containsKey(channel);
    }

    /** How many channels there are, those that were removed included. */
    public int size() {
        return channels.size() + removed.size();
    }

    /** The configurations in force of the channels that a node has. */
    List<ChannelConfig> configs(NodeName node) {
        return channels.values().stream()
                .flatMap(List::stream)
                .filter(each -> each.node().name().equals(node))
                .map(each -> each.orderer().sequencer().config())
                .toList();
    }

    /** What a node has of a channel. */
    private Optional<OrderedChannel> of(NodeName node, ChannelId channel) {
        return channels.getOrDefault(channel, List.of()).stream()
                .filter(each -> each.node().name().equals(node))
                .findFirst();
    }

    /** The channels that a node orders or follows, in the order of their names. */
    public List<ChannelId> channels(NodeName node) {
        return channels.keySet().stream()
                .filter(channel -> of(node, channel).isPresent())
                .sorted()
                .toList();
    }

    /** A node's orderer of a channel. */
    public Optional<ChannelOrderer> orderer(NodeName node, ChannelId channel) {
        return of(node, channel).map(OrderedChannel::orderer);
    }

    /** Whether a node is the one that orders the channel's batches here. */
    public boolean orders(NodeName node, ChannelId channel) {
        return first(channel).filter(first -> first.node().name().equals(node)).isPresent();
    }

    /** How many nodes here have joined the channel. */
    public int orderers(ChannelId channel) {
        return channels.getOrDefault(channel, List.of()).size();
    }

    /** The channels that are ordered here. */
    public Set<ChannelId> channels() {
        return Set.copyOf(channels.keySet());
    }

    /** Who orders the batches of a channel. */
    public Optional<ChannelOrderer> orderer(ChannelId channel) {
        return first(channel).map(OrderedChannel::orderer);
    }

    /** The ledger from which blocks of a channel are served. */
    public Optional<OrdererLedger> ledger(ChannelId channel) {
        return first(channel).map(OrderedChannel::ledger);
    }

    /** What a node has of a channel, as those who follow it see it. */
    public Optional<FollowedChain> chain(NodeName node, ChannelId channel) {
        return channels.getOrDefault(channel, List.of()).stream()
                .filter(each -> each.node().name().equals(node))
                .<FollowedChain>map(PublishedChain::new)
                .findFirst();
    }

    @Override
    public Optional<ChannelConfig> config(ChannelId channel) {
        return orderer(channel).map(orderer -> orderer.sequencer().config());
    }

    @Override
    public Optional<SigningIdentity> signer(ChannelId channel) {
        return first(channel).map(ordered -> ordered.node().signer().current());
    }

    /**
     * Tells every orderer of the channel of a published block; one that lacks earlier blocks gets them from its neighbours.
     *
     * @return the answer of the first that could not take it, else that of the last; KNOWN where the channel is not ordered here
     */
    public Hearing hear(ChannelId channel, Block block) throws OrdererLedgerException {
        Hearing last = Hearing.KNOWN;
        for (OrderedChannel each : channels.getOrDefault(channel, List.of())) {
            ChannelSequencer sequencer = each.orderer().sequencer();
            last = sequencer.hear(block);
            if (last == Hearing.GAP && copyMissing(channel, sequencer)) {
                last = sequencer.hear(block);
            }
            if (last != Hearing.TAKEN && last != Hearing.KNOWN) {
                return last;
            }
        }
        return last;
    }

    /** Tells every orderer of the channel of a probe. */
    public void hearProbe(ChannelId channel, UUID probe) {
        channels.getOrDefault(channel, List.of())
                .forEach(each -> each.orderer().sequencer().hearProbe(probe));
    }

    private boolean copyMissing(ChannelId channel, ChannelSequencer into) throws OrdererLedgerException {
        long before = into.mark();
        for (OrderedChannel neighbour : channels.getOrDefault(channel, List.of())) {
            List<Block> blocks;
            do {
                blocks = neighbour.ledger().published(into.mark(), COPIED_AT_ONCE, COPIED_BYTES);
                for (Block block : blocks) {
                    into.hear(block);
                }
            } while (!blocks.isEmpty()
                    && into.mark() > blocks.get(0).getHeader().getNumber());
        }
        return into.mark() > before;
    }

    private Optional<OrderedChannel> first(ChannelId channel) {
        return channels.getOrDefault(channel, List.of()).stream().findFirst();
    }

    private static ChannelConfig configuration(ChannelId channel, Block block) throws OrdererLedgerException {
        try {
            ChannelConfig config = ChannelConfigReader.read(block);
            if (!config.channel().equals(channel)) {
                throw new OrdererLedgerException(channel, "the configuration is that of channel " + config.channel());
            }
            return config;
        } catch (ChannelConfigException e) {
            throw new OrdererLedgerException(channel, "its configuration cannot be used", e);
        }
    }

    @Override
    public void close() {
        channels.values()
                .forEach(each -> each.forEach(channel -> channel.orderer().close()));
    }
}
