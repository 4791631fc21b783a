package org.jangbu.msp.ca;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.jangbu.model.Sha256;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.crypto.LowSContentSigner;

/** Makes certificates: what they hold is decided before. */
final class CertificateIssuer {
    /** A clock may be slow. */
    private static final Duration BACKDATED = Duration.ofMinutes(5);

    private static final ExtendedKeyUsage TLS_USES =
            new ExtendedKeyUsage(new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth});
    /** The longest that RFC 5280 allows. */
    private static final int SERIAL_BYTES = 20;

    private final AuthorityCertificate authority;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    CertificateIssuer(AuthorityCertificate authority, Clock clock) {
        this.authority = authority;
        this.clock = clock;
    }

    /** What goes into a certificate. */
    record Content(
            X500Name subject,
            SubjectPublicKeyInfo key,
            SigningProfile profile,
            Optional<GeneralNames> hosts,
            Optional<byte[]> attributes) {}

    X509Certificate issue(Content content) throws GeneralSecurityException, IOException {
        SigningProfile profile = content.profile();
        boolean isAuthority = profile == SigningProfile.CA;
        X509v3CertificateBuilder builder = builder(content);
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(profile.keyUsage()));
        if (profile == SigningProfile.TLS) {
            builder.addExtension(Extension.extendedKeyUsage, false, TLS_USES);
        }
        builder.addExtension(
                Extension.basicConstraints, true, isAuthority ? new BasicConstraints(0) : new BasicConstraints(false));
        builder.addExtension(
                Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(keyIdentifier(content.key())));
        builder.addExtension(
                Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(authority.keyIdentifier()));
        if (content.hosts().isPresent() && content.hosts().get().getNames().length > 0) {
            builder.addExtension(
                    Extension.subjectAlternativeName, false, content.hosts().get());
        }
        if (content.attributes().isPresent()) {
            builder.addExtension(
                    AttributeExtension.OID, false, content.attributes().get());
        }
        return CertificateReader.der(
                builder.build(new LowSContentSigner(authority.key())).getEncoded());
    }

    /** Never valid before or after the authority itself. */
    private X509v3CertificateBuilder builder(Content content) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MINUTES);
        X509Certificate own = authority.own();
        Instant from = later(now.minus(BACKDATED), own.getNotBefore().toInstant());
        Instant to = earlier(
                now.plus(content.profile().validity()), own.getNotAfter().toInstant());
        return new X509v3CertificateBuilder(
                authority.name(),
                serial(random),
                new Time(Date.from(from)),
                new Time(Date.from(to)),
                content.subject(),
                content.key());
    }

    /** 158 random bits: never zero, never negative, always 20 bytes. */
    static BigInteger serial(SecureRandom random) {
        return new BigInteger(SERIAL_BYTES * 8 - 2, random).setBit(SERIAL_BYTES * 8 - 2);
    }

    /** SHA-256 of the public point (RFC 7093, method 4), as Fabric has it. */
    static byte[] keyIdentifier(SubjectPublicKeyInfo key) {
        return Sha256.digest().digest(key.getPublicKeyData().getBytes());
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
