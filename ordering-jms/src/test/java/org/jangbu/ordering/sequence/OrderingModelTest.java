package org.jangbu.ordering.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The rule of ordering under crashes, freezes, lost answers and forgotten numbers: many orderers, many schedules. A failing seed is named
 * and replays alone.
 */
class OrderingModelTest {
    private static final Logger LOG = Logger.getLogger("org.jangbu.ordering");

    @BeforeAll
    static void quiet() {
        LOG.setLevel(Level.OFF); // thousands of expected warnings
    }

    @AfterAll
    static void loud() {
        LOG.setLevel(null);
    }

    @Test
    void every_envelope_stands_in_the_chain_once_whatever_fails() {
        explore(0, 20_000);
    }

    @Test
    @Tag("soak")
    void every_envelope_stands_in_the_chain_once_in_a_million_schedules() {
        explore(1_000_000, 2_000_000);
    }

    @Test
    void would_notice_a_rule_that_takes_its_own_file_for_success() {
        assertThat(firstFailure(OrderingService.Rule.OWN_FILE_IS_SUCCESS)).isPresent();
    }

    @Test
    void would_notice_an_orderer_that_publishes_after_a_long_sleep_without_probing() {
        assertThat(firstFailure(OrderingService.Rule.NEVER_PROBE)).isPresent();
    }

    @Test
    void would_notice_an_acknowledgement_before_the_block_is_published() {
        assertThat(firstFailure(OrderingService.Rule.ACKNOWLEDGE_FIRST)).isPresent();
    }

    private static void explore(long from, long to) {
        LongStream.range(from, to).parallel().forEach(seed -> {
            try {
                service(seed, OrderingService.Rule.REAL).run();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        });
    }

    private static OptionalLong firstFailure(OrderingService.Rule rule) {
        return LongStream.range(0, 20_000).filter(seed -> fails(seed, rule)).findFirst();
    }

    private static boolean fails(long seed, OrderingService.Rule rule) {
        try {
            service(seed, rule).run();
            return false;
        } catch (AssertionError | RuntimeException e) {
            return true;
        }
    }

    private static OrderingService service(long seed, OrderingService.Rule rule) {
        int orderers = 1 + (int) (seed % 3);
        int batches = 1 + (int) (seed / 3 % 4);
        int faults = (int) (seed / 12 % 6);
        return new OrderingService(seed, rule, orderers, batches, faults);
    }
}
