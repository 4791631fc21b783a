package org.jangbu.cli.chaincode;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jangbu.cli.run.Output.Facts;
import org.jangbu.cli.server.LedgerClient.Committed;
import org.jangbu.model.json.JsonValue;
import org.jangbu.model.json.JsonValue.JsonObject;
import org.jangbu.model.json.JsonValue.JsonText;

/** What chaincodes answer, as it is shown. */
final class Answer {
    private Answer() {}

    static Facts of(Committed committed) {
        Facts facts = new Facts()
                .with("transactionId", committed.transactionId())
                .with("blockNumber", committed.block())
                .with("validationCode", committed.validationCode());
        return committed.result().isEmpty() ? facts : facts.with("result", json(committed.result()));
    }

    /** Text where it is UTF-8, else its Base64. */
    static String text(ByteString bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            return base64(bytes);
        }
    }

    /** As REST writes bytes: text where it is UTF-8, else an object with its Base64. */
    static JsonValue json(ByteString bytes) {
        return bytes.isValidUtf8()
                ? new JsonText(bytes.toStringUtf8())
                : new JsonObject(Map.of("base64", new JsonText(base64(bytes))));
    }

    private static String base64(ByteString bytes) {
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
