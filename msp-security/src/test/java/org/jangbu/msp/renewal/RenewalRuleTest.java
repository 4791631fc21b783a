package org.jangbu.msp.renewal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.stream.IntStream;
import org.jangbu.msp.crypto.Curve;
import org.jangbu.msp.testing.TestAuthority;
import org.junit.jupiter.api.Test;

class RenewalRuleTest {
    private static final int CASES = 5_000;
    private static final RenewalRule USUAL = new RenewalRule(0.67, Duration.ofMinutes(1), Duration.ofHours(6));

    private final Random random = new Random(7);

    @Test
    void a_certificate_is_due_when_its_share_has_passed_less_a_tenth_whatever_its_life() throws Exception {
        KeyPair keys = TestAuthority.newKeys(Curve.P256);
        TestAuthority authority = TestAuthority.root("ca");
        for (int i = 0; i < 200; i++) {
            Instant from = Instant.ofEpochSecond(1_700_000_000L + random.nextInt(100_000_000));
            Duration life = Duration.ofSeconds(1 + random.nextInt(400_000_000));
            X509Certificate certificate = authority.issue(authority.leaf("node").valid(from, from.plus(life)), keys);
            double share = 0.01 + random.nextDouble() * 0.98;
            RenewalRule rule = new RenewalRule(share, Duration.ofMinutes(1), Duration.ofHours(6));
            double passed =
                    Duration.between(from, rule.due("node", certificate)).toMillis() / (double) life.toMillis();
            assertThat(passed).isBetween(share * 0.9 - 0.001, share + 0.001);
            assertThat(rule.due("node", certificate)).isEqualTo(rule.due("node", certificate));
        }
    }

    @Test
    void nodes_enrolled_in_one_minute_do_not_come_in_one_minute() throws Exception {
        TestAuthority authority = TestAuthority.root("ca");
        X509Certificate certificate = authority.issue(authority.leaf("node"), TestAuthority.newKeys(Curve.P256));
        long[] due = IntStream.range(0, 1_000)
                .mapToLong(i -> USUAL.due("node" + i, certificate).getEpochSecond())
                .sorted()
                .toArray();
        Duration life = Duration.between(TestAuthority.BEGINNING, TestAuthority.END);
        assertThat((due[999] - due[0]) / (double) life.toSeconds()).isGreaterThan(0.06);
        long window = life.toSeconds() / 1_000;
        assertThat(IntStream.range(0, 900).noneMatch(i -> due[i + 100] - due[i] < window))
                .as("a hundred within a thousandth of the life")
                .isTrue();
    }

    @Test
    void a_retry_is_never_at_once_never_too_late_and_while_there_is_time_before_the_end() {
        for (int i = 0; i < CASES; i++) {
            Duration first = Duration.ofMillis(2 + random.nextInt(600_000));
            Duration longest = first.multipliedBy(1 + random.nextInt(1_000));
            RenewalRule rule = new RenewalRule(0.5, first, longest);
            Instant now = Instant.ofEpochSecond(random.nextInt(Integer.MAX_VALUE));
            Instant end = now.plusSeconds(random.nextInt(100_000_000) - 1_000_000L);
            int failures = 1 + (random.nextBoolean() ? random.nextInt(10) : random.nextInt(Integer.MAX_VALUE - 1));
            Duration pause = Duration.between(now, rule.retry(now, failures, end, random.nextDouble()));
            assertThat(pause).isGreaterThanOrEqualTo(first.dividedBy(2).minusMillis(1));
            assertThat(pause).isLessThanOrEqualTo(longest);
            Duration left = Duration.between(now, end);
            if (left.compareTo(first.multipliedBy(8)) > 0) {
                assertThat(pause).isLessThanOrEqualTo(left.dividedBy(8));
            }
        }
    }

    @Test
    void pauses_double_until_the_longest() {
        Instant now = Instant.EPOCH;
        Instant end = now.plus(Duration.ofDays(100));
        assertThat(IntStream.of(1, 2, 3, 9, 10, 1_000_000)
                        .mapToObj(failures -> Duration.between(now, USUAL.retry(now, failures, end, 1))))
                .containsExactly(
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(4),
                        Duration.ofMinutes(256),
                        Duration.ofHours(6),
                        Duration.ofHours(6));
    }

    @Test
    void settings_that_make_no_sense_are_refused() {
        for (double share : new double[] {0, 1, -1, 2, Double.NaN}) {
            assertThatThrownBy(() -> new RenewalRule(share, Duration.ofMinutes(1), Duration.ofHours(1)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new RenewalRule(0.5, Duration.ZERO, Duration.ofHours(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RenewalRule(0.5, Duration.ofHours(2), Duration.ofHours(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
