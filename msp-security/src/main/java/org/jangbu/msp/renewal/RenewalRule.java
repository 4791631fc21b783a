package org.jangbu.msp.renewal;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import org.jangbu.model.Sha256;

/**
 * When a certificate is renewed. A function of certificate, time and settings: servers that share a folder come to the same answer.
 *
 * @param share of its life that has passed when it is renewed, above 0 and below 1
 * @param firstRetry after one failure; doubled with each further one
 * @param longestRetry never longer than this
 */
public record RenewalRule(double share, Duration firstRetry, Duration longestRetry) {
    /** Nodes that were enrolled in the same minute must not all come in the same minute. */
    private static final double SPREAD = 0.1;
    /** Of what is left of a certificate's life, how much may pass until the next attempt. */
    private static final int ATTEMPTS_LEFT = 8;

    private static final int MOST_DOUBLINGS = 40;
    private static final double TWO_TO_53 = 0x1p53;

    public RenewalRule {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("the share must be above 0 and below 1: " + share);
        }
        if (firstRetry.isNegative() || firstRetry.isZero() || firstRetry.compareTo(longestRetry) > 0) {
            throw new IllegalArgumentException("the first retry must be above zero and not above the longest: "
                    + firstRetry + ", " + longestRetry);
        }
    }

    /**
     * When it is time: once the share has passed, less up to a tenth of it. How much less depends on holder and serial number alone.
     *
     * @param holder who uses the certificate
     */
    public Instant due(String holder, X509Certificate certificate) {
        Instant from = certificate.getNotBefore().toInstant();
        Duration life = Duration.between(from, certificate.getNotAfter().toInstant());
        double passed = share * (1 - SPREAD * spread(holder, certificate.getSerialNumber()));
        return from.plusMillis((long) (life.toMillis() * passed));
    }

    /** Between 0 and 1, evenly. */
    private static double spread(String holder, BigInteger serial) {
        byte[] digest = Sha256.digest().digest((holder + "/" + serial).getBytes(StandardCharsets.UTF_8));
        return new BigInteger(1, digest)
                        .shiftRight(digest.length * Byte.SIZE - 53)
                        .doubleValue()
                / TWO_TO_53;
    }

    /**
     * When to try again. Sooner where the certificate is about to end, but never sooner than half of the first retry.
     *
     * @param failures in a row, at least one
     * @param end of the certificate in use
     * @param random from 0 to 1: attempts of servers that failed together are spread over half of the pause
     */
    public Instant retry(Instant now, int failures, Instant end, double random) {
        Duration pause = longestRetry;
        int doublings = Math.min(failures - 1, MOST_DOUBLINGS);
        if (longestRetry.dividedBy(firstRetry) >> doublings > 0) {
            pause = firstRetry.multipliedBy(1L << doublings);
        }
        Duration left = Duration.between(now, end).dividedBy(ATTEMPTS_LEFT);
        if (!left.isNegative() && left.compareTo(pause) < 0) {
            pause = left;
        }
        if (pause.compareTo(firstRetry) < 0) {
            pause = firstRetry;
        }
        return now.plusMillis((long) (pause.toMillis() * (1 + random) / 2));
    }
}
