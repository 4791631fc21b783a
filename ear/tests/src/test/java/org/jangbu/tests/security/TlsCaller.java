package org.jangbu.tests.security;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.tests.network.Rest;
import org.jangbu.tests.server.TrialServer;
import org.jspecify.annotations.Nullable;

/** Calls the server over TLS, with a client certificate or without, and with whatever headers. */
final class TlsCaller {
    private static final char[] NONE = new char[0];

    private final HttpClient http;
    private final Map<String, String> headers;

    private TlsCaller(HttpClient http, Map<String, String> headers) {
        this.http = http;
        this.headers = headers;
    }

    static TlsCaller with(@Nullable Issued identity, String protocol) throws IOException, GeneralSecurityException {
        SSLContext tls = SSLContext.getInstance(protocol);
        tls.init(identity == null ? null : keys(identity).getKeyManagers(), trust().getTrustManagers(), null);
        HttpClient http = HttpClient.newBuilder()
                .sslContext(tls)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
        return new TlsCaller(http, Map.of());
    }

    static TlsCaller with(@Nullable Issued identity) throws IOException, GeneralSecurityException {
        return with(identity, "TLSv1.3");
    }

    TlsCaller and(String header, String value) {
        return new TlsCaller(http, Map.of(header, value));
    }

    Rest.Answer get(String path) throws IOException, InterruptedException {
        return send(request(path).GET().build());
    }

    /** The version of TLS that a request goes by. */
    String version(String path) throws IOException, InterruptedException {
        return http.send(request(path).GET().build(), HttpResponse.BodyHandlers.discarding())
                .sslSession()
                .orElseThrow()
                .getProtocol();
    }

    Rest.Answer post(String path, String type, byte[] body) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build());
    }

    Rest.Answer post(String path, JsonObject body) throws IOException, InterruptedException {
        return post(path, "application/json", body.toString().getBytes(StandardCharsets.UTF_8));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        TrialServer.installation().server().https().resolve(path))
                .timeout(Duration.ofSeconds(60))
                .header("Accept", path.startsWith("/api") ? "application/json" : "text/html");
        headers.forEach(request::header);
        return request;
    }

    private Rest.Answer send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        return new Rest.Answer(response.statusCode(), response.body());
    }

    private static KeyManagerFactory keys(Issued identity) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NONE);
        store.setKeyEntry("me", identity.key(), NONE, new Certificate[] {identity.certificate()});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, NONE);
        return keys;
    }

    private static TrustManagerFactory trust() throws IOException, GeneralSecurityException {
        Path authority = TrialServer.installation()
                .network()
                .organizations()
                .resolve("peerOrganizations/org1.example.com/tlsca/tlsca.org1.example.com-cert.pem");
        X509Certificate certificate = CertificateReader.only(Files.readAllBytes(authority));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NONE);
        store.setCertificateEntry("tls", certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        return trust;
    }
}
