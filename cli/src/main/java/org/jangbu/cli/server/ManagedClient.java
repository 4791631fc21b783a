package org.jangbu.cli.server;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jangbu.cli.run.CommandFailure;
import org.jangbu.cli.run.ExitCode;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.json.JsonValue;
import org.jangbu.model.json.JsonValue.JsonArray;
import org.jangbu.model.json.JsonValue.JsonObject;
import org.jangbu.model.json.JsonValue.JsonText;
import org.jangbu.model.json.JsonValue.JsonTruth;
import org.jangbu.model.json.JsonWriter;
import org.jangbu.msp.client.Invocation;

/** Has the server sign: calls in JSON, in the caller's managed identity. */
final class ManagedClient implements LedgerClient {
    private final RestServer rest;

    ManagedClient(RestServer rest) {
        this.rest = rest;
    }

    @Override
    public ByteString evaluate(Target target, Invocation invocation) {
        JsonObject answer =
                rest.post(path(target) + "/evaluate", body(invocation)).object();
        return RestAnswer.content(answer, "result");
    }

    @Override
    public Committed submit(Target target, Invocation invocation, Duration limit) {
        // Without a number the server waits as long as it does for anybody.
        String wait = limit.compareTo(Connection.MOST_COMMIT_WAIT) < 0 ? "?wait=" + limit.toSeconds() : "";
        RestAnswer answer = rest.post(path(target) + "/submit" + wait, body(invocation));
        return Commits.of(answer, RestAnswer.content(answer.object(), "result"));
    }

    @Override
    public ByteString askPeer(String peer, ChaincodeName chaincode, Invocation invocation) {
        throw CommandFailure.of(
                ExitCode.USAGE, "one peer is asked with an own key: --msp-dir with --msp-id instead of --user");
    }

    private static String path(Target target) {
        return "channels/" + target.channel() + "/chaincodes/" + target.chaincode();
    }

    private static String body(Invocation invocation) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("function", content(invocation.function()));
        members.put(
                "args",
                new JsonArray(
                        invocation.args().stream().map(ManagedClient::content).toList()));
        if (!invocation.transientData().isEmpty()) {
            Map<String, JsonValue> values = new LinkedHashMap<>();
            invocation.transientData().forEach((name, value) -> values.put(name, content(value)));
            members.put("transient", new JsonObject(values));
        }
        if (invocation.init()) {
            members.put("init", new JsonTruth(true));
        }
        return JsonWriter.text(new JsonObject(members));
    }

    private static JsonValue content(ByteString bytes) {
        return new JsonObject(Map.of("base64", new JsonText(Base64.getEncoder().encodeToString(bytes.toByteArray()))));
    }
}
