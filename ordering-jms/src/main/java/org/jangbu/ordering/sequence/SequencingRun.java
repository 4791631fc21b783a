package org.jangbu.ordering.sequence;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.ordering.broadcast.Batch;
import org.jangbu.ordering.log.OrderingLog;
import org.jspecify.annotations.Nullable;

/**
 * Brings one batch into the chain, step by step; each step does at most one thing that a crash can fall before or after. Ends when every
 * part of the batch stands in a published block, by whichever orderer. A batch of no envelopes settles what the last run left.
 */
final class SequencingRun {
    /** What to do after a step. */
    enum Next {
        /** The next step at once. */
        GO_ON,
        /** The next step when the sequencer has changed, or a little later. */
        WAIT,
        /** No more steps: the batch may be acknowledged. */
        DONE
    }

    /** How long to wait for a block whose number the broker refused, or for a probe, before trying again. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private enum Phase {
        CUT,
        PROBE,
        AWAIT_PROBE,
        PUBLISH,
        AWAIT_BLOCK,
        MARK
    }

    private final ChannelSequencer sequencer;
    private final BlockPublisher publisher;
    private final BatchPlan plan;
    private final Clock clock;
    private Phase phase = Phase.CUT;
    private @Nullable Block block;
    private UUID probe = new UUID(0, 0);
    private Instant since = Instant.EPOCH;

    SequencingRun(ChannelSequencer sequencer, BlockPublisher publisher, Batch batch, Clock clock) {
        this.sequencer = sequencer;
        this.publisher = publisher;
        this.plan = new BatchPlan(batch);
        this.clock = clock;
    }

    /** Does the next thing. */
    Next step() throws OrdererLedgerException {
        return switch (phase) {
            case CUT -> cut();
            case PROBE -> sendProbe();
            case AWAIT_PROBE -> awaitProbe();
            case PUBLISH -> publish();
            case AWAIT_BLOCK -> awaitBlock();
            case MARK -> mark();
        };
    }

    private Next cut() throws OrdererLedgerException {
        Optional<Block> next = sequencer.next(plan);
        if (next.isEmpty()) {
            return Next.DONE;
        }
        block = next.get();
        return go(Phase.PUBLISH);
    }

    private Next publish() {
        Block current = current();
        if (isSettled(current)) {
            return go(Phase.CUT);
        }
        if (!sequencer.mayPublish()) {
            return go(Phase.PROBE);
        }
        since = clock.instant();
        try {
            return switch (publisher.publish(sequencer.channel(), current)) {
                case PUBLISHED -> go(Phase.MARK);
                case REFUSED -> go(Phase.AWAIT_BLOCK);
            };
        } catch (PublishException e) {
            return inDoubt(e);
        }
    }

    private Next mark() throws OrdererLedgerException {
        sequencer.advanceMark(current(), since);
        return go(Phase.CUT);
    }

    private Next awaitBlock() {
        if (isSettled(current())) {
            return go(Phase.CUT);
        }
        if (isPatient()) {
            return Next.WAIT;
        }
        // The refusal may have come from a publication of somebody else that was then rolled back.
        OrderingLog.LOG.refusedUnheard(
                sequencer.channel(), current().getHeader().getNumber());
        return go(Phase.PUBLISH);
    }

    private Next sendProbe() {
        probe = UUID.randomUUID();
        sequencer.expect(probe);
        since = clock.instant();
        try {
            publisher.probe(sequencer.channel(), probe);
            return go(Phase.AWAIT_PROBE);
        } catch (PublishException e) {
            return inDoubt(e);
        }
    }

    private Next awaitProbe() {
        if (sequencer.isHeard(probe)) {
            sequencer.caughtUp(since);
            return go(Phase.PUBLISH);
        }
        return isPatient() ? Next.WAIT : go(Phase.PROBE);
    }

    private Next inDoubt(PublishException e) {
        sequencer.doubt();
        OrderingLog.LOG.publishDoubtful(
                sequencer.channel(), current().getHeader().getNumber(), e.getMessage());
        phase = Phase.PROBE;
        return Next.WAIT;
    }

    private boolean isSettled(Block current) {
        return sequencer.mark() > current.getHeader().getNumber();
    }

    private boolean isPatient() {
        return Duration.between(since, clock.instant()).compareTo(PATIENCE) < 0;
    }

    private Next go(Phase next) {
        phase = next;
        return Next.GO_ON;
    }

    private Block current() {
        if (block == null) {
            throw new IllegalStateException("no block is cut");
        }
        return block;
    }
}
