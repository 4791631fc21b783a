package org.jangbu.tests.security;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.crypto.CryptoProvider;
import org.jangbu.msp.crypto.Curve;
import org.jangbu.msp.crypto.Pem;

/** A certificate and its key, from a folder of the trial's material or made for the occasion. */
record Issued(X509Certificate certificate, PrivateKey key) {
    private static final AtomicLong SERIALS = new AtomicLong(470_000);

    /** Whoever's MSP folder it is. */
    static Issued in(Path msp) throws IOException, GeneralSecurityException {
        return of(only(msp.resolve("signcerts")), only(msp.resolve("keystore")));
    }

    /** The authority of a trial organisation, for example {@code org1.example.com}. */
    static Issued authority(Path organizations, String domain) throws IOException, GeneralSecurityException {
        Path folder = organizations.resolve("peerOrganizations").resolve(domain).resolve("ca");
        return of(folder.resolve("ca." + domain + "-cert.pem"), folder.resolve("priv_sk"));
    }

    private static Issued of(Path certificate, Path key) throws IOException, GeneralSecurityException {
        byte[] pkcs8 = Base64.getMimeDecoder()
                .decode(Files.readString(key, StandardCharsets.US_ASCII).replaceAll("-----[A-Z ]+-----", ""));
        return new Issued(
                CertificateReader.only(Files.readAllBytes(certificate)),
                KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
    }

    /** A certificate of this authority, valid from the authority's own beginning. */
    Issued issue(String subject, Duration left, int usage)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        KeyPair keys = CryptoProvider.ofThisServer().generate(Curve.P256);
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded()),
                BigInteger.valueOf(SERIALS.incrementAndGet()),
                certificate.getNotBefore(),
                Date.from(Instant.now().plus(left)),
                new X500Name(subject),
                keys.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
        X509Certificate issued =
                CertificateReader.der(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key))
                        .getEncoded());
        return new Issued(issued, keys.getPrivate());
    }

    /** One that nobody but itself vouches for. */
    static Issued selfSigned(String subject) throws IOException, GeneralSecurityException, OperatorCreationException {
        return selfSigned(subject, true);
    }

    /** The same without a single extension. */
    static Issued bare(String subject) throws IOException, GeneralSecurityException, OperatorCreationException {
        return selfSigned(subject, false);
    }

    private static Issued selfSigned(String subject, boolean extensions)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        KeyPair keys = CryptoProvider.ofThisServer().generate(Curve.P256);
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                new X500Name(subject),
                BigInteger.ONE,
                Date.from(Instant.now().minusSeconds(60)),
                Date.from(Instant.now().plusSeconds(3600)),
                new X500Name(subject),
                keys.getPublic());
        if (extensions) {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        }
        X509Certificate issued = CertificateReader.der(
                builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
                        .getEncoded());
        return new Issued(issued, keys.getPrivate());
    }

    /** A revocation list of this authority, as PEM. */
    String revoke(X509Certificate revoked) throws IOException, GeneralSecurityException, OperatorCreationException {
        X509v2CRLBuilder builder = new X509v2CRLBuilder(
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded()), Date.from(Instant.now()));
        builder.addCRLEntry(revoked.getSerialNumber(), Date.from(Instant.now()), 0);
        builder.addExtension(
                Extension.authorityKeyIdentifier,
                false,
                new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(certificate));
        return new Pem(
                        "X509 CRL",
                        ByteString.copyFrom(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key))
                                .getEncoded()))
                .text();
    }

    /** Writes it as the one identity of an MSP folder, in place of the one that is there. */
    void writeInto(Path msp) throws IOException {
        Files.writeString(only(msp.resolve("signcerts")), CertificateReader.pem(certificate));
        Files.writeString(
                only(msp.resolve("keystore")), new Pem("PRIVATE KEY", ByteString.copyFrom(key.getEncoded())).text());
    }

    private static Path only(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findFirst().orElseThrow(() -> new IOException(folder + " is empty"));
        }
    }
}
