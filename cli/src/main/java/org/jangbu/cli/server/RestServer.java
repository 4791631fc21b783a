package org.jangbu.cli.server;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jangbu.cli.run.CommandFailure;
import org.jangbu.cli.run.ExitCode;
import org.jangbu.msp.client.BoundedBody;

/** The HTTP side: one request, one bounded answer within the time given; redirections are not followed, since they would carry credentials along. */
public final class RestServer {
    private static final String API = "/api/v1/";
    private static final int LONGEST_ANSWER = 256 << 20;
    private static final String JSON = "application/json";
    private static final String BYTES = "application/octet-stream";

    private final URI base;
    private final Duration patience;
    private final Optional<String> authorization;
    private final HttpClient http;

    /** Somebody who proves who he is call by call. */
    public static RestServer anonymous(URI base, Optional<Path> roots, Duration patience) {
        return new RestServer(base, Trust.context(roots, Optional.empty()), patience, Optional.empty());
    }

    RestServer(URI base, SSLContext tls, Duration patience, Optional<String> authorization) {
        this.base = base;
        this.patience = patience;
        this.authorization = authorization;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(patience)
                .sslContext(tls)
                .build();
    }

    /** Asks for JSON below {@code /api/v1/}. */
    public RestAnswer get(String path) {
        return ok(send(request(API + path, JSON).GET().build()));
    }

    /** Asks for bytes below {@code /api/v1/}. */
    public ByteString bytes(String path) {
        return ok(send(request(API + path, BYTES).GET().build())).body();
    }

    /** Sends JSON below {@code /api/v1/}. */
    public RestAnswer post(String path, String json) {
        return ok(send(request(API + path, JSON)
                .header("Content-Type", JSON)
                .POST(BodyPublishers.ofString(json))
                .build()));
    }

    /** Sends bytes below {@code /api/v1/}. */
    public RestAnswer post(String path, byte[] body) {
        return ok(send(request(API + path, JSON)
                .header("Content-Type", BYTES)
                .POST(BodyPublishers.ofByteArray(body))
                .build()));
    }

    /** Any other call; the path is that from the server's root. */
    public RestAnswer call(String method, String path, String type, byte[] body) {
        HttpRequest.Builder request = request(path, JSON);
        return ok(send((body.length == 0
                        ? request.method(method, BodyPublishers.noBody())
                        : request.header("Content-Type", type).method(method, BodyPublishers.ofByteArray(body)))
                .build()));
    }

    /** The same with another authorization. */
    public RestAnswer call(String method, String path, byte[] json, Optional<String> header) {
        HttpRequest.Builder request = request(path, JSON).header("Content-Type", JSON);
        header.ifPresent(value -> request.header("Authorization", value));
        return ok(send(request.method(method, BodyPublishers.ofByteArray(json)).build()));
    }

    private static RestAnswer ok(RestAnswer answer) {
        if (answer.status() / 100 != 2) {
            throw answer.refusal();
        }
        return answer;
    }

    private HttpRequest.Builder request(String path, String accepted) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(path)).timeout(patience).header("Accept", accepted);
        authorization.ifPresent(value -> request.header("Authorization", value));
        return request;
    }

    /** The time limit of a request ends with its first bytes; this one ends with the last. */
    private RestAnswer send(HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(request, response -> new BoundedBody(LONGEST_ANSWER));
        try {
            HttpResponse<byte[]> response = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return new RestAnswer(response.statusCode(), ByteString.copyFrom(response.body()));
        } catch (TimeoutException e) {
            throw outcomeUnknown(request, e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (!(cause instanceof IOException)) {
                throw CommandFailure.of(ExitCode.FAULT, "the call failed: " + cause, e);
            }
            throw beforeItWasSent(cause) ? unreachable(cause) : outcomeUnknown(request, cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw outcomeUnknown(request, e);
        } finally {
            answer.cancel(true);
        }
    }

    private static boolean beforeItWasSent(Throwable cause) {
        return cause instanceof ConnectException
                || cause instanceof HttpConnectTimeoutException
                || cause instanceof SSLException;
    }

    private CommandFailure unreachable(Throwable cause) {
        String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return CommandFailure.of(ExitCode.UNREACHABLE, base + " cannot be reached: " + why, cause);
    }

    /** A question can be asked again; whether an order was carried out nobody knows. */
    private CommandFailure outcomeUnknown(HttpRequest request, Throwable cause) {
        ExitCode code = request.method().equals("GET") ? ExitCode.UNREACHABLE : ExitCode.UNKNOWN_OUTCOME;
        return CommandFailure.of(code, base + " gave no whole answer within " + patience.toSeconds() + " s", cause);
    }
}
