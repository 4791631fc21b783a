package org.jangbu.benchmarks;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Calls the REST face as a managed identity, as an integrator's program would. */
public final class RestClient implements Client {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;
    private final String authorization;
    private final Duration timeout;

    /** @param base address up to and including the channel, for example {@code http://localhost:8080/api/v1/channels/channel1} */
    public RestClient(String base, String user, String password, Duration timeout) {
        this.base = base;
        this.timeout = timeout;
        this.authorization =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public CompletableFuture<Answer> call(Workload.Call call) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(
                        base + "/chaincodes/" + call.chaincode() + "/" + (call.submit() ? "submit" : "evaluate")))
                .timeout(timeout)
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body(call)))
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .thenApply(response -> new Answer(response.statusCode() == 200, "HTTP " + response.statusCode()));
    }

    private static String body(Workload.Call call) {
        return call.args().stream()
                .map(RestClient::quoted)
                .collect(Collectors.joining(",", "{\"function\":" + quoted(call.function()) + ",\"args\":[", "]}"));
    }

    /** The workloads use letters, digits and hyphens alone, so that nothing needs escaping. */
    private static String quoted(String plain) {
        return '"' + plain + '"';
    }
}
