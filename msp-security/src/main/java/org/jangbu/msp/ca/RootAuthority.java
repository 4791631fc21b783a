package org.jangbu.msp.ca;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.crypto.CryptoProvider;
import org.jangbu.msp.crypto.Curve;
import org.jangbu.msp.crypto.LowSContentSigner;
import org.jangbu.msp.crypto.SigningKey;

/** Makes an authority with a certificate of its own signature: fifteen years, as Fabric CA's, with room for one intermediate authority. */
public final class RootAuthority {
    private static final Duration VALIDITY = Duration.ofDays(5475);
    private static final Duration BACKDATED = Duration.ofMinutes(5);

    private RootAuthority() {}

    /** A fresh key on P-256 and its certificate. */
    public static AuthorityCertificate create(String commonName, Clock clock)
            throws GeneralSecurityException, IOException {
        return create(commonName, Curve.P256, clock);
    }

    /** A fresh key and its certificate. */
    public static AuthorityCertificate create(String commonName, Curve curve, Clock clock)
            throws GeneralSecurityException, IOException {
        return create(commonName, CryptoProvider.ofThisServer().generate(curve), clock);
    }

    /** The certificate for a key that is there. */
    public static AuthorityCertificate create(String commonName, KeyPair keys, Clock clock)
            throws GeneralSecurityException, IOException {
        SigningKey key = SigningKey.of(keys.getPrivate());
        X500Name name = new X500NameBuilder().addRDN(BCStyle.CN, commonName).build();
        Instant from = clock.instant().minus(BACKDATED).truncatedTo(ChronoUnit.MINUTES);
        SubjectPublicKeyInfo publicKey =
                SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded());
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                name,
                CertificateIssuer.serial(new SecureRandom()),
                new Time(Date.from(from)),
                new Time(Date.from(from.plus(VALIDITY))),
                name,
                publicKey);
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(1));
        builder.addExtension(
                Extension.subjectKeyIdentifier,
                false,
                new SubjectKeyIdentifier(CertificateIssuer.keyIdentifier(publicKey)));
        X509Certificate certificate =
                CertificateReader.der(builder.build(new LowSContentSigner(key)).getEncoded());
        return new AuthorityCertificate(List.of(certificate), key);
    }
}
