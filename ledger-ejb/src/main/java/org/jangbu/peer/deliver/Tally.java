package org.jangbu.peer.deliver;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.ledger.commit.ValidatedBlock;

/** Counts what a pipeline does. */
final class Tally {
    private final LongAdder blocks = new LongAdder();
    private final LongAdder transactions = new LongAdder();
    private final LongAdder invalid = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder fetched = new LongAdder();
    private final LongAdder validatingNanos = new LongAdder();
    private final LongAdder committingNanos = new LongAdder();

    void validated(Duration took) {
        validatingNanos.add(took.toNanos());
    }

    void committed(ValidatedBlock block, Duration took) {
        committingNanos.add(took.toNanos());
        blocks.increment();
        transactions.add(block.transactions().size());
        invalid.add(block.transactions().stream()
                .filter(outcome -> outcome.code() != TxValidationCode.VALID)
                .count());
    }

    void refused() {
        refused.increment();
    }

    void fetched(int count) {
        fetched.add(count);
    }

    PipelineStatus.Counters counters() {
        return new PipelineStatus.Counters(
                blocks.sum(),
                transactions.sum(),
                invalid.sum(),
                refused.sum(),
                fetched.sum(),
                Duration.ofNanos(validatingNanos.sum()),
                Duration.ofNanos(committingNanos.sum()));
    }
}
