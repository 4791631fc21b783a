package org.jangbu.tests.renewal;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.crypto.CryptoProvider;
import org.jangbu.msp.crypto.Curve;
import org.jangbu.msp.crypto.KeyReader;
import org.jangbu.msp.crypto.LowSContentSigner;
import org.jangbu.msp.crypto.Pem;
import org.jangbu.tests.server.TrialServer;

/**
 * A certificate that says what a node's says and is about to end: most of its life has passed. Its authority has issued it and knows it; an
 * administrator puts it in place by hand.
 */
final class ShortLived {
    /** Of the life that has passed: enough for two attempts, and little enough to be due. */
    private static final double LEFT = 0.4;

    private final X509Certificate certificate;
    private final KeyPair keys;

    private ShortLived(X509Certificate certificate, KeyPair keys) {
        this.certificate = certificate;
        this.keys = keys;
    }

    /** The serial number, as logs tell it. */
    String serial() {
        return certificate.getSerialNumber().toString(16);
    }

    X509Certificate certificate() {
        return certificate;
    }

    /** Replaces what the node signs with. */
    static ShortLived ofIdentity(TrialNode node) throws Exception {
        ShortLived issued = issue(node, "ca", node.certificate());
        writeKey(node.msp().resolve("keystore/by-hand_sk"), issued.keys);
        replace(node.certificateFile(), CertificateReader.pem(issued.certificate));
        return issued;
    }

    /** Replaces what the node shows. */
    static ShortLived ofTls(TrialNode node) throws Exception {
        ShortLived issued = issue(node, "tlsca", node.tlsCertificate());
        writeKey(node.tls().resolve("server.key"), issued.keys);
        replace(node.tls().resolve("server.crt"), CertificateReader.pem(issued.certificate));
        return issued;
    }

    private static ShortLived issue(TrialNode node, String kind, X509Certificate like) throws Exception {
        Path authority = TrialServer.installation()
                .network()
                .organizations()
                .resolve(node.material())
                .resolve(kind);
        String domain = String.valueOf(Path.of(node.material()).getFileName());
        X509Certificate issuer =
                CertificateReader.only(Files.readAllBytes(authority.resolve(kind + "." + domain + "-cert.pem")));
        KeyPair keys = CryptoProvider.ofThisServer().generate(Curve.P256);
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        // No certificate is older than its authority, which the quick start has made a few minutes ago.
        Instant from = issuer.getNotBefore().toInstant();
        Instant to = now.plusSeconds((long) (Duration.between(from, now).toSeconds() * LEFT));
        X509CertificateHolder former = new X509CertificateHolder(like.getEncoded());
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                X500Name.getInstance(issuer.getSubjectX500Principal().getEncoded()),
                new BigInteger(120, new SecureRandom()).setBit(120),
                new Time(Date.from(from)),
                new Time(Date.from(to)),
                former.getSubject(),
                SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
        for (var oid : former.getExtensions().getExtensionOIDs()) {
            if (!oid.equals(Extension.subjectKeyIdentifier)) {
                builder.addExtension(former.getExtension(oid));
            }
        }
        X509Certificate certificate = CertificateReader.der(
                builder.build(new LowSContentSigner(KeyReader.read(Files.readAllBytes(authority.resolve("priv_sk")))))
                        .getEncoded());
        register(certificate, kind + "-" + node.suffix(), node.name());
        return new ShortLived(certificate, keys);
    }

    /** As the authority itself notes what it issues. */
    private static void register(X509Certificate certificate, String authority, String owner) throws SQLException {
        try (Connection database = TrialServer.installation().postgres().connect();
                PreparedStatement insert = database.prepareStatement(
                        "INSERT INTO ca.certificates (authority, serial, authority_key, owner, pem, expiry)"
                                + " SELECT authority, ?, authority_key, owner, ?, ? FROM ca.certificates"
                                + " WHERE authority = ? AND owner = ? LIMIT 1")) {
            insert.setString(1, certificate.getSerialNumber().toString(16));
            insert.setString(2, CertificateReader.pem(certificate));
            insert.setTimestamp(
                    3, java.sql.Timestamp.from(certificate.getNotAfter().toInstant()));
            insert.setString(4, authority);
            insert.setString(5, owner);
            if (insert.executeUpdate() != 1) {
                throw new SQLException(owner + " is not known to " + authority);
            }
        }
    }

    private static void writeKey(Path file, KeyPair keys) throws IOException {
        Path draft = file.resolveSibling("../.by-hand").normalize();
        Files.deleteIfExists(draft);
        Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        replace(
                draft,
                file,
                new Pem("PRIVATE KEY", ByteString.copyFrom(keys.getPrivate().getEncoded())).text());
    }

    private static void replace(Path file, String text) throws IOException {
        replace(file.resolveSibling("../.by-hand").normalize(), file, text);
    }

    private static void replace(Path draft, Path file, String text) throws IOException {
        Files.writeString(draft, text, StandardCharsets.US_ASCII);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
