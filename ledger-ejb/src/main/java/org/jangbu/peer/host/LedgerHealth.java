package org.jangbu.peer.host;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jangbu.model.LedgerId;
import org.jangbu.model.health.HealthKind;
import org.jangbu.model.health.HealthRegistry;
import org.jangbu.model.health.HealthStatus;
import org.jangbu.peer.deliver.PipelineStatus;

/** Tells of each hosted ledger whether it is whole and has caught up with the ordering service. */
final class LedgerHealth implements AutoCloseable {
    private final HealthRegistry registry;
    private final LateBlockSource source;
    private final long lag;
    private final List<HealthRegistry.Registration> registrations = new CopyOnWriteArrayList<>();

    /** @param lag how many blocks a ledger may be behind */
    LedgerHealth(HealthRegistry registry, LateBlockSource source, long lag) {
        this.registry = registry;
        this.source = source;
        this.lag = lag;
    }

    void watch(LedgerId ledger, Supplier<PipelineStatus> status) {
        register(ledger, () -> judge(ledger, status.get()));
    }

    /** A ledger that could not even be opened. */
    void broken(LedgerId ledger, String reason) {
        register(ledger, () -> HealthStatus.down(reason));
    }

    @Override
    public void close() {
        registrations.forEach(HealthRegistry.Registration::close);
    }

    private void register(LedgerId ledger, Supplier<HealthStatus> probe) {
        registrations.add(registry.register(HealthKind.READINESS, "ledger " + ledger, probe::get));
    }

    private HealthStatus judge(LedgerId ledger, PipelineStatus status) {
        if (status.halted().isPresent()) {
            return HealthStatus.down("halted at " + status.halted().get());
        }
        if (status.fork().isPresent()) {
            return HealthStatus.down("a fork was seen: " + status.fork().get());
        }
        if (status.trouble().isPresent()) {
            return HealthStatus.down(status.trouble().get());
        }
        OptionalLong told = source.toldHeight(ledger.channel());
        if (told.isEmpty()) {
            return HealthStatus.down("the ordering service has not told its height yet");
        }
        long known = Math.max(told.getAsLong(), status.known());
        return status.height() + lag < known
                ? HealthStatus.down("at block " + status.height() + " of " + known)
                : HealthStatus.up();
    }
}
