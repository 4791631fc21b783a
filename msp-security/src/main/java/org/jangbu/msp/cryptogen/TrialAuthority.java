package org.jangbu.msp.cryptogen;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
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
import org.jangbu.msp.crypto.CryptoProvider;
import org.jangbu.msp.crypto.Curve;
import org.jangbu.msp.crypto.LowSContentSigner;

/**
 * A root authority whose key lives as long as the generation: certificates like cryptogen's, ten years valid, begun five minutes ago (a
 * clock may be slow), signed with low s.
 */
final class TrialAuthority {
    private static final Duration VALIDITY = Duration.ofDays(3650);
    private static final Duration BACKDATED = Duration.ofMinutes(5);
    private static final ExtendedKeyUsage TLS_USES =
            new ExtendedKeyUsage(new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth});

    private final SecureRandom random = new SecureRandom();
    private final Instant beginning;
    private final KeyPair keys;
    private final AuthoritySpec place;
    private final X500Name name;
    private final byte[] keyIdentifier;
    private final X509Certificate certificate;

    /** @param commonName for example {@code ca.org1.example.com} */
    TrialAuthority(String commonName, OrganizationSpec organization, Clock clock)
            throws GeneralSecurityException, IOException {
        this.beginning = clock.instant().minus(BACKDATED).truncatedTo(ChronoUnit.MINUTES);
        this.keys = newKeys();
        this.place = organization.authority();
        X500NameBuilder own = place.place().addRDN(BCStyle.O, organization.domain());
        place.unit().ifPresent(unit -> own.addRDN(BCStyle.OU, unit));
        this.name = own.addRDN(BCStyle.CN, commonName).build();
        this.keyIdentifier = keyIdentifier(keys);
        X509v3CertificateBuilder builder = builder(name, keys);
        int usage = KeyUsage.digitalSignature | KeyUsage.keyEncipherment | KeyUsage.keyCertSign | KeyUsage.cRLSign;
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
        builder.addExtension(Extension.extendedKeyUsage, false, TLS_USES);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        builder.addExtension(Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(keyIdentifier));
        this.certificate = sign(builder);
    }

    static KeyPair newKeys() throws GeneralSecurityException {
        return CryptoProvider.ofThisServer().generate(Curve.P256);
    }

    X509Certificate certificate() {
        return certificate;
    }

    KeyPair keys() {
        return keys;
    }

    /** A certificate with which to sign transactions: the first of its organisational units, if it has any, tells the role. */
    X509Certificate issueIdentity(String commonName, List<String> units, KeyPair subject)
            throws GeneralSecurityException, IOException {
        X509v3CertificateBuilder builder = leaf(subject(commonName, units), subject);
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        return sign(builder);
    }

    /** A certificate for TLS, as server or client. */
    X509Certificate issueTls(String commonName, List<String> units, GeneralNames hosts, KeyPair subject)
            throws GeneralSecurityException, IOException {
        X509v3CertificateBuilder builder = leaf(subject(commonName, units), subject);
        builder.addExtension(
                Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment));
        builder.addExtension(Extension.extendedKeyUsage, false, TLS_USES);
        if (hosts.getNames().length > 0) {
            builder.addExtension(Extension.subjectAlternativeName, false, hosts);
        }
        return sign(builder);
    }

    private X500Name subject(String commonName, List<String> units) {
        X500NameBuilder subject = place.place();
        units.forEach(unit -> subject.addRDN(BCStyle.OU, unit));
        return subject.addRDN(BCStyle.CN, commonName).build();
    }

    private X509v3CertificateBuilder leaf(X500Name subjectName, KeyPair subject) throws IOException {
        X509v3CertificateBuilder builder = builder(subjectName, subject);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(keyIdentifier));
        return builder;
    }

    private X509v3CertificateBuilder builder(X500Name subjectName, KeyPair subject) {
        return new X509v3CertificateBuilder(
                name,
                new BigInteger(127, random).add(BigInteger.ONE),
                new Time(java.util.Date.from(beginning)),
                new Time(java.util.Date.from(beginning.plus(VALIDITY))),
                subjectName,
                SubjectPublicKeyInfo.getInstance(subject.getPublic().getEncoded()));
    }

    private X509Certificate sign(X509v3CertificateBuilder builder) throws GeneralSecurityException, IOException {
        return CertificateReader.der(
                builder.build(new LowSContentSigner(keys.getPrivate())).getEncoded());
    }

    /** SHA-256 of the public point (RFC 7093, method 4), as cryptogen has it. */
    private static byte[] keyIdentifier(KeyPair keys) {
        SubjectPublicKeyInfo info =
                SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded());
        return Sha256.digest().digest(info.getPublicKeyData().getBytes());
    }
}
