package org.jangbu.msp.ca;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.realm.EnrollmentId;

/**
 * A certificate that this authority has issued, as the registry keeps it.
 *
 * @param serial lower-case hexadecimal without leading zeros, as Fabric CA's clients spell it
 * @param authorityKey identifier of the key that signed it, spelled alike
 * @param owner who enrolled with it; need not be registered any more
 */
public record IssuedCertificate(
        String serial,
        String authorityKey,
        EnrollmentId owner,
        String pem,
        Instant expiry,
        Optional<Revocation> revocation) {

    static IssuedCertificate of(X509Certificate certificate, byte[] authorityKey, EnrollmentId owner) {
        return new IssuedCertificate(
                serial(certificate.getSerialNumber()),
                Texts.hexadecimal(HexFormat.of().formatHex(authorityKey)),
                owner,
                CertificateReader.pem(certificate),
                certificate.getNotAfter().toInstant(),
                Optional.empty());
    }

    static String serial(BigInteger number) {
        return number.toString(16);
    }

    /** When and why it was revoked. */
    public record Revocation(Instant at, RevocationReason reason) {}
}
