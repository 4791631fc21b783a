package org.jangbu.msp.renewal;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jangbu.model.MspId;
import org.jangbu.msp.ca.TestCa;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.crypto.CryptoProvider;
import org.jangbu.msp.crypto.Curve;
import org.jangbu.msp.crypto.KeySecrets;
import org.jangbu.msp.crypto.OwnerOnly;
import org.jangbu.msp.crypto.Pem;
import org.jangbu.msp.crypto.SealedKey;
import org.jangbu.msp.crypto.SigningKey;
import org.jangbu.msp.identity.CurrentSigner;
import org.jangbu.msp.membership.ChannelMembership;
import org.jangbu.msp.membership.LocalMsp;
import org.jangbu.msp.membership.RevocationSource;
import org.jangbu.msp.renewal.rest.FabricCaClient;
import org.jangbu.msp.testing.SettableClock;

/** A peer with an MSP folder and TLS files, enrolled at authorities that renew. */
final class RenewedNodeFixture implements AutoCloseable {
    static final String NAME = "peer0.org1.example.com";
    static final MspId ORG1 = new MspId("Org1MSP");
    static final String PASSWORD = "password";

    private static final String CONFIG = """
            NodeOUs:
              Enable: true
              ClientOUIdentifier:
                OrganizationalUnitIdentifier: client
              PeerOUIdentifier:
                OrganizationalUnitIdentifier: peer
              AdminOUIdentifier:
                OrganizationalUnitIdentifier: admin
              OrdererOUIdentifier:
                OrganizationalUnitIdentifier: orderer
            """;

    final SettableClock clock = new SettableClock();
    final TestCa ca = new TestCa(clock);
    final TestCa tlsCa = new TestCa(clock);
    final Path home;
    final Path store;
    final List<String> attempts = new ArrayList<>();
    int reloads;
    CurrentSigner signer;
    private KeySecrets secrets = KeySecrets.NONE;

    RenewedNodeFixture(Path folder) throws Exception {
        home = folder.resolve(NAME);
        store = folder.resolve("tls.p12");
        KeyPair keys = CryptoProvider.ofThisServer().generate(Curve.P256);
        KeyPair tlsKeys = CryptoProvider.ofThisServer().generate(Curve.P256);
        put("msp/cacerts/ca.pem", ca.certificate());
        put("msp/tlscacerts/tlsca.pem", tlsCa.certificate());
        put("msp/signcerts/cert.pem", ca.enroll(NAME, "peer", "", keys));
        put("tls/server.crt", tlsCa.enroll(NAME, "peer", "tls", tlsKeys));
        write("msp/config.yaml", CONFIG);
        writeKey("msp/keystore/priv_sk", keys);
        writeKey("tls/server.key", tlsKeys);
        write("authorities.pem", CertificateReader.pem(ca.root()) + CertificateReader.pem(tlsCa.root()));
        write(
                "renewal.properties",
                "ca.address=" + ca.address() + "\nca.name=" + ca.name() + "\ntlsca.address=" + tlsCa.address()
                        + "\ntlsca.name=" + tlsCa.name() + "\ntrust=authorities.pem\n");
        signer = new CurrentSigner(msp().signingIdentity(secrets));
        new HttpsStore(store, PASSWORD).write(tls().read());
    }

    /** Encrypts the node's keys. */
    void encryptKeys(String secret) throws Exception {
        secrets = new KeySecrets(secret, "");
        for (String key : List.of("msp/keystore/priv_sk", "tls/server.key")) {
            Path file = home.resolve(key);
            byte[] sealed = SealedKey.seal(org.jangbu.msp.crypto.KeyReader.info(Files.readAllBytes(file)), secret);
            Files.delete(file);
            OwnerOnly.write(file, sealed);
        }
    }

    void put(String file, X509Certificate certificate) throws IOException {
        write(file, CertificateReader.pem(certificate));
    }

    void write(String file, String text) throws IOException {
        Path path = home.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    void writeKey(String file, KeyPair keys) throws IOException {
        Path path = home.resolve(file);
        Files.createDirectories(path.getParent());
        OwnerOnly.write(
                path,
                new Pem("PRIVATE KEY", ByteString.copyFrom(keys.getPrivate().getEncoded()))
                        .text()
                        .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    LocalMsp msp() throws Exception {
        return LocalMsp.read(home.resolve("msp"), ORG1);
    }

    ChannelMembership membership() throws Exception {
        return ChannelMembership.of(msp().msp());
    }

    /** The identity that a server starting now would have. */
    X509Certificate atStart() throws Exception {
        return msp().signingIdentity(secrets).certificate();
    }

    TlsFiles tls() {
        return new TlsFiles(home.resolve("tls"), secrets.secret());
    }

    IdentityFiles identityFiles() {
        return new IdentityFiles(home.resolve("msp"), ORG1, secrets);
    }

    /** What a server makes of it. */
    CertificateRenewal server() {
        return server(RevocationSource.NONE, true);
    }

    CertificateRenewal server(RevocationSource revocations, boolean newKeys) {
        RenewalSettings settings = new RenewalSettings(
                new RenewalRule(0.67, Duration.ofMinutes(1), Duration.ofHours(6)),
                newKeys,
                Duration.ofSeconds(5),
                Optional.of(new HttpsStore(store, PASSWORD)),
                Optional.of(NAME));
        RenewalParts parts = new RenewalParts(
                secrets,
                new FabricCaClient(Duration.ofSeconds(20)),
                revocations,
                (holder, kind, renewed) -> attempts.add(kind.label() + " " + renewed),
                clock,
                new Random(1));
        return new CertificateRenewal(
                List.of(new RenewingNode(NAME, home, signer)), settings, parts, Optional.of(() -> reloads++));
    }

    /** Three quarters of a year later. */
    void becomeDue() {
        clock.advance(Duration.ofDays(274));
    }

    static SigningKey signing(KeyPair keys) throws Exception {
        return SigningKey.of(keys.getPrivate());
    }

    @Override
    public void close() {
        ca.close();
        tlsCa.close();
    }
}
