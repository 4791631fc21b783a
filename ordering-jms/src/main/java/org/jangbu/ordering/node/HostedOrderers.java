package org.jangbu.ordering.node;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.channel.ChannelConfigException;
import org.jangbu.ledger.channel.ChannelConfigReader;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.model.ChannelId;
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

/**
 * The orderers of this server, by channel. Where several have joined one channel, the first by name orders its batches and the others follow
 * by what they hear.
 */
public final class HostedOrderers implements OrderedChannels, AutoCloseable {
    private static final int COPIED_AT_ONCE = 100;
    private static final long COPIED_BYTES = 16L << 20;

    private final Map<ChannelId, List<OrderedChannel>> channels = new TreeMap<>();
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
     * Opens a node's ledger of a channel. To be called for all of them before anything else is.
     *
     * @throws OrdererLedgerException if the ledger or its configuration cannot be used
     */
    public void open(LocalNode node, ChannelId channel, Block genesis) throws OrdererLedgerException {
        OrdererLedger ledger = OrdererLedger.open(node.ledgers(), channel, genesis);
        try {
            ChannelSequencer sequencer = new ChannelSequencer(
                    channel,
                    ledger,
                    new BlockMaker(node.signer(), random),
                    HostedOrderers::configuration,
                    clock,
                    listener);
            channels.computeIfAbsent(channel, unused -> new ArrayList<>())
                    .add(new OrderedChannel(node, ledger, new ChannelOrderer(sequencer, publisher, clock)));
            OrderingLog.LOG.opened(channel, ledger.mark(), sequencer.config().sequence());
        } catch (OrdererLedgerException | RuntimeException e) {
            ledger.close();
            throw e;
        }
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
