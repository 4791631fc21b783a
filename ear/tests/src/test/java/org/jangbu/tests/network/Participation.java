package org.jangbu.tests.network;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;
import org.jangbu.quickstart.network.TrialUser;

/** Speaks Fabric's channel participation interface as {@code osnadmin} does. */
public final class Participation {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String BOUNDARY = "b1f0c2d3e4";
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final Supplier<URI> server;
    private final String authorization;

    private Participation(Supplier<URI> server, String authorization) {
        this.server = server;
        this.authorization = authorization;
    }

    public static Participation as(TrialUser user) {
        return new Participation(Rest::testServer, Rest.basic(user.name(), user.password()));
    }

    /** A user of a server other than the tests' own. */
    public static Participation at(URI server, TrialUser user) {
        return new Participation(() -> server, Rest.basic(user.name(), user.password()));
    }

    /** Without any credentials. */
    public static Participation asNobody() {
        return new Participation(Rest::testServer, "");
    }

    /** {@code path} begins with a slash, or is empty for the list. */
    public Answer call(String method, String path) throws IOException, InterruptedException {
        return send(request(path).method(method, HttpRequest.BodyPublishers.noBody()));
    }

    /** The same, taking only some media type. */
    public Answer accepting(String type, String path) throws IOException, InterruptedException {
        return send(request(path).header("Accept", type).GET());
    }

    /** Has the orderer join by a first block. */
    public Answer join(byte[] block) throws IOException, InterruptedException {
        return form(part("config-block", block));
    }

    /** Sends a form of these parts. */
    public Answer form(byte[]... parts) throws IOException, InterruptedException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            body.writeBytes(part);
        }
        body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return post("multipart/form-data; boundary=" + BOUNDARY, body.toByteArray());
    }

    /** Sends any body. */
    public Answer post(String type, byte[] body) throws IOException, InterruptedException {
        return send(request("").header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    /** A part of a form. */
    public static byte[] part(String name, byte[] content) {
        ByteArrayOutputStream part = new ByteArrayOutputStream();
        part.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name
                        + "\"; filename=\"config.block\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        part.writeBytes(content);
        part.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        return part.toByteArray();
    }

    private HttpRequest.Builder request(String path) {
        URI address = server.get().resolve("/participation/v1/channels" + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(PATIENCE);
        return authorization.isEmpty() ? request : request.header("Authorization", authorization);
    }

    private static Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(
                response.statusCode(),
                response.body(),
                response.headers().firstValue("Allow").orElse(""));
    }

    /** An answer. */
    public record Answer(int status, String body, String allow) {
        public JsonObject json() {
            try (JsonReader reader = Json.createReader(new StringReader(body))) {
                return reader.readObject();
            }
        }

        /** Status and the word of an error. */
        public String error() {
            return status + " " + json().getString("error", "");
        }
    }
}
