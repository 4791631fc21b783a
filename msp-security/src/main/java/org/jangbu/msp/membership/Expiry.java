package org.jangbu.msp.membership;

import java.security.cert.X509Certificate;
import java.time.Instant;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.identity.IdentityException;

/**
 * The test of a certificate's validity against the clock. It belongs at doors, where a message comes in: {@link Membership#validate} leaves
 * it out, since the verdict on a block must not change as time goes by.
 */
public final class Expiry {
    private Expiry() {}

    /**
     * Tests that an identity's certificate is within its validity.
     *
     * @throws IdentityException EXPIRED
     */
    public static void checkNotExpired(Identity identity, Instant now) throws IdentityException {
        X509Certificate certificate = identity.certificate();
        Instant end = certificate.getNotAfter().toInstant();
        if (now.isAfter(end)) {
            throw new IdentityException(IdentityException.Reason.EXPIRED, "the certificate expired at " + end);
        }
        Instant beginning = certificate.getNotBefore().toInstant();
        if (now.isBefore(beginning)) {
            throw new IdentityException(
                    IdentityException.Reason.EXPIRED, "the certificate is not valid before " + beginning);
        }
    }
}
