package org.jangbu.tests.network;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.function.Supplier;
import org.jangbu.model.ChannelId;
import org.jangbu.quickstart.network.TrialUser;
import org.jangbu.tests.server.TrialServer;

/** Calls the REST interface as one user and takes whatever comes back. */
public final class Rest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final Supplier<URI> server;
    private final String authorization;

    private Rest(Supplier<URI> server, String authorization) {
        this.server = server;
        this.authorization = authorization;
    }

    /** A user of a server other than the tests' own. */
    public static Rest at(URI server, TrialUser user) {
        return new Rest(() -> server, basic(user.name(), user.password()));
    }

    public static Rest as(TrialUser user) {
        return as(user.name(), user.password());
    }

    public static Rest as(String name, String password) {
        return new Rest(Rest::testServer, basic(name, password));
    }

    /** Without any credentials. */
    public static Rest asNobody() {
        return new Rest(Rest::testServer, "");
    }

    public Answer get(String path) throws IOException, InterruptedException {
        return send(request(path).GET().build());
    }

    /** Reads events from now on, or behind the one of that id. */
    public EventReader events(String path, String lastId) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path).setHeader("Accept", "text/event-stream");
        return new EventReader(HTTP.send(
                (lastId.isEmpty() ? request : request.header("Last-Event-ID", lastId))
                        .GET()
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream()));
    }

    /** What opens the door, for those who write their requests themselves. */
    public String authorization() {
        return authorization;
    }

    public byte[] getBytes(String path) throws IOException, InterruptedException {
        HttpRequest request = request(path)
                .setHeader("Accept", "application/octet-stream")
                .GET()
                .build();
        HttpResponse<byte[]> response = HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IOException(
                    path + ": " + response.statusCode() + " " + new String(response.body(), StandardCharsets.UTF_8));
        }
        return response.body();
    }

    public Answer post(String path, JsonObject body) throws IOException, InterruptedException {
        return post(path, "application/json", body.toString().getBytes(StandardCharsets.UTF_8));
    }

    public Answer post(String path, String type, byte[] body) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build());
    }

    /** Runs a function and waits for its commit. */
    public Answer submit(String chaincode, String function, String... arguments)
            throws IOException, InterruptedException {
        return post(chaincode(chaincode) + "/submit", call(function, arguments));
    }

    /** Runs a function on one peer. */
    public Answer evaluate(String chaincode, String function, String... arguments)
            throws IOException, InterruptedException {
        return post(chaincode(chaincode) + "/evaluate", call(function, arguments));
    }

    /** Below {@code /api/v1}: the channel of the tests. */
    public static String channel() {
        return channel(TrialServer.CHANNEL);
    }

    /** Below {@code /api/v1}: any channel. */
    public static String channel(ChannelId channel) {
        return "channels/" + channel;
    }

    /** Below {@code /api/v1}: a chaincode of that channel. */
    public static String chaincode(String name) {
        return channel() + "/chaincodes/" + name;
    }

    /** The body of a call. */
    public static JsonObject call(String function, String... arguments) {
        JsonArrayBuilder list = Json.createArrayBuilder();
        for (String argument : arguments) {
            list.add(argument);
        }
        return Json.createObjectBuilder()
                .add("function", function)
                .add("args", list)
                .build();
    }

    static URI testServer() {
        return TrialServer.installation().server().http();
    }

    static String basic(String name, String password) {
        byte[] credentials = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(credentials);
    }

    private HttpRequest.Builder request(String path) {
        URI base = server.get().resolve("/api/v1/");
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE).header("Accept", "application/json");
        return authorization.isEmpty() ? request : request.header("Authorization", authorization);
    }

    private static Answer send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body());
    }

    /** An HTTP answer. */
    public record Answer(int status, String body) {
        public JsonObject json() {
            try (JsonReader reader = Json.createReader(new StringReader(body))) {
                return reader.readObject();
            }
        }

        /** Status and problem code, or the validation code of a commit, in one word to compare: {@code 409 duplicate-transaction}, {@code 200 VALID}. */
        public String outcome() {
            JsonObject json = body.startsWith("{") ? json() : JsonObject.EMPTY_JSON_OBJECT;
            return status + " " + json.getString("code", json.getString("validationCode", ""));
        }
    }
}
