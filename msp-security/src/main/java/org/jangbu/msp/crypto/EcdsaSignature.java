package org.jangbu.msp.crypto;

import java.math.BigInteger;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The two numbers of an ECDSA signature. Of a signature (r, s) the twin (r, n-s) verifies as well; Fabric allows only the one with the
 * lower s, so that nobody can change a signed message's bytes without the key. DER is read strictly for the same reason: shortest lengths,
 * shortest integers, nothing behind.
 */
record EcdsaSignature(BigInteger r, BigInteger s) {
    private static final int SEQUENCE = 0x30;
    private static final int INTEGER = 0x02;
    /** Two integers of P-384 with their headers; the length always fits in one byte. */
    private static final int MAX_LENGTH = 2 + 2 * (2 + 49);

    /** Reads DER {@code SEQUENCE{INTEGER r, INTEGER s}}; empty for anything else. */
    static Optional<EcdsaSignature> parse(byte[] der) {
        if (der.length < 8 || der.length > MAX_LENGTH || der[0] != SEQUENCE || der[1] != der.length - 2) {
            return Optional.empty();
        }
        BigInteger r = integer(der, 2);
        if (r == null) {
            return Optional.empty();
        }
        int second = 4 + der[3];
        BigInteger s = integer(der, second);
        if (s == null || second + 2 + der[second + 1] != der.length) {
            return Optional.empty();
        }
        return Optional.of(new EcdsaSignature(r, s));
    }

    private static @Nullable BigInteger integer(byte[] der, int at) {
        if (at + 3 > der.length || der[at] != INTEGER) {
            return null;
        }
        int length = der[at + 1];
        int first = at + 2;
        if (length <= 0 || first + length > der.length || der[first] < 0) {
            return null;
        }
        if (length > 1 && der[first] == 0 && der[first + 1] >= 0) {
            return null;
        }
        BigInteger value = new BigInteger(der, first, length);
        return value.signum() > 0 ? value : null;
    }

    /** Whether it can be a signature by a key on this curve, with low s. */
    boolean isFor(Curve curve) {
        return r.compareTo(curve.order()) < 0 && isLow(curve);
    }

    boolean isLow(Curve curve) {
        return s.compareTo(curve.halfOrder()) <= 0;
    }

    /** This signature if its s is low, else its twin. */
    EcdsaSignature low(Curve curve) {
        return isLow(curve) ? this : new EcdsaSignature(r, curve.order().subtract(s));
    }

    byte[] der() {
        byte[] first = r.toByteArray();
        byte[] second = s.toByteArray();
        byte[] der = new byte[6 + first.length + second.length];
        der[0] = SEQUENCE;
        der[1] = (byte) (der.length - 2);
        der[2] = INTEGER;
        der[3] = (byte) first.length;
        System.arraycopy(first, 0, der, 4, first.length);
        int at = 4 + first.length;
        der[at] = INTEGER;
        der[at + 1] = (byte) second.length;
        System.arraycopy(second, 0, der, at + 2, second.length);
        return der;
    }
}
