package org.jangbu.tests.ca;

import com.google.protobuf.ByteString;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.jangbu.model.MspId;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.crypto.CryptoProvider;
import org.jangbu.msp.crypto.Curve;
import org.jangbu.msp.crypto.LowSContentSigner;
import org.jangbu.msp.crypto.Pem;
import org.jangbu.msp.crypto.SigningKey;
import org.jangbu.msp.identity.KeySigningIdentity;
import org.jangbu.msp.identity.SigningIdentity;

/** Somebody who speaks to Org1's authority, well or badly, and takes whatever comes back. */
public final class CaCaller {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http;
    private final SigningIdentity identity;
    private final String certificate;

    private CaCaller(HttpClient http, SigningIdentity identity) {
        this.http = http;
        this.identity = identity;
        this.certificate = base64(CertificateReader.pem(identity.certificate()));
    }

    /** Enrols with a secret. */
    public static CaCaller enroll(String id, String secret) throws Exception {
        HttpClient http = trustingClient();
        KeyPair keys = CryptoProvider.ofThisServer().generate(Curve.P256);
        String body = Json.createObjectBuilder()
                .add("certificate_request", csr(id, keys))
                .build()
                .toString();
        Answer answer = send(http, "POST", "/api/v1/enroll", Optional.of(basic(id, secret)), body);
        if (answer.status() != 201) {
            throw new IOException("not enrolled: " + answer);
        }
        byte[] pem =
                Base64.getDecoder().decode(answer.json().getJsonObject("result").getString("Cert"));
        return new CaCaller(
                http,
                KeySigningIdentity.of(
                        new MspId("Org1MSP"), ByteString.copyFrom(pem), SigningKey.of(keys.getPrivate())));
    }

    /** Somebody who has a certificate and its key already. */
    static CaCaller of(SigningIdentity identity) throws IOException, GeneralSecurityException {
        return new CaCaller(trustingClient(), identity);
    }

    /** Another certificate for a fresh key. */
    X509Certificate reenroll(String authority, String id, JsonObject more) throws Exception {
        KeyPair keys = CryptoProvider.ofThisServer().generate(Curve.P256);
        String body = Json.createObjectBuilder(more)
                .add("certificate_request", csr(id, keys))
                .add("caname", authority)
                .build()
                .toString();
        Answer answer = call("POST", "/api/v1/reenroll", body);
        if (answer.status() != 201) {
            throw new IOException("not enrolled again: " + answer);
        }
        return CertificateReader.only(
                Base64.getDecoder().decode(answer.json().getJsonObject("result").getString("Cert")));
    }

    /** A request for a certificate, signed with its key. */
    static String csr(String id, KeyPair keys) throws IOException, GeneralSecurityException {
        byte[] der = new PKCS10CertificationRequestBuilder(
                        new X500Name("CN=" + id),
                        SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()))
                .build(new LowSContentSigner(keys.getPrivate()))
                .getEncoded();
        return new Pem("CERTIFICATE REQUEST", ByteString.copyFrom(der)).text();
    }

    SigningIdentity identity() {
        return identity;
    }

    static String basic(String id, String secret) {
        return "Basic " + base64(id + ":" + secret);
    }

    /** A call signed as it should be. */
    public Answer call(String method, String uri, String body) throws Exception {
        return send(http, method, uri, Optional.of(token(method, uri, body)), body);
    }

    /** A call with any header of authorization. */
    Answer call(String method, String uri, Optional<String> authorization, String body) throws Exception {
        return send(http, method, uri, authorization, body);
    }

    String token(String method, String uri, String body) {
        String signed = method + "." + base64(uri) + "." + base64(body) + "." + certificate;
        ByteString signature = identity.sign(ByteString.copyFromUtf8(signed));
        return certificate + "." + Base64.getEncoder().encodeToString(signature.toByteArray());
    }

    private static Answer send(HttpClient http, String method, String uri, Optional<String> authorization, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(Ca.ORG1 + uri))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        authorization.ifPresent(value -> request.header("Authorization", value));
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body());
    }

    private static HttpClient trustingClient() throws IOException, GeneralSecurityException {
        KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
        roots.load(null, null);
        roots.setCertificateEntry("tlsca", CertificateReader.only(Files.readAllBytes(Ca.tlsRoot())));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(roots);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder()
                .sslContext(tls)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** An HTTP answer. */
    public record Answer(int status, String body) {
        public JsonObject json() {
            try (JsonReader reader = Json.createReader(new StringReader(body))) {
                return reader.readObject();
            }
        }

        /** Status and error number, or the status alone where all is well: {@code 403 71}. */
        public String outcome() {
            JsonObject json = json();
            return json.getBoolean("success")
                    ? String.valueOf(status)
                    : status + " "
                            + json.getJsonArray("errors").getJsonObject(0).getInt("code");
        }
    }
}
