package org.jangbu.web.event.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jangbu.ledger.block.Growth;
import org.jangbu.model.TxId;
import org.jangbu.web.event.EventId;
import org.jangbu.web.event.EventLimits;
import org.jangbu.web.event.Feed;
import org.jangbu.web.event.SentEvent;
import org.junit.jupiter.api.Test;

class EventStreamTest {
    private static final long PLENTY = 1L << 40;
    private static final EventLimits LIMITS =
            new EventLimits(3, 2, 100_000, Duration.ofSeconds(30), Duration.ofSeconds(15), Duration.ofHours(1));

    private final EventBudget budget = new EventBudget(LIMITS);
    private final AtomicInteger over = new AtomicInteger();
    private final Blocks blocks = new Blocks(0);
    private long now;

    private EventStream begin(SlowReader reader, Feed feed) {
        EventStream stream =
                new EventStream(reader, feed, budget, Runnable::run, () -> now, ended -> over.incrementAndGet());
        stream.begin();
        return stream;
    }

    @Test
    void tells_what_there_is_and_then_what_comes() {
        SlowReader reader = new SlowReader(PLENTY);
        blocks.height = 2;
        begin(reader, blocks);
        assertThat(reader.text())
                .isEqualTo("retry: 1000\n\nid: 0\ndata: {\"text\":\"\"}\n\nid: 1\ndata: {\"text\":\"\"}\n\n");
        blocks.grow();
        assertThat(reader.ids()).containsExactly("0", "1", "2");
        assertThat(budget.bytes()).isZero();
        assertThat(over).hasValue(0);
    }

    @Test
    void a_line_end_in_what_a_contract_says_begins_no_other_line() {
        SlowReader reader = new SlowReader(PLENTY);
        blocks.text = "a\n\nid: 99\ndata: forged";
        blocks.height = 1;
        begin(reader, blocks);
        assertThat(reader.ids()).containsExactly("0");
    }

    @Test
    void reads_no_further_block_while_the_reader_takes_nothing() {
        SlowReader reader = new SlowReader(1);
        blocks.text = "x".repeat(20_000);
        begin(reader, blocks);
        IntStream.range(0, 100).forEach(number -> blocks.grow());
        assertThat(blocks.polled).as("nothing is read ahead").isZero();
        reader.readsOn(1_000);
        assertThat(blocks.polled).isEqualTo(1);
        assertThat(budget.bytes()).isBetween(20_000L, 21_000L);
        reader.readsOn(PLENTY);
        assertThat(reader.ids()).hasSize(100);
        assertThat(budget.bytes()).isZero();
    }

    @Test
    void a_reader_that_takes_nothing_is_given_up_and_others_go_on() {
        SlowReader slow = new SlowReader(1);
        SlowReader quick = new SlowReader(PLENTY);
        Blocks others = new Blocks(0);
        blocks.text = "x".repeat(20_000);
        EventStream stalled = begin(slow, blocks);
        EventStream other = begin(quick, others);
        blocks.grow();
        slow.readsOn(10);
        now = Duration.ofSeconds(29).toNanos();
        stalled.tick(LIMITS);
        assertThat(over).hasValue(0);
        now = Duration.ofSeconds(31).toNanos();
        stalled.tick(LIMITS);
        other.tick(LIMITS);
        assertThat(over).hasValue(1);
        assertThat(budget.bytes()).as("what it did not take is forgotten").isZero();
        assertThat(blocks.growth.followers()).isZero();
        others.grow();
        assertThat(quick.ids()).containsExactly("0");
    }

    @Test
    void a_reader_that_has_nothing_to_read_gets_comments_and_is_kept() {
        SlowReader reader = new SlowReader(PLENTY);
        EventStream stream = begin(reader, blocks);
        for (int minutes = 1; minutes <= 3; minutes++) {
            now = Duration.ofMinutes(minutes).toNanos();
            stream.tick(LIMITS);
        }
        assertThat(reader.text()).isEqualTo("retry: 1000\n\n:\n\n:\n\n:\n\n");
        assertThat(over).hasValue(0);
    }

    @Test
    void who_loses_the_right_gets_no_further_event_even_where_there_is_none() {
        SlowReader busy = new SlowReader(PLENTY);
        begin(busy, blocks);
        blocks.grow();
        blocks.lapsed = Optional.of("revoked");
        blocks.grow();
        assertThat(busy.ids()).containsExactly("0");
        assertThat(over).hasValue(1);
        Blocks silent = new Blocks(0);
        EventStream idle = begin(new SlowReader(PLENTY), silent);
        silent.lapsed = Optional.of("revoked");
        now = Duration.ofSeconds(16).toNanos();
        idle.tick(LIMITS);
        assertThat(over).hasValue(2);
    }

    @Test
    void a_connection_that_breaks_leaves_nothing_behind() {
        SlowReader reader = new SlowReader(PLENTY);
        begin(reader, blocks);
        reader.goes();
        blocks.grow();
        assertThat(over).hasValue(1);
        assertThat(blocks.growth.followers()).isZero();
        assertThat(budget.bytes()).isZero();
    }

    @Test
    void a_failure_to_read_the_ledger_ends_the_stream_once() {
        Feed broken = new Blocks(1) {
            @Override
            public Optional<List<SentEvent>> poll() {
                throw new IllegalStateException("the file is gone");
            }
        };
        SlowReader reader = new SlowReader(PLENTY);
        EventStream stream = begin(reader, broken);
        stream.end("again");
        assertThat(over).hasValue(1);
        assertThat(reader.text()).doesNotContain("file");
    }

    @Test
    void a_pool_without_room_ends_the_stream() {
        EventStream stream = new EventStream(
                new SlowReader(PLENTY),
                blocks,
                budget,
                task -> {
                    throw new RejectedExecutionException();
                },
                () -> now,
                ended -> over.incrementAndGet());
        stream.begin();
        assertThat(over).hasValue(1);
        assertThat(blocks.growth.followers()).isZero();
    }

    @Test
    void where_the_room_is_taken_a_stream_ends_and_an_event_too_large_for_all_of_it_goes_alone() {
        blocks.text = "x".repeat(90_000);
        blocks.height = 1;
        SlowReader first = new SlowReader(100);
        begin(first, blocks);
        Blocks second = new Blocks(1);
        second.text = "x".repeat(20_000);
        begin(new SlowReader(PLENTY), second);
        assertThat(over).as("the second has no room beside the first").hasValue(1);
        first.readsOn(PLENTY);
        assertThat(budget.bytes()).isZero();
        Blocks large = new Blocks(1);
        large.text = "x".repeat(1_000_000);
        SlowReader third = new SlowReader(PLENTY);
        begin(third, large);
        assertThat(third.ids()).containsExactly("0");
        assertThat(over).hasValue(1);
    }

    @Test
    void places_are_counted_for_each_caller_and_for_all() {
        ByteString one = ByteString.copyFromUtf8("one");
        ByteString two = ByteString.copyFromUtf8("two");
        assertThat(List.of(budget.enter(one), budget.enter(one), budget.enter(one)))
                .containsExactly(true, true, false);
        assertThat(budget.enter(two)).isTrue();
        assertThat(budget.enter(two)).as("no place is left for anybody").isFalse();
        budget.leave(one);
        assertThat(budget.enter(two)).isTrue();
    }

    @Test
    void an_id_says_where_its_event_stands() {
        for (EventId id : List.of(EventId.of(17), new EventId(17, Optional.of(new TxId("3fe:x"))))) {
            assertThat(EventId.parse(id.text())).contains(id);
        }
        for (String text :
                List.of("", "x", "-1", "1:", "1 ", "1:a b", "1:\n", "99999999999999999999", "9999999999999999999")) {
            assertThat(EventId.parse(text)).as(text).isEmpty();
        }
    }

    /** One event for each block. */
    private static class Blocks implements Feed {
        final Growth growth = new Growth();
        long height;
        long next;
        int polled;
        String text = "";
        Optional<String> lapsed = Optional.empty();

        Blocks(long height) {
            this.height = height;
        }

        void grow() {
            height++;
            growth.grown();
        }

        @Override
        public Optional<List<SentEvent>> poll() {
            if (next >= height) {
                return Optional.empty();
            }
            polled++;
            return Optional.of(List.of(new SentEvent(EventId.of(next++), new Told(text))));
        }

        @Override
        public Growth.Registration follow(Runnable wake) {
            return growth.follow(wake);
        }

        @Override
        public Optional<String> lapse() {
            return lapsed;
        }
    }

    /** What is told. */
    public record Told(String text) {}
}
