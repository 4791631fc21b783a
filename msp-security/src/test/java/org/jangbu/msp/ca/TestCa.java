package org.jangbu.msp.ca;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.jangbu.model.MspId;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.crypto.CryptoProvider;
import org.jangbu.msp.crypto.Curve;
import org.jangbu.msp.realm.DerivedSecret;
import org.jangbu.msp.realm.EnrollmentId;
import org.jangbu.msp.testing.TestAuthority;
import org.jspecify.annotations.Nullable;

/** An authority with its registry, behind a small HTTPS server that knows {@code reenroll} alone; it can be told to lie. */
public final class TestCa implements AutoCloseable {
    private static final DerivedSecret SECRET = DerivedSecret.of("adminpw");

    private final AuthorityName name = TestRegistry.newName();
    private final KeyPair keys = CryptoProvider.ofThisServer().generate(Curve.P256);
    private final AuthorityCertificate certificate;
    private final CertificateAuthority authority;
    private final Client administrator;
    private final HttpsServer server;
    private final X509Certificate root;
    private final List<String> bodies = new ArrayList<>();
    private volatile @Nullable Answers answers;

    /** What is answered instead of the truth. */
    @FunctionalInterface
    public interface Answers {
        /**
         * The body of the answer.
         *
         * @param request the CSR that came
         */
        byte[] to(String request) throws Exception;
    }

    public TestCa(Clock clock) throws Exception {
        certificate = RootAuthority.create("ca.org1.example.com", keys, clock);
        authority = new CertificateAuthority(
                name,
                new MspId("Org1MSP"),
                certificate,
                new AuthoritySettings(-1, true),
                TestRegistry.open(name, certificate),
                clock);
        authority.bootstrap(new EnrollmentId("admin"), SECRET, List.of());
        administrator = Client.enroll(authority, "admin", "adminpw");
        TestAuthority tls = TestAuthority.root("tls of the authority");
        root = tls.certificate();
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(tls)));
        server.createContext("/", this::handle);
        server.start();
    }

    private static SSLContext context(TestAuthority tls) throws Exception {
        KeyPair keys = TestAuthority.newKeys(Curve.P256);
        X509Certificate own = tls.issue(
                tls.leaf("localhost")
                        .valid(
                                Instant.now().minus(Duration.ofDays(1)),
                                Instant.now().plus(Duration.ofDays(1)))
                        .with(
                                Extension.subjectAlternativeName,
                                false,
                                new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost"))),
                keys);
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", keys.getPrivate(), new char[0], new Certificate[] {own});
        KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
        managers.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    /** Registers somebody and issues a first certificate. */
    public X509Certificate enroll(String id, String type, String profile, KeyPair keys) throws Exception {
        administrator.call(session -> session.register(new RegistrationRequest(
                id, type, ".", id + "pw", Optional.empty(), List.of(new Attribute(Attributes.NODE, id, false)))));
        return authority.enroll(
                id,
                id + "pw",
                new EnrollmentRequest(Client.csr("CN=" + id, keys), profile, hosts(profile), Optional.empty()));
    }

    private static List<String> hosts(String profile) {
        return profile.isEmpty() ? List.of() : List.of("localhost", "127.0.0.1");
    }

    public void revoke(String id) throws Exception {
        administrator.call(session -> session.revoke(new RevocationRequest(id, "", "", "", false)));
    }

    public X509Certificate certificate() {
        return certificate.own();
    }

    /** Its name and key, to issue whatever a lie needs. */
    public TestAuthority forger() throws Exception {
        return TestAuthority.root("ca.org1.example.com", keys, 1);
    }

    public URI address() {
        return URI.create("https://localhost:" + server.getAddress().getPort());
    }

    public String name() {
        return name.value();
    }

    /** Vouches for the HTTPS of this authority. */
    public X509Certificate root() {
        return root;
    }

    /** From now on it answers this, whoever asks; null for the truth. */
    public void lie(@Nullable Answers lies) {
        answers = lies;
    }

    /** What came, in its order. */
    public List<String> bodies() {
        return List.copyOf(bodies);
    }

    /** The form in which a certificate is answered. */
    public static byte[] answer(X509Certificate issued) {
        String pem =
                Base64.getEncoder().encodeToString(CertificateReader.pem(issued).getBytes(StandardCharsets.US_ASCII));
        return ("{\"result\":{\"Cert\":\"" + pem
                        + "\",\"ServerInfo\":{}},\"errors\":[],\"messages\":[],\"success\":true}")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private void handle(HttpExchange call) throws IOException {
        byte[] body = call.getRequestBody().readAllBytes();
        bodies.add(new String(body, StandardCharsets.UTF_8));
        int status = 201;
        byte[] answer;
        try {
            Answers lies = answers;
            answer = lies == null ? truth(call, body) : lies.to(json(body).getString("certificate_request"));
        } catch (CaException e) {
            status = e.status();
            answer = ("{\"result\":\"\",\"errors\":[{\"code\":"
                            + e.remoteError().code() + ",\"message\":\"refused\"}],"
                            + "\"messages\":[],\"success\":false}")
                    .getBytes(StandardCharsets.US_ASCII);
        } catch (Exception e) {
            status = 500;
            answer = e.toString().getBytes(StandardCharsets.UTF_8);
        }
        call.sendResponseHeaders(status, answer.length);
        call.getResponseBody().write(answer);
        call.close();
    }

    private byte[] truth(HttpExchange call, byte[] body) throws CaException {
        JsonObject json = json(body);
        if (!json.getString("caname").equals(name.value())) {
            throw CaException.of(404, CaError.CA_NOT_FOUND, "another");
        }
        SignedCall signed = new SignedCall(
                call.getRequestHeaders().getFirst("Authorization"),
                call.getRequestMethod(),
                call.getRequestURI().toString(),
                ByteString.copyFrom(body));
        JsonArray hosts = json.getJsonArray("hosts");
        EnrollmentRequest request = new EnrollmentRequest(
                json.getString("certificate_request"),
                json.getString("profile", ""),
                hosts == null
                        ? List.of()
                        : hosts.getValuesAs(JsonString.class).stream()
                                .map(JsonString::getString)
                                .toList(),
                Optional.empty());
        return answer(authority.call(signed, session -> session.reenroll(request)));
    }

    private static JsonObject json(byte[] body) {
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(body))) {
            return reader.readObject();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
