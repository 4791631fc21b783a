package org.jangbu.ledger.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jangbu.ledger.commit.jpa.TestDatabase;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.ledger.state.VersionedValue;
import org.jangbu.ledger.state.WorldState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every block sets all keys to its number, and every seventh deletes them: whoever sees two numbers at once has seen half a block. */
class ConcurrentReadersTest {
    private static final int BLOCKS = 300;
    private static final List<StateKey> KEYS =
            IntStream.range(0, 24).mapToObj(i -> new StateKey("cc", "key" + i)).toList();

    @TempDir
    Path folder;

    private final AtomicBoolean done = new AtomicBoolean();
    private final AtomicLong reads = new AtomicLong();

    @Test
    void readers_never_see_half_a_block_nor_one_that_the_height_does_not_count() throws Exception {
        // The cache holds about half of the keys, so that most reads are of both cache and database.
        PeerLedgers ledgers = new PeerLedgers(TestDatabase.get()::open, 12 * 300);
        ExecutorService readers = Executors.newFixedThreadPool(4);
        try (PeerLedger ledger = ledgers.open(TestDatabase.newLedger(), folder)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                running.add(readers.submit(() -> readAll(ledger)));
            }
            running.add(readers.submit(() -> readRange(ledger)));
            ledger.commit(BlockBuilder.genesis());
            while (ledger.height() < BLOCKS) {
                ledger.commit(block(ledger).validated(ledger.state()));
            }
            done.set(true);
            for (Future<?> reader : running) {
                reader.get();
            }
            assertThat(reads).hasValueGreaterThan(100);
        } finally {
            done.set(true);
            readers.shutdownNow();
        }
    }

    private static BlockBuilder block(PeerLedger ledger) {
        long number = ledger.height();
        Writes writes = Writes.by("tx" + number);
        for (StateKey key : KEYS) {
            if (number % 7 == 0) {
                writes.delete(key.namespace(), key.key());
            } else {
                writes.put(key.namespace(), key.key(), Long.toString(number));
            }
        }
        return BlockBuilder.after(ledger).valid(writes);
    }

    private void readAll(PeerLedger ledger) {
        for (int i = 0; !done.get(); i++) {
            List<StateKey> some = new ArrayList<>(KEYS);
            Collections.rotate(some, i);
            check(ledger, ledger.state().getAll(some), KEYS.size());
        }
    }

    private void readRange(PeerLedger ledger) {
        while (!done.get()) {
            Map<StateKey, VersionedValue> range = new java.util.HashMap<>();
            for (WorldState.Entry entry : ledger.state().range("cc", "", "", 100)) {
                range.put(entry.key(), entry.value());
            }
            check(ledger, range, KEYS.size());
        }
    }

    private void check(PeerLedger ledger, Map<StateKey, VersionedValue> read, int whole) {
        long height = ledger.height();
        reads.incrementAndGet();
        assertThat(read.size()).isIn(0, whole);
        assertThat(read.values().stream().map(VersionedValue::value).distinct()).hasSizeLessThanOrEqualTo(1);
        assertThat(read.values())
                .allSatisfy(value -> assertThat(value.version().block()).isLessThan(height));
    }
}
