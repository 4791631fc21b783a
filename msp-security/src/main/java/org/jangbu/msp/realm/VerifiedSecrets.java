package org.jangbu.msp.realm;

import com.google.protobuf.ByteString;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jangbu.msp.identity.RecentlyUsed;

/**
 * Remembers for a minute that a password was right, so that a client that sends it with each request costs one derivation a minute. Kept is
 * a keyed hash under a key that lives only in this process.
 */
final class VerifiedSecrets {
    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final String ALGORITHM = "HmacSHA256";

    private final RecentlyUsed<String, Remembered> remembered = new RecentlyUsed<>(4096);
    private final SecretKeySpec key;
    private final Clock clock;

    VerifiedSecrets(Clock clock) {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, ALGORITHM);
        this.clock = clock;
    }

    boolean knows(String user, String password) {
        Remembered known = remembered.get(user);
        if (known == null) {
            return false;
        }
        if (!clock.instant().isBefore(known.until)) {
            remembered.remove(user);
            return false;
        }
        return DerivedSecret.isSame(known.hash, hash(user, password));
    }

    void add(String user, String password) {
        remembered.remove(user);
        remembered.put(
                user, new Remembered(hash(user, password), clock.instant().plus(KEPT)));
    }

    void forget(String user) {
        remembered.remove(user);
    }

    private ByteString hash(String user, String password) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(ByteString.copyFromUtf8(user + '\0' + password).toByteArray());
            return ByteString.copyFrom(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    private record Remembered(ByteString hash, Instant until) {}
}
