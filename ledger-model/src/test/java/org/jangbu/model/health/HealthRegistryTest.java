package org.jangbu.model.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class HealthRegistryTest {
    private final HealthRegistry registry = new HealthRegistry();

    @Test
    void is_not_well_before_anything_has_registered() {
        assertThat(HealthRegistry.isUp(registry.check(HealthKind.READINESS))).isFalse();
    }

    @Test
    void is_well_when_every_probe_of_the_kind_is() {
        registry.register(HealthKind.READINESS, "database", HealthStatus::up);
        registry.register(HealthKind.READINESS, "broker", () -> HealthStatus.up("12 connections"));
        registry.register(HealthKind.LIVENESS, "database", () -> HealthStatus.down("another kind"));
        var answers = registry.check(HealthKind.READINESS);
        assertThat(answers).containsOnlyKeys("broker", "database");
        assertThat(HealthRegistry.isUp(answers)).isTrue();
    }

    @Test
    void one_failing_probe_makes_the_kind_fail() {
        registry.register(HealthKind.READINESS, "database", HealthStatus::up);
        registry.register(HealthKind.READINESS, "broker", () -> HealthStatus.down("connection refused"));
        assertThat(HealthRegistry.isUp(registry.check(HealthKind.READINESS))).isFalse();
    }

    @Test
    void a_throwing_probe_is_down_and_its_message_is_kept_back() {
        registry.register(HealthKind.LIVENESS, "database", () -> {
            throw new IOException("password=secret");
        });
        assertThat(registry.check(HealthKind.LIVENESS)).containsEntry("database", HealthStatus.down("IOException"));
    }

    @Test
    void a_closed_registration_is_asked_no_more_and_its_name_is_free() {
        registry.register(HealthKind.STARTUP, "ledger", HealthStatus::up).close();
        assertThat(registry.check(HealthKind.STARTUP)).isEmpty();
        registry.register(HealthKind.STARTUP, "ledger", HealthStatus::up);
    }

    @Test
    void refuses_a_second_probe_of_the_same_name() {
        registry.register(HealthKind.STARTUP, "ledger", HealthStatus::up);
        assertThatIllegalStateException()
                .isThrownBy(() -> registry.register(HealthKind.STARTUP, "ledger", HealthStatus::up))
                .withMessageContaining("ledger");
    }
}
