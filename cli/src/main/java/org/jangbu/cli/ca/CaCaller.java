package org.jangbu.cli.ca;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jangbu.cli.run.CommandFailure;
import org.jangbu.cli.run.ExitCode;
import org.jangbu.cli.server.Connection;
import org.jangbu.cli.server.RestServer;
import org.jangbu.model.json.JsonValue;
import org.jangbu.model.json.JsonValue.JsonObject;
import org.jangbu.model.json.JsonWriter;
import org.jangbu.msp.client.CaToken;
import org.jangbu.msp.identity.KeySigningIdentity;

/** Calls an authority: with a secret, with the key of the MSP folder, or as nobody. */
final class CaCaller {
    private static final String API = "/api/v1/";
    /** The folder's MSP has another id; for an authority only the certificate counts. */
    private static final String ANY_MSP = "MSP";

    private final RestServer rest;

    CaCaller(RestServer rest) {
        this.rest = rest;
    }

    JsonObject asNobody(String operation, Map<String, JsonValue> members) {
        return result(operation, body(members), Optional.empty());
    }

    JsonObject withSecret(String operation, Map<String, JsonValue> members, String id, String secret) {
        String credentials = Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
        return result(operation, body(members), Optional.of("Basic " + credentials));
    }

    JsonObject withKey(String operation, Map<String, JsonValue> members, KeySigningIdentity identity) {
        byte[] body = body(members);
        try {
            return result(
                    operation,
                    body,
                    Optional.of(CaToken.of(identity.certificate(), identity.key(), "POST", API + operation, body)));
        } catch (GeneralSecurityException e) {
            throw CommandFailure.of(ExitCode.UNUSABLE, "the call cannot be signed: " + e.getMessage(), e);
        }
    }

    static KeySigningIdentity identity(CaOptions options) {
        return Connection.identity(options.mspDir(), ANY_MSP);
    }

    private JsonObject result(String operation, byte[] body, Optional<String> authorization) {
        return rest.call("POST", API + operation, body, authorization)
                .object()
                .member("result")
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .orElseThrow(() -> CommandFailure.of(ExitCode.UNUSABLE, "the authority's answer holds no result"));
    }

    private static byte[] body(Map<String, JsonValue> members) {
        return JsonWriter.text(new JsonObject(members)).getBytes(StandardCharsets.UTF_8);
    }
}
