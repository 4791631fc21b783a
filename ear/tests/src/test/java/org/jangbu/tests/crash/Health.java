package org.jangbu.tests.crash;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jangbu.quickstart.wildfly.WildFlyServer;

/** A server's own word on whether it is ready. */
record Health(URI address) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int NOT_READY = 503;

    static Health of(WildFlyServer server) {
        return new Health(server.management().resolve("/health/ready"));
    }

    /** The body of the first answer that names the ledgers and says that it is not ready. */
    String awaitAnswer() {
        return await().atMost(Duration.ofSeconds(60))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(this::answer, body -> body.contains("ledger"));
    }

    private String answer() throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(10)).build();
        HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        return response.statusCode() == NOT_READY ? response.body() : "";
    }
}
