package org.jangbu.quickstart.wildfly;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks a server's {@code /health/ready}, and remembers what it heard. */
final class ReadinessProbe {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final HttpRequest request;
    private String lastAnswer = "it does not answer";

    ReadinessProbe(URI management) {
        this.request = HttpRequest.newBuilder(management.resolve("/health/ready"))
                .timeout(PATIENCE)
                .build();
    }

    boolean isReady() throws InterruptedException {
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            lastAnswer = response.body();
            return response.statusCode() == 200;
        } catch (IOException e) {
            // Not listening yet, or no more: the caller knows which, it owns the process.
            return false;
        }
    }

    String lastAnswer() {
        return lastAnswer;
    }
}
