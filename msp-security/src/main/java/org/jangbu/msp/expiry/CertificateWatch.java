package org.jangbu.msp.expiry;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jangbu.model.health.HealthStatus;
import org.jangbu.msp.log.MspLog;

/**
 * Warns of certificates that are about to end. Somebody calls {@link #look} now and then; files that were replaced meanwhile count from then
 * on. It never says that the server is not well: what ends has ended for all servers at once, and clients see it themselves
 * (docs/decisions/0004). Thread-safe.
 */
public final class CertificateWatch {
    private static final int MOST_NAMED = 5;

    private final CertificateFiles files;
    private final Duration warning;
    private final Clock clock;
    /** When each thing was last told to the log: once a day is enough. */
    private final Map<String, LocalDate> told = new HashMap<>();

    private volatile List<CertificateEnd> ends = List.of();

    /** @param warning how long before its end a certificate is warned of */
    public CertificateWatch(CertificateFiles files, Duration warning, Clock clock) {
        this.files = files;
        this.warning = warning;
        this.clock = clock;
    }

    /** Reads the files again, and writes to the log what is about to end. */
    public synchronized void look() {
        CertificateFiles.Found found = files.read();
        found.ends.sort(Comparator.comparing(CertificateEnd::notAfter));
        ends = List.copyOf(found.ends);
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        told.values().removeIf(day -> !day.equals(today));
        for (CertificateEnd end : ending()) {
            if (told.put(end.toString(), today) == null) {
                tell(end);
            }
        }
        for (String file : found.unreadable) {
            if (told.put(file, today) == null) {
                MspLog.LOG.certificateUnreadable(file);
            }
        }
    }

    private void tell(CertificateEnd end) {
        if (hasEnded(end)) {
            MspLog.LOG.certificateEnded(
                    end.holder(),
                    end.kind().label(),
                    end.subject(),
                    end.notAfter().toString());
        } else {
            MspLog.LOG.certificateEnds(
                    end.holder(),
                    end.kind().label(),
                    end.subject(),
                    end.notAfter().toString());
        }
    }

    /** All certificates as last seen, the one that ends first in front. */
    public List<CertificateEnd> ends() {
        return ends;
    }

    /** When the first of a holder's certificates of a kind ends, as last seen. */
    public Optional<Instant> first(String holder, CertificateKind kind) {
        return ends.stream()
                .filter(end -> end.holder().equals(holder) && end.kind() == kind)
                .map(CertificateEnd::notAfter)
                .findFirst();
    }

    /** Always well; the detail names what ends within the time of warning, or has ended. */
    public HealthStatus status() {
        List<CertificateEnd> ending = ending();
        if (ending.isEmpty()) {
            return HealthStatus.up();
        }
        List<String> lines =
                ending.stream().limit(MOST_NAMED).map(this::line).collect(Collectors.toCollection(ArrayList::new));
        if (ending.size() > MOST_NAMED) {
            lines.add("and " + (ending.size() - MOST_NAMED) + " more");
        }
        return HealthStatus.up("warning: " + String.join("; ", lines));
    }

    private String line(CertificateEnd end) {
        return end.kind().label() + " certificate of " + end.holder() + (hasEnded(end) ? " ended " : " ends ")
                + end.notAfter();
    }

    private List<CertificateEnd> ending() {
        Instant soon = clock.instant().plus(warning);
        return ends.stream().filter(end -> end.notAfter().isBefore(soon)).toList();
    }

    private boolean hasEnded(CertificateEnd end) {
        return end.notAfter().isBefore(clock.instant());
    }
}
