package org.jangbu.quickstart.rest;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.stream.JsonParsingException;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.jangbu.quickstart.machine.QuickStartException;
import org.jangbu.quickstart.network.TrialUser;

/** Calls the REST interface of one server as one user. */
public final class RestClient {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int OK_UP_TO = 299;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI base;
    private final String authorization;

    public RestClient(URI server, TrialUser user) {
        this.base = server.resolve("/api/v1/");
        byte[] credentials = (user.name() + ":" + user.password()).getBytes(StandardCharsets.UTF_8);
        this.authorization = "Basic " + Base64.getEncoder().encodeToString(credentials);
    }

    /** The answer to a GET; a problem becomes an exception. */
    public JsonObject get(String path) throws IOException, InterruptedException, QuickStartException {
        return expectOk(path, send(request(path).GET().build()));
    }

    /** The answer to a POST; a problem becomes an exception. */
    public JsonObject post(String path, JsonObject body) throws IOException, InterruptedException, QuickStartException {
        return expectOk(path, tryPost(path, body));
    }

    /** The answer to a POST, whatever it is. */
    public Answer tryPost(String path, JsonObject body) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path))
                .timeout(PATIENCE)
                .header("Authorization", authorization)
                .header("Accept", "application/json");
    }

    private Answer send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body());
    }

    private static JsonObject expectOk(String path, Answer answer) throws QuickStartException {
        if (!answer.isOk()) {
            throw new QuickStartException(
                    "REST refused " + path + " with status " + answer.status() + ": " + answer.body());
        }
        return answer.json();
    }

    /** An HTTP answer. */
    public record Answer(int status, String body) {
        public boolean isOk() {
            return status <= OK_UP_TO;
        }

        public JsonObject json() throws QuickStartException {
            try (JsonReader reader = Json.createReader(new StringReader(body))) {
                return reader.readObject();
            } catch (JsonParsingException e) {
                throw new QuickStartException("The server's answer is no JSON: " + body, e);
            }
        }
    }
}
