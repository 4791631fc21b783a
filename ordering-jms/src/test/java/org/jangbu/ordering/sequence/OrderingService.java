package org.jangbu.ordering.sequence;

import com.google.protobuf.ByteString;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.model.BlockHash;
import org.jangbu.model.ChannelId;
import org.jangbu.ordering.broadcast.Batch;
import org.jspecify.annotations.Nullable;

/**
 * A whole ordering service of one channel in memory: a broker and several orderers that run the real {@link ChannelSequencer} and {@link
 * SequencingRun} over ports at which processes die, freeze and lose answers. One seed is one schedule.
 *
 * <p>The broker delivers batches one at a time and puts them back in front when their consumer is gone; it lets a block number through once,
 * as long as it remembers it; it keeps each orderer's copy of what was published until that orderer has acknowledged it. A frozen orderer
 * loses its batch but may wake up and go on, even publish, unless it slept for so long that its sessions are gone too.
 */
final class OrderingService {
    /** The rule under test, and rules that are known to be wrong. */
    enum Rule {
        REAL,
        OWN_FILE_IS_SUCCESS,
        NEVER_PROBE,
        ACKNOWLEDGE_FIRST
    }

    private static final Block GENESIS = Orderings.genesis();
    private static final ChannelConfig CONFIG = Orderings.config();

    private final Random random;
    private final Rule rule;
    private final SimulatedClock clock = new SimulatedClock();
    private final Deque<Batch> queue = new ArrayDeque<>();
    private final List<Object> wire = new ArrayList<>();
    private final List<Block> published = new ArrayList<>(List.of(GENESIS));
    private final Set<Long> rememberedNumbers = new HashSet<>();
    private final List<Orderer> orderers = new ArrayList<>();
    private final Map<String, Integer> expected = new HashMap<>();
    private int checked = 1;
    private int faults;
    private int ageings;

    OrderingService(long seed, Rule rule, int orderers, int batches, int faults) {
        this.random = new Random(seed);
        this.rule = rule;
        this.faults = faults;
        this.ageings = random.nextInt(3);
        for (int i = 0; i < orderers; i++) {
            this.orderers.add(new Orderer(i));
        }
        for (int b = 0; b < batches; b++) {
            queue.add(batch(b));
        }
    }

    /** Runs the schedule to its end, checking after each step, and again at rest. */
    void run() {
        try {
            int idle = 0;
            for (int step = 0; step < 4_000; step++) {
                idle = randomStep() ? 0 : idle + 1;
                check();
                if (idle > 20 && isAtRest()) {
                    checkAtRest();
                    return;
                }
            }
            throw new AssertionError("the service does not come to rest");
        } catch (OrdererLedgerException e) {
            throw new AssertionError("a ledger failed", e);
        }
    }

    private Batch batch(int b) {
        int envelopes = 1 + random.nextInt(5);
        List<Batch.Entry> entries = new ArrayList<>();
        for (int e = 0; e < envelopes; e++) {
            String text = "batch " + b + " envelope " + e;
            expected.put(text, 1);
            entries.add(new Batch.Entry(
                    Orderings.envelope(text, Orderings.NOON.minusMillis(random.nextInt(100))), Orderings.NOON));
        }
        return new Batch(new UUID(random.nextLong(), b), Orderings.CHANNEL, 0, entries);
    }

    private boolean randomStep() throws OrdererLedgerException {
        Orderer orderer = orderers.get(random.nextInt(orderers.size()));
        int dice = random.nextInt(20);
        if (dice == 0 && faults > 0) {
            faults--;
            orderer.suffer();
            return true;
        }
        if (dice == 1 && ageings > 0) {
            ageings--;
            age();
            return true;
        }
        if (dice == 2) {
            clock.now = clock.now.plusMillis(random.nextInt(3_000));
            return false;
        }
        try {
            return orderer.act();
        } catch (Killed e) {
            orderer.die();
            return true;
        }
    }

    /** A long time passes in which nobody moves: the broker closes every session and forgets the numbers. */
    private void age() {
        clock.now = clock.now.plus(Duration.ofHours(1));
        rememberedNumbers.clear();
        orderers.forEach(Orderer::loseSessions);
    }

    private boolean isAtRest() {
        return queue.isEmpty() && orderers.stream().allMatch(Orderer::isAtRest);
    }

    /** Looks at what is new since the last look: neither what was published nor what is marked ever changes. */
    private void check() {
        for (; checked < published.size(); checked++) {
            Block block = published.get(checked);
            ByteString previous = BlockHash.of(published.get(checked - 1).getHeader());
            require(block.getHeader().getNumber() == checked, "published numbers are contiguous");
            require(block.getHeader().getPreviousHash().equals(previous), "published blocks are a chain");
        }
        for (Orderer orderer : orderers) {
            require(orderer.chain.mark() <= published.size(), "nothing unpublished is served");
            for (; orderer.checked < orderer.chain.mark(); orderer.checked++) {
                Block served = orderer.chain.block(orderer.checked);
                require(served.equals(published.get(orderer.checked)), "what is served was published");
            }
        }
    }

    private void checkAtRest() {
        Map<String, Integer> found = new HashMap<>();
        for (Block block : published.subList(1, published.size())) {
            require(block.getData().getDataCount() <= 2, "no block is larger than the channel allows");
            block.getData().getDataList().forEach(envelope -> found.merge(Texts.of(envelope), 1, Integer::sum));
        }
        require(found.equals(expected), "each envelope stands in the chain once, found " + found);
        for (Orderer orderer : orderers) {
            require(orderer.chain.mark() == published.size(), "every orderer has the whole chain");
        }
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError("violated: " + what);
        }
    }

    /** A process dies here. */
    private static final class Killed extends Error {
        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }

    private static final class SimulatedClock extends Clock {
        private Instant now = Orderings.NOON;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** One orderer process, its disk, and its sessions. */
    private final class Orderer implements BlockPublisher {
        private final int name;
        private final MemoryChain chain = new FragileChain();
        private int acknowledged;
        private int checked;
        private @Nullable ChannelSequencer sequencer;
        private @Nullable SequencingRun run;
        private @Nullable Batch taken;
        private boolean settled;
        private boolean consuming;
        private boolean publishing;
        private boolean loseAnswer;
        private boolean loseMessage;
        private boolean refuseOnce;
        private int killAfter = -1;

        Orderer(int name) {
            this.name = name;
        }

        boolean isAtRest() {
            return sequencer != null && run == null && settled && consuming && acknowledged == wire.size();
        }

        boolean act() throws OrdererLedgerException {
            ChannelSequencer live = sequencer;
            if (live == null) {
                return start();
            }
            if (!consuming && random.nextInt(3) == 0) {
                consuming = true;
                return true;
            }
            if (!publishing && random.nextInt(3) == 0) {
                publishing = true;
                return true;
            }
            if (random.nextBoolean()) {
                return hear(live);
            }
            SequencingRun current = run;
            return current == null ? take(live) : go(current);
        }

        private boolean start() throws OrdererLedgerException {
            sequencer = new ChannelSequencer(
                    Orderings.CHANNEL,
                    chain,
                    new BlockMaker(Orderings.signer("orderer" + name), random),
                    (channel, block) -> CONFIG,
                    clock,
                    (channel, batch) -> {});
            consuming = true;
            publishing = true;
            Batch nothing = new Batch(new UUID(0, 0), Orderings.CHANNEL, 0, List.of());
            run = new SequencingRun(sequencer, this, nothing, clock);
            return true;
        }

        private boolean hear(ChannelSequencer live) throws OrdererLedgerException {
            if (!consuming || acknowledged == wire.size()) {
                return false;
            }
            Object message = wire.get(acknowledged);
            if (message instanceof Block block) {
                Hearing hearing = live.hear(block);
                require(
                        hearing == Hearing.TAKEN || hearing == Hearing.KNOWN,
                        "a published block is taken, not " + hearing);
            } else {
                live.hearProbe((UUID) message);
            }
            acknowledged++;
            return true;
        }

        private boolean take(ChannelSequencer live) {
            boolean busy = orderers.stream().anyMatch(o -> o.taken != null);
            if (!consuming || busy || queue.isEmpty()) {
                return false;
            }
            Batch batch = queue.remove();
            taken = rule == Rule.ACKNOWLEDGE_FIRST ? null : batch;
            run = new SequencingRun(live, this, batch, clock);
            return true;
        }

        private boolean go(SequencingRun current) throws OrdererLedgerException {
            SequencingRun.Next next = current.step();
            if (next == SequencingRun.Next.DONE) {
                taken = null; // the acknowledgement; without effect if the batch was given to somebody else
                run = null;
                settled = true;
            }
            return next != SequencingRun.Next.WAIT;
        }

        /** Something bad, now or in a moment. */
        void suffer() {
            switch (random.nextInt(6)) {
                case 0 -> die();
                case 1 -> giveBack(); // frozen: its batch goes elsewhere, the process lives on
                case 2 -> loseAnswer = true;
                case 3 -> loseMessage = true;
                case 4 -> refuseOnce = true;
                default -> killAfter = random.nextInt(5);
            }
        }

        void die() {
            giveBack();
            publishing = false;
            sequencer = null;
            run = null;
            settled = false;
            killAfter = -1;
        }

        void loseSessions() {
            giveBack();
            publishing = false;
        }

        private void giveBack() {
            Batch batch = taken;
            if (batch != null) {
                queue.addFirst(batch);
                taken = null;
            }
            consuming = false;
        }

        /** A point at which the process may die. */
        private void fragile() {
            if (killAfter >= 0 && killAfter-- == 0) {
                throw new Killed();
            }
        }

        @Override
        public Outcome publish(ChannelId channel, Block block) throws PublishException {
            fragile();
            connected();
            if (refuseOnce) {
                refuseOnce = false; // somebody else is in the middle of publishing this number, and will roll back
                return Outcome.REFUSED;
            }
            Outcome outcome = accept(block);
            fragile();
            if (loseAnswer) {
                loseAnswer = false;
                throw new PublishException("the answer is lost", new IllegalStateException());
            }
            return rule == Rule.OWN_FILE_IS_SUCCESS ? Outcome.PUBLISHED : outcome;
        }

        private Outcome accept(Block block) {
            if (!rememberedNumbers.add(block.getHeader().getNumber())) {
                return Outcome.REFUSED;
            }
            published.add(block);
            wire.add(block);
            return Outcome.PUBLISHED;
        }

        @Override
        public void probe(ChannelId channel, UUID probe) throws PublishException {
            fragile();
            connected();
            if (rule == Rule.NEVER_PROBE && sequencer != null) {
                sequencer.hearProbe(probe);
                return;
            }
            wire.add(probe);
            fragile();
        }

        private void connected() throws PublishException {
            if (!publishing || loseMessage) {
                loseMessage = false;
                throw new PublishException("the session is gone", new IllegalStateException());
            }
        }

        private final class FragileChain extends MemoryChain {
            FragileChain() {
                super(GENESIS);
            }

            @Override
            public void appendProvisional(Block block) {
                fragile();
                super.appendProvisional(block);
                fragile();
            }

            @Override
            public void dropProvisional() {
                fragile();
                super.dropProvisional();
                fragile();
            }

            @Override
            public void advanceMark() {
                fragile();
                super.advanceMark();
                fragile();
            }
        }
    }
}
