package org.jangbu.ledger.channel;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Go writes them ({@code 2s}, {@code 200ms}, {@code 1m30s}): the text of Fabric's BatchTimeout. */
final class GoDuration {
    private static final Pattern PART = Pattern.compile("([0-9]{1,18}(?:\\.[0-9]{0,9})?)(ns|us|µs|ms|s|m|h)");
    private static final Pattern WHOLE = Pattern.compile("(?:" + PART.pattern() + "){1,8}");

    private GoDuration() {}

    /** @throws IllegalArgumentException if the text is no duration, or a negative one */
    static Duration parse(String text) {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        if (!WHOLE.matcher(text).matches()) {
            throw new IllegalArgumentException("not a duration: " + ConfigPath.shown(text));
        }
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(text);
        try {
            while (part.find()) {
                BigDecimal nanos = new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(nanosOf(part.group(2))));
                sum = sum.plusNanos(nanos.toBigInteger().longValueExact());
            }
        } catch (ArithmeticException | DateTimeException e) {
            throw new IllegalArgumentException("a duration too long: " + ConfigPath.shown(text), e);
        }
        return sum;
    }

    /** The shortest spelling in one unit. */
    static String format(Duration duration) {
        long nanos = duration.toNanos();
        if (nanos % 1_000_000_000 == 0) {
            return nanos / 1_000_000_000 + "s";
        }
        return nanos % 1_000_000 == 0 ? nanos / 1_000_000 + "ms" : nanos + "ns";
    }

    private static long nanosOf(String unit) {
        return switch (unit) {
            case "ns" -> 1;
            case "us", "µs" -> 1_000;
            case "ms" -> 1_000_000;
            case "s" -> 1_000_000_000;
            case "m" -> 60_000_000_000L;
            default -> 3_600_000_000_000L;
        };
    }
}
