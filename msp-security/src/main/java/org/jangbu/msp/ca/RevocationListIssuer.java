package org.jangbu.msp.ca;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.jangbu.msp.crypto.LowSContentSigner;
import org.jangbu.msp.crypto.Pem;

/** Makes revocation lists, each good for a day: another is made whenever somebody asks. */
final class RevocationListIssuer {
    private static final Duration VALIDITY = Duration.ofHours(24);

    private final AuthorityCertificate authority;

    RevocationListIssuer(AuthorityCertificate authority) {
        this.authority = authority;
    }

    /** The list as PEM. */
    String issue(List<IssuedCertificate> revoked, long number, Instant now) throws IOException {
        Instant from = now.truncatedTo(ChronoUnit.SECONDS);
        X509v2CRLBuilder builder = new X509v2CRLBuilder(authority.name(), Date.from(from));
        builder.setNextUpdate(Date.from(from.plus(VALIDITY)));
        for (IssuedCertificate certificate : revoked) {
            IssuedCertificate.Revocation revocation =
                    certificate.revocation().orElseThrow(() -> new IllegalArgumentException("not a revoked one"));
            builder.addCRLEntry(
                    new BigInteger(certificate.serial(), 16), Date.from(revocation.at()), reason(revocation.reason()));
        }
        builder.addExtension(
                Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(authority.keyIdentifier()));
        builder.addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(number)));
        byte[] der = builder.build(new LowSContentSigner(authority.key())).getEncoded();
        return new Pem("X509 CRL", com.google.protobuf.ByteString.copyFrom(der)).text();
    }

    /** Nothing is said of no particular reason; a list that is complete takes nothing off another. */
    private static int reason(RevocationReason reason) {
        return reason == RevocationReason.REMOVEFROMCRL ? 0 : reason.number();
    }
}
