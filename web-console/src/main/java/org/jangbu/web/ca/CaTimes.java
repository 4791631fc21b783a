package org.jangbu.web.ca;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jangbu.msp.ca.CaError;
import org.jangbu.msp.ca.CaException;
import org.jangbu.msp.ca.CertificateFilter;

/**
 * Points in time as Fabric CA's clients write them: RFC 3339, a day alone, or, from now, {@code +30d}, {@code -12h}, {@code +1h30m}. Years
 * are those that a database keeps.
 */
final class CaTimes {
    private static final Pattern STEP = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|d|h|m|s)");
    private static final Pattern STEPS = Pattern.compile("[+-](?:\\d{1,9}(?:\\.\\d{1,9})?(?:ms|d|h|m|s)){1,8}");
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private CaTimes() {}

    /** Times of a revocation list's request; Go's zero time, with which its clients leave them open, is none. */
    static CertificateFilter.Bounds bounds(CaJson json, String from, String to) throws CaException {
        return new CertificateFilter.Bounds(
                parse(json.textOrEmpty(from), Instant.EPOCH, from).filter(time -> time.isAfter(FIRST)),
                parse(json.textOrEmpty(to), Instant.EPOCH, to).filter(time -> time.isAfter(FIRST)));
    }

    /** The point in time of a text; empty for an empty one. */
    static Optional<Instant> parse(String text, Instant now, String name) throws CaException {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            Instant time = STEPS.matcher(text).matches() ? now.plus(steps(text)) : absolute(text);
            if (time.isBefore(FIRST) || time.isAfter(LAST)) {
                throw new DateTimeException("out of bounds");
            }
            return Optional.of(time);
        } catch (DateTimeException | ArithmeticException e) {
            throw CaException.of(400, CaError.GETTING_CERTIFICATES, "Invalid Request: Invalid '" + name + "' value");
        }
    }

    private static Instant absolute(String text) {
        return OffsetDateTime.parse(text.contains("T") ? text : text + "T00:00:00Z")
                .toInstant();
    }

    private static Duration steps(String text) {
        Duration sum = Duration.ZERO;
        Matcher step = STEP.matcher(text);
        while (step.find()) {
            long millis = new BigDecimal(step.group(1))
                    .multiply(BigDecimal.valueOf(unit(step.group(2))))
                    .longValue();
            sum = sum.plusMillis(millis);
        }
        return text.startsWith("-") ? sum.negated() : sum;
    }

    private static long unit(String name) {
        return switch (name) {
            case "d" -> Duration.ofDays(1).toMillis();
            case "h" -> Duration.ofHours(1).toMillis();
            case "m" -> Duration.ofMinutes(1).toMillis();
            case "s" -> Duration.ofSeconds(1).toMillis();
            default -> 1;
        };
    }
}
