package org.jangbu.msp.testing;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.jangbu.model.Sha256;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.crypto.CryptoProvider;
import org.jangbu.msp.crypto.Curve;
import org.jangbu.msp.crypto.KeyReader;
import org.jangbu.msp.crypto.SigningKey;

/** An authority that issues whatever certificate a test needs, right or wrong. */
public final class TestAuthority {
    public static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");
    public static final Instant END = Instant.parse("2036-01-01T00:00:00Z");
    private static final BigInteger P256_ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
    private static final BigInteger SMALL = P256_ORDER.shiftRight(1);

    private final X500Name name;
    private final KeyPair keys;
    private final X509Certificate certificate;
    private int serial = 100;
    private boolean highS;

    /** Issues its own certificate. */
    private TestAuthority(X500Name name, KeyPair keys, int serial) throws Exception {
        this.name = name;
        this.keys = keys;
        this.certificate = issue(authority(name, serial), keys);
    }

    private TestAuthority(X500Name name, KeyPair keys, X509Certificate certificate) {
        this.name = name;
        this.keys = keys;
        this.certificate = certificate;
    }

    public static TestAuthority root(String commonName) throws Exception {
        return root(commonName, newKeys(Curve.P256), 1);
    }

    /** A root with given keys: two such with one name and one key make two chains. */
    public static TestAuthority root(String commonName, KeyPair keys, int serial) throws Exception {
        X500Name name = new X500NameBuilder().addRDN(BCStyle.CN, commonName).build();
        return new TestAuthority(name, keys, serial);
    }

    /** The authority whose folder cryptogen has made, or Fabric's own: {@code priv_sk} and {@code …-cert.pem}. */
    public static TestAuthority of(Path folder) {
        try (DirectoryStream<Path> certificates = Files.newDirectoryStream(folder, "*-cert.pem")) {
            X509Certificate certificate = CertificateReader.first(
                    Files.readAllBytes(certificates.iterator().next()));
            byte[] key = KeyReader.info(Files.readAllBytes(folder.resolve("priv_sk")))
                    .getEncoded();
            PrivateKey privateKey = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key));
            X500Name name =
                    X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
            return new TestAuthority(name, new KeyPair(certificate.getPublicKey(), privateKey), certificate);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public TestAuthority intermediate(String commonName) throws Exception {
        X500Name child = new X500NameBuilder().addRDN(BCStyle.CN, commonName).build();
        KeyPair childKeys = newKeys(Curve.P256);
        return new TestAuthority(child, childKeys, issue(authority(child, serial++), childKeys));
    }

    public static KeyPair newKeys(Curve curve) throws Exception {
        return CryptoProvider.ofThisServer().generate(curve);
    }

    /** From now on its signatures on certificates have high s. */
    public TestAuthority signingHigh() {
        highS = true;
        return this;
    }

    public X509Certificate certificate() {
        return certificate;
    }

    public KeyPair keys() {
        return keys;
    }

    public ByteString pem() {
        return pem(certificate);
    }

    public static ByteString pem(X509Certificate certificate) {
        return ByteString.copyFromUtf8(CertificateReader.pem(certificate));
    }

    public X509Certificate member(String commonName, String... units) throws Exception {
        return issue(leaf(commonName, units), newKeys(Curve.P256));
    }

    /** A template for a member, to be changed before it is issued. */
    public Template leaf(String commonName, String... units) {
        X500NameBuilder subject = new X500NameBuilder();
        for (String unit : units) {
            subject.addRDN(BCStyle.OU, unit);
        }
        Template template = new Template(subject.addRDN(BCStyle.CN, commonName).build(), serial++);
        template.extensions.add(new Template.Ext(Extension.basicConstraints, true, new BasicConstraints(false)));
        return template;
    }

    public static Template authority(X500Name name, int serial) {
        Template template = new Template(name, serial);
        template.extensions.add(new Template.Ext(Extension.basicConstraints, true, new BasicConstraints(true)));
        template.keyIdentifier = true;
        return template;
    }

    public X509Certificate issue(Template template, KeyPair subject) throws Exception {
        SubjectPublicKeyInfo key =
                SubjectPublicKeyInfo.getInstance(subject.getPublic().getEncoded());
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                name,
                BigInteger.valueOf(template.serial),
                new Time(Date.from(template.beginning)),
                new Time(Date.from(template.end)),
                template.subject,
                key);
        for (Template.Ext extension : template.extensions) {
            builder.addExtension(extension.oid(), extension.critical(), extension.value());
        }
        if (template.keyIdentifier) {
            builder.addExtension(Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(identifier(subject)));
        }
        return CertificateReader.der(
                builder.build(new Signer(keys.getPrivate(), highS)).getEncoded());
    }

    public X509CRL revoke(X509Certificate... revoked) throws Exception {
        return revoke(keys, revoked);
    }

    /** A list in this authority's name, signed by whatever key. */
    public X509CRL revoke(KeyPair signer, X509Certificate... revoked) throws Exception {
        return list(BEGINNING, signer, revoked);
    }

    /** A list made at that time. */
    public X509CRL revokeAt(Instant at, X509Certificate... revoked) throws Exception {
        return list(at, keys, revoked);
    }

    private X509CRL list(Instant at, KeyPair signer, X509Certificate... revoked) throws Exception {
        X509v2CRLBuilder builder = new X509v2CRLBuilder(name, Date.from(at));
        for (X509Certificate one : revoked) {
            builder.addCRLEntry(one.getSerialNumber(), Date.from(END), 0);
        }
        builder.addExtension(Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(identifier(keys)));
        return CertificateReader.revocationList(
                builder.build(new Signer(signer.getPrivate(), false)).getEncoded());
    }

    private static byte[] identifier(KeyPair keys) {
        return Sha256.digest()
                .digest(SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded())
                        .getPublicKeyData()
                        .getBytes());
    }

    /** A certificate about to be issued. */
    public static final class Template {
        private final X500Name subject;
        private final int serial;
        private final List<Ext> extensions = new ArrayList<>();
        private Instant beginning = BEGINNING;
        private Instant end = END;
        private boolean keyIdentifier;

        private Template(X500Name subject, int serial) {
            this.subject = subject;
            this.serial = serial;
        }

        public Template valid(Instant from, Instant to) {
            beginning = from;
            end = to;
            return this;
        }

        public Template with(org.bouncycastle.asn1.ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {
            extensions.removeIf(extension -> extension.oid().equals(oid));
            extensions.add(new Ext(oid, critical, value));
            return this;
        }

        public Template withoutKeyIdentifier() {
            keyIdentifier = false;
            return this;
        }

        private record Ext(org.bouncycastle.asn1.ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {}
    }

    /** Signs with low or with high s, as told. */
    private record Signer(PrivateKey key, boolean high, ByteArrayOutputStream content) implements ContentSigner {
        Signer(PrivateKey key, boolean high) {
            this(key, high, new ByteArrayOutputStream());
        }

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
        }

        @Override
        public ByteArrayOutputStream getOutputStream() {
            return content;
        }

        @Override
        public byte[] getSignature() {
            try {
                byte[] signature = SigningKey.of(key)
                        .sign(ByteString.copyFrom(content.toByteArray()))
                        .toByteArray();
                return withS(signature, high);
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** The signature (P-256) with s on the wanted side. */
    public static byte[] withS(byte[] der, boolean high) throws IOException {
        ASN1Sequence numbers = ASN1Sequence.getInstance(der);
        BigInteger s = ASN1Integer.getInstance(numbers.getObjectAt(1)).getValue();
        boolean isHigh = s.compareTo(SMALL) > 0;
        BigInteger wanted = isHigh == high ? s : P256_ORDER.subtract(s);
        return new DERSequence(new ASN1Encodable[] {numbers.getObjectAt(0), new ASN1Integer(wanted)}).getEncoded();
    }

    /** The certificate's bytes as if its issuer (P-256) had signed with low s. */
    public static ByteString lowS(X509Certificate certificate) throws Exception {
        ASN1Sequence parts = ASN1Sequence.getInstance(certificate.getEncoded());
        DERBitString signature = new DERBitString(withS(certificate.getSignature(), false));
        return ByteString.copyFrom(
                new DERSequence(new ASN1Encodable[] {parts.getObjectAt(0), parts.getObjectAt(1), signature})
                        .getEncoded());
    }
}
