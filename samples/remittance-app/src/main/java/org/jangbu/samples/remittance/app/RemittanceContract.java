package org.jangbu.samples.remittance.app;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
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

/** The contract as the application sees it: functions that change something, and functions that only look. */
final class RemittanceContract {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int OK = 200;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final URI address;
    private final String authorization;

    RemittanceContract(URI server, String channel, String chaincode, String user, String password) {
        this.address = server.resolve("/api/v1/channels/" + channel + "/chaincodes/" + chaincode + "/");
        this.authorization =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Has a function change the ledger.
     *
     * @return the transaction's id, once its block is committed and it took effect
     * @throws RefusedException if it did not take effect, or nobody can say yet whether it will
     */
    String submit(String function, String... arguments) throws IOException, InterruptedException, RefusedException {
        return call("submit", function, arguments).getString("transactionId");
    }

    /** Asks a function; nothing is written. */
    String evaluate(String function, String... arguments) throws IOException, InterruptedException, RefusedException {
        return call("evaluate", function, arguments).getString("result");
    }

    private JsonObject call(String how, String function, String... arguments)
            throws IOException, InterruptedException, RefusedException {
        JsonArrayBuilder list = Json.createArrayBuilder();
        for (String argument : arguments) {
            list.add(argument);
        }
        String body = Json.createObjectBuilder()
                .add("function", function)
                .add("args", list)
                .build()
                .toString();
        HttpRequest request = HttpRequest.newBuilder(address.resolve(how))
                .timeout(PATIENCE)
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        JsonObject json = json(answer);
        if (answer.statusCode() == OK) {
            return json;
        }
        throw new RefusedException(reason(answer.statusCode(), json));
    }

    private static JsonObject json(HttpResponse<String> answer) throws IOException {
        try (JsonReader reader = Json.createReader(new StringReader(answer.body()))) {
            return reader.readObject();
        } catch (JsonException e) {
            throw new IOException("it answered " + answer.statusCode() + " without JSON", e);
        }
    }

    private static String reason(int status, JsonObject problem) {
        if (status == 202) {
            return "The payment is on its way and not committed yet; ask for transaction "
                    + problem.getString("transactionId", "?") + " later.";
        }
        JsonObject chaincode = problem.getJsonObject("chaincode");
        return chaincode != null
                ? chaincode.getString("message", "The contract refused.")
                : problem.getString("detail", "The server answered " + status + ".");
    }
}
