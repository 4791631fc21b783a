package org.jangbu.ordering.sequence;

import com.google.protobuf.ByteString;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.model.BlockHash;
import org.jangbu.model.ChannelId;
import org.jangbu.ordering.log.OrderingLog;
import org.jspecify.annotations.Nullable;

/**
 * One orderer's side of a channel: its chain, the provisional block at the chain's end, and what it has heard others publish. A state
 * machine whose transitions are its methods; who calls them when (a batch in hand, a block heard, a start) is up to {@link SequencingRun}
 * and to the wire. Safe for use by many threads; nothing is sent while its lock is held.
 *
 * <p>The rule, in short: a block is appended as provisional, then published under its number, then marked. A number can be published once,
 * so of several orderers one wins; the others hear the winner's block, which replaces their provisional one, and plan again. What is in the
 * own file proves nothing: only the mark does. It is longer than most classes here because the rule is one thing and must be read as one.
 */
public final class ChannelSequencer implements AutoCloseable {
    /**
     * How long this orderer may publish without asking whether others have published meanwhile. The broker tells a doubled number only as
     * long as it remembers it (20,000 numbers a channel); an orderer that stood still for longer would publish into the past.
     */
    static final Duration LEASE = Duration.ofSeconds(30);

    private static final int REMEMBERED_AT_START = 100;
    private static final int HASHES = 1_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ChannelId channel;
    private final ProvisionalChain chain;
    private final BlockMaker maker;
    private final ConfigTrack config;
    private final Clock clock;
    private final PublishedListener listener;
    private final RecentBatches recent = new RecentBatches();
    private final Map<Long, ByteString> hashes = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, ByteString> eldest) {
            return size() > HASHES;
        }
    };
    private ByteString newestHash = ByteString.EMPTY;
    private @Nullable Block tail;
    private Instant caughtUp = Instant.MIN;
    private @Nullable UUID awaitedProbe;
    private long changes;

    /** The highest number that was heard before those below it. */
    private long heardAhead;

    /**
     * Opens a chain that holds at least its genesis block.
     *
     * @throws OrdererLedgerException if its newest blocks or its configuration cannot be read
     */
    public ChannelSequencer(
            ChannelId channel,
            ProvisionalChain chain,
            BlockMaker maker,
            ConfigSource configs,
            Clock clock,
            PublishedListener listener)
            throws OrdererLedgerException {
        this.channel = channel;
        this.chain = chain;
        this.maker = maker;
        this.clock = clock;
        this.listener = listener;
        if (chain.mark() < 1) {
            throw new OrdererLedgerException(channel, "the chain has no genesis block");
        }
        this.config = new ConfigTrack(channel, configs, chain);
        for (long n = Math.max(0, chain.mark() - REMEMBERED_AT_START); n < chain.mark(); n++) {
            remember(chain.block(n));
        }
        if (chain.height() > chain.mark()) {
            tail = chain.block(chain.mark());
        }
    }

    public ChannelId channel() {
        return channel;
    }

    /** The configuration as of the newest published block. */
    public ChannelConfig config() {
        return config.current();
    }

    /** Number of published blocks. */
    public long mark() {
        lock.lock();
        try {
            return chain.mark();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The block to publish next: the provisional one if there is one, whatever batch it is of, else the next part of the batch, appended as
     * provisional now. Empty when every part of the batch stands in a published block.
     */
    Optional<Block> next(BatchPlan plan) throws OrdererLedgerException {
        lock.lock();
        try {
            if (tail != null) {
                return Optional.of(tail);
            }
            UUID id = plan.batch().id();
            int part = recent.published(id);
            List<List<ByteString>> parts = plan.isComplete(part) ? List.of() : plan.parts(config.current());
            if (part >= parts.size()) {
                return Optional.empty();
            }
            BatchPart name = new BatchPart(id, part, parts.size());
            long lastConfig = plan.isConfiguration() ? chain.mark() : config.block();
            Block block = maker.make(chain.mark(), newestHash, parts.get(part), lastConfig, name);
            appendProvisional(block);
            return Optional.of(block);
        } finally {
            lock.unlock();
        }
    }

    /** The publication of a block, begun at {@code began}, succeeded: it is marked, unless that has been done by hearing it. */
    void advanceMark(Block published, Instant began) throws OrdererLedgerException {
        lock.lock();
        try {
            long number = published.getHeader().getNumber();
            if (chain.mark() > number) {
                checkSame(published);
            } else {
                markTail();
            }
            caughtUp = began;
        } finally {
            lock.unlock();
        }
    }

    /**
     * A published block was heard. If it is the next one it becomes the newest block of the own chain, in the place of a provisional one;
     * whoever heard it may forget it after {@link Hearing#TAKEN} and {@link Hearing#KNOWN} only.
     */
    public Hearing hear(Block published) throws OrdererLedgerException {
        lock.lock();
        try {
            long number = published.getHeader().getNumber();
            if (number < chain.mark()) {
                return checkSame(published) ? Hearing.KNOWN : Hearing.FORK;
            }
            if (number > chain.mark()) {
                heardAhead = Math.max(heardAhead, number);
                OrderingLog.LOG.gap(channel, number, number - chain.mark());
                return Hearing.GAP;
            }
            // The whole block, not only its hash: two orderers may make the same block of different batches.
            return published.equals(tail) ? takeOwn() : adopt(published);
        } finally {
            lock.unlock();
        }
    }

    /** Whether blocks are known to be published that are not here. */
    public boolean isBehind() {
        lock.lock();
        try {
            return heardAhead > chain.mark();
        } finally {
            lock.unlock();
        }
    }

    /** A probe was heard: all that was published before it has been heard too. */
    public void hearProbe(UUID probe) {
        lock.lock();
        try {
            if (probe.equals(awaitedProbe)) {
                awaitedProbe = null;
                signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** From now on {@link #isHeard} tells whether this probe was heard. */
    void expect(UUID probe) {
        lock.lock();
        try {
            awaitedProbe = probe;
        } finally {
            lock.unlock();
        }
    }

    boolean isHeard(UUID probe) {
        lock.lock();
        try {
            return !probe.equals(awaitedProbe);
        } finally {
            lock.unlock();
        }
    }

    /** As of {@code moment}, everything that was published is known here. */
    void caughtUp(Instant moment) {
        lock.lock();
        try {
            caughtUp = moment;
        } finally {
            lock.unlock();
        }
    }

    /** The wire failed: what others published meanwhile is not known. */
    void doubt() {
        caughtUp(Instant.MIN);
    }

    /** Whether a publication may begin without a probe. A clock set back counts as doubt. */
    boolean mayPublish() {
        lock.lock();
        try {
            Instant now = clock.instant();
            return !now.isBefore(caughtUp)
                    && caughtUp.isAfter(Instant.EPOCH)
                    && Duration.between(caughtUp, now).compareTo(LEASE) <= 0;
        } finally {
            lock.unlock();
        }
    }

    /** A count that grows with whatever somebody may wait for; see {@link #awaitChange}. */
    long changes() {
        lock.lock();
        try {
            return changes;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until {@link #changes} is no longer {@code seen}, or the time is over. */
    void awaitChange(long seen, Duration most) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long nanos = most.toNanos();
            while (changes == seen && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends all waiting, so that whoever waits looks around. */
    void wake() {
        lock.lock();
        try {
            signal();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the lock can be had in a moment: no call is stuck in the disk. */
    boolean isResponsive(Duration within) throws InterruptedException {
        if (!lock.tryLock(within.toMillis(), TimeUnit.MILLISECONDS)) {
            return false;
        }
        lock.unlock();
        return true;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            chain.close();
        } finally {
            lock.unlock();
        }
    }

    private void appendProvisional(Block block) throws OrdererLedgerException {
        chain.appendProvisional(block);
        tail = block;
    }

    private Hearing takeOwn() throws OrdererLedgerException {
        markTail();
        return Hearing.TAKEN;
    }

    private Hearing adopt(Block published) throws OrdererLedgerException {
        Optional<String> problem = PublishedBlockCheck.problem(config.current(), published, newestHash);
        long number = published.getHeader().getNumber();
        if (problem.isPresent()) {
            OrderingLog.LOG.refusedPublished(channel, number, problem.get());
            return Hearing.REFUSED;
        }
        if (tail != null) {
            OrderingLog.LOG.adopted(channel, number);
            chain.dropProvisional();
            tail = null;
        }
        appendProvisional(published);
        markTail();
        return Hearing.TAKEN;
    }

    private void markTail() throws OrdererLedgerException {
        Block block = tail;
        if (block == null) {
            throw new OrdererLedgerException(channel, "there is no provisional block to mark");
        }
        config.follow(block); // first: a configuration that cannot be read must not be passed by
        chain.advanceMark();
        tail = null;
        remember(block);
        BatchPart.of(block).filter(BatchPart::isLast).ifPresent(part -> listener.published(channel, part.batch()));
        signal();
    }

    private void remember(Block block) {
        newestHash = BlockHash.of(block.getHeader());
        hashes.put(block.getHeader().getNumber(), newestHash);
        BatchPart.of(block).ifPresent(recent::add);
    }

    private boolean checkSame(Block published) {
        long number = published.getHeader().getNumber();
        ByteString here = hashes.get(number);
        ByteString there = BlockHash.of(published.getHeader());
        if (here == null || here.equals(there)) {
            return true;
        }
        OrderingLog.LOG.fork(channel, number, BlockHash.hex(there), BlockHash.hex(here));
        return false;
    }

    private void signal() {
        changes++;
        changed.signalAll();
    }
}
