package org.jangbu.model.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReachabilityWatchTest {
    private final HealthRegistry health = new HealthRegistry();
    private final AtomicLong nanos = new AtomicLong();
    private Callable<Boolean> question = () -> true;
    private final ReachabilityWatch watch =
            new ReachabilityWatch("database", () -> question.call(), health, nanos::get);

    @Test
    void is_down_until_it_has_asked() {
        assertThat(answer()).isEqualTo(HealthStatus.down("the database is not reachable"));
        watch.ask();
        assertThat(answer()).isEqualTo(HealthStatus.up());
    }

    @Test
    void a_no_and_a_failure_are_down_until_the_next_yes() {
        question = () -> false;
        watch.ask();
        assertThat(answer().well()).isFalse();
        question = () -> {
            throw new IOException("refused at a secret address");
        };
        watch.ask();
        assertThat(answer()).isEqualTo(HealthStatus.down("the database is not reachable"));
        question = () -> true;
        watch.ask();
        assertThat(answer()).isEqualTo(HealthStatus.up());
    }

    @Test
    void an_old_answer_is_none() {
        watch.ask();
        nanos.addAndGet(ReachabilityWatch.STALE.toNanos());
        assertThat(answer()).isEqualTo(HealthStatus.up());
        nanos.incrementAndGet();
        assertThat(answer()).isEqualTo(HealthStatus.down("the database does not answer"));
    }

    @Test
    void a_closed_watch_answers_no_more() {
        watch.close();
        assertThat(health.check(HealthKind.READINESS)).isEmpty();
    }

    private HealthStatus answer() {
        Map<String, HealthStatus> answers = health.check(HealthKind.READINESS);
        return answers.getOrDefault("database", HealthStatus.down("nobody answers"));
    }
}
