package org.jangbu.msp.realm;

import com.google.protobuf.ByteString;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * What PBKDF2 (HMAC-SHA-512) makes of a secret: 32 bytes that tell whether somebody knows it, and from which it cannot be had back.
 *
 * @param iterations how much work it was; kept with the value, so that it can be raised for new ones
 */
public record DerivedSecret(int iterations, ByteString salt, ByteString value) {
    /** About a fifth of a second of one core. */
    static final int ITERATIONS = 210_000;

    private static final String ALGORITHM = "PBKDF2WithHmacSHA512";
    private static final int MAX_ITERATIONS = 10_000_000;
    private static final int LENGTH = 32;

    /** Derives with a fresh salt. */
    public static DerivedSecret of(String secret) {
        byte[] salt = new byte[16];
        new SecureRandom().nextBytes(salt);
        return of(secret, ITERATIONS, ByteString.copyFrom(salt));
    }

    static DerivedSecret of(String secret, int iterations, ByteString salt) {
        PBEKeySpec spec = new PBEKeySpec(secret.toCharArray(), salt.toByteArray(), iterations, LENGTH * 8);
        try {
            byte[] derived =
                    SecretKeyFactory.getInstance(ALGORITHM).generateSecret(spec).getEncoded();
            return new DerivedSecret(iterations, salt, ByteString.copyFrom(derived));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        } finally {
            spec.clearPassword();
        }
    }

    /** Reads {@code iterations:salt:value}, the latter in base64. */
    public static DerivedSecret parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("not a derived secret");
        }
        int iterations = Integer.parseInt(parts[0]);
        if (iterations < 1 || iterations > MAX_ITERATIONS) {
            throw new IllegalArgumentException("not a number of iterations");
        }
        Base64.Decoder base64 = Base64.getDecoder();
        return new DerivedSecret(
                iterations, ByteString.copyFrom(base64.decode(parts[1])), ByteString.copyFrom(base64.decode(parts[2])));
    }

    /** Whether the same secret would give this; takes the same time whatever the answer. */
    public boolean isOf(String secret) {
        return isSame(of(secret, iterations, salt).value, value);
    }

    static boolean isSame(ByteString one, ByteString other) {
        return MessageDigest.isEqual(one.toByteArray(), other.toByteArray());
    }

    /** {@code iterations:salt:value}, as {@link #parse} reads it. */
    public String format() {
        Base64.Encoder base64 = Base64.getEncoder();
        return iterations + ":" + base64.encodeToString(salt.toByteArray()) + ":"
                + base64.encodeToString(value.toByteArray());
    }

    /** Never the value. */
    @Override
    public String toString() {
        return "derived secret";
    }
}
