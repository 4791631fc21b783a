package org.jangbu.ordering.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jangbu.ledger.channel.ChannelConfig.OrdererSettings;
import org.jangbu.ordering.broadcast.Batch;
import org.junit.jupiter.api.Test;

class BatchOrderTest {
    private static final Instant NOON = Orderings.NOON;

    @Test
    void sorts_by_the_timestamp_of_the_channel_header() {
        assertThat(order(Map.of(), entry("c", NOON.plusMillis(3)), entry("a", NOON.plusMillis(1)), entry("b", NOON)))
                .containsExactly("b", "a", "c");
    }

    @Test
    void keeps_the_order_of_arrival_among_equals() {
        assertThat(order(Map.of(), entry("2", NOON), entry("1", NOON), entry("0", NOON.minusNanos(1))))
                .containsExactly("0", "2", "1");
    }

    @Test
    void takes_the_admission_for_a_timestamp_more_than_15_minutes_away_from_it() {
        Duration tolerance = Duration.ofMinutes(15);
        assertThat(order(
                        Map.of(),
                        entry("admitted at noon", NOON),
                        entry("boasts", NOON.minus(tolerance).minusMillis(1)),
                        entry("just within", NOON.minus(tolerance)),
                        entry("from the future", NOON.plus(tolerance).plusMillis(1))))
                .containsExactly("just within", "admitted at noon", "boasts", "from the future");
    }

    @Test
    void takes_the_admission_for_a_timestamp_that_is_none() {
        Batch.Entry early = new Batch.Entry(ByteString.copyFromUtf8("no envelope"), NOON.minusMillis(5));
        List<Batch.Entry> ordered = BatchOrder.of(List.of(entry("a", NOON), early), settings(Map.of()));
        assertThat(ordered.get(0)).isEqualTo(early);
    }

    @Test
    void keeps_the_order_of_arrival_where_the_channel_says_so() {
        assertThat(order(Map.of("order", "ARRIVAL"), entry("late", NOON.plusMillis(3)), entry("early", NOON)))
                .containsExactly("late", "early");
    }

    private static Batch.Entry entry(String text, Instant at) {
        return new Batch.Entry(Orderings.envelope(text, at), NOON);
    }

    private static Stream<String> order(Map<String, String> metadata, Batch.Entry... entries) {
        return BatchOrder.of(List.of(entries), settings(metadata)).stream().map(entry -> Texts.of(entry.envelope()));
    }

    private static OrdererSettings settings(Map<String, String> metadata) {
        return new OrdererSettings(10, 10_000, 5_000, Duration.ofSeconds(1), "jms", metadata, Set.of());
    }
}
