package org.jangbu.msp.renewal.rest;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jangbu.msp.client.BoundedBody;
import org.jangbu.msp.client.CaToken;
import org.jangbu.msp.renewal.CaPlace;
import org.jangbu.msp.renewal.Reenrollment;
import org.jangbu.msp.renewal.RenewalException;
import org.jangbu.msp.renewal.SigningRequest;

/**
 * Calls {@code reenroll} over HTTPS. Whatever the other side does, a call ends within the given time and takes no more than 64 KiB of
 * answer; redirections are not followed. Renewals are rare, so each call has a client of its own, with the trust of its authority.
 */
public final class FabricCaClient implements Reenrollment {
    private static final String PATH = "/api/v1/reenroll";
    private static final int LONGEST_ANSWER = 64 * 1024;
    private static final int NAMES_AT_MOST = 100;

    private final Duration patience;

    /** @param patience for a whole call */
    public FabricCaClient(Duration patience) {
        this.patience = patience;
    }

    @Override
    public X509Certificate reenroll(CaPlace authority, Caller caller, SigningRequest request, String profile)
            throws RenewalException, InterruptedException {
        byte[] body = body(authority, request, profile);
        URI address = address(authority);
        try {
            HttpRequest call = HttpRequest.newBuilder(address)
                    .timeout(patience)
                    .header("Content-Type", "application/json")
                    .header(
                            "Authorization",
                            CaToken.of(caller.certificate(), caller.key(), "POST", address.getRawPath(), body))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                    .build();
            HttpResponse<byte[]> answer = send(client(authority.trust()), call);
            return CaAnswer.certificate(answer.statusCode(), answer.body());
        } catch (GeneralSecurityException e) {
            throw new RenewalException("the call to " + authority + " cannot be signed or secured", e);
        } catch (IOException e) {
            throw new RenewalException(authority + " cannot be reached: " + e, e);
        }
    }

    private static URI address(CaPlace authority) {
        String base = authority.address().toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + PATH);
    }

    private static byte[] body(CaPlace authority, SigningRequest request, String profile) {
        JsonObjectBuilder body = Json.createObjectBuilder().add("certificate_request", request.pem());
        if (!profile.isEmpty()) {
            body.add("profile", profile);
        }
        if (!authority.name().isEmpty()) {
            body.add("caname", authority.name());
        }
        if (!request.hosts().isEmpty()) {
            JsonArrayBuilder hosts = Json.createArrayBuilder();
            request.hosts().stream().limit(NAMES_AT_MOST).forEach(hosts::add);
            body.add("hosts", hosts);
        }
        return body.build().toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The time limit of a request ends with its first bytes; this one ends with the last. */
    private HttpResponse<byte[]> send(HttpClient client, HttpRequest call) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(call, response -> new BoundedBody(LONGEST_ANSWER));
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("no whole answer within " + patience, e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw cause instanceof IOException io ? io : new IOException(String.valueOf(cause), e);
        } finally {
            answer.cancel(true);
        }
    }

    private HttpClient client(List<X509Certificate> trust) throws GeneralSecurityException, IOException {
        KeyStore roots = KeyStore.getInstance("PKCS12");
        roots.load(null, null);
        for (int i = 0; i < trust.size(); i++) {
            roots.setCertificateEntry("root" + i, trust.get(i));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance("PKIX");
        managers.init(roots);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, managers.getTrustManagers(), null);
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(patience)
                .sslContext(tls)
                .build();
    }
}
