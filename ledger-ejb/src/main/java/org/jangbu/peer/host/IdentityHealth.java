package org.jangbu.peer.host;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jangbu.model.health.HealthKind;
import org.jangbu.model.health.HealthRegistry;
import org.jangbu.model.health.HealthStatus;
import org.jangbu.msp.crypto.CryptoProvider;
import org.jangbu.msp.expiry.CertificateEnd;
import org.jangbu.msp.expiry.CertificateFiles;
import org.jangbu.msp.expiry.CertificateFiles.TlsStore;
import org.jangbu.msp.expiry.CertificateKind;
import org.jangbu.msp.expiry.CertificateWatch;
import org.jangbu.msp.settings.MspSetting;
import org.jspecify.annotations.Nullable;

/** Shows in health who does the signatures, and in health and metrics when certificates end. */
public final class IdentityHealth implements AutoCloseable {
    private static final long PERIOD_SECONDS = 60;

    private final CertificateWatch watch;
    private final HostMetrics metrics;
    private final List<HealthRegistry.Registration> registrations;
    private final Set<Gauge> gauges = new HashSet<>();
    private volatile @Nullable Future<?> looking;

    public IdentityHealth(CertificateWatch watch, HealthRegistry health, HostMetrics metrics) {
        this.watch = watch;
        this.metrics = metrics;
        this.registrations = List.of(
                health.register(
                        HealthKind.READINESS,
                        "crypto",
                        () -> HealthStatus.up(CryptoProvider.ofThisServer().name())),
                health.register(HealthKind.READINESS, "certificates", watch::status));
    }

    /** A watch over the files that a server's configuration names. */
    public static CertificateWatch watch(Path home, Function<String, Optional<String>> configuration, Clock clock) {
        Optional<TlsStore> store = configuration
                .apply(MspSetting.TLS_KEYSTORE.key())
                .map(file -> new TlsStore(
                        Path.of(file),
                        configuration.apply(MspSetting.TLS_PASSWORD.key()).orElse("")));
        String warning = configuration
                .apply(MspSetting.CERTIFICATE_WARNING.key())
                .orElse(MspSetting.CERTIFICATE_WARNING.defaultValue());
        return new CertificateWatch(new CertificateFiles(home, store), Duration.parse(warning), clock);
    }

    /** Looks at once, and then every minute. */
    public void begin(ScheduledExecutorService timer) {
        looking = timer.scheduleWithFixedDelay(this::look, 0, PERIOD_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        Future<?> running = looking;
        if (running != null) {
            running.cancel(false);
        }
        registrations.forEach(HealthRegistry.Registration::close);
    }

    /** Called by one thread at a time. */
    void look() {
        watch.look();
        watch.ends().stream()
                .map(Gauge::of)
                .distinct()
                .sorted(Comparator.comparing(Gauge::holder))
                .filter(gauges::add)
                .forEach(gauge -> metrics.certificate(gauge.holder(), gauge.kind(), () -> seconds(gauge)));
    }

    private double seconds(Gauge gauge) {
        return watch.first(gauge.holder(), gauge.kind())
                .map(end -> (double) end.getEpochSecond())
                .orElse(Double.NaN);
    }

    private record Gauge(String holder, CertificateKind kind) {
        static Gauge of(CertificateEnd end) {
            return new Gauge(end.holder(), end.kind());
        }
    }
}
