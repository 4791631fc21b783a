package org.jangbu.web.rest;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import java.nio.charset.CharacterCodingException;
import org.jangbu.ledger.channel.ConfigDifference;
import org.jangbu.ledger.channel.ConfigUpdateException;
import org.jangbu.model.json.JsonLimits;
import org.jangbu.model.json.MessageTypes;
import org.jangbu.model.json.Protolator;
import org.jangbu.model.json.TooLargeException;
import org.jangbu.model.json.TranslationException;
import org.jangbu.web.problem.Failures;
import org.jangbu.web.problem.Problem;
import org.jangbu.web.problem.ProblemCode;
import org.jangbu.web.view.Utf8;

/** Translates within bounds that many callers at once may use up, and words what fails as problems. */
final class Translations {
    private static final JsonLimits LIMITS = new JsonLimits(JsonLimits.USUAL.depth(), 500_000, 64 << 20);
    private static final Protolator PROTOLATOR = new Protolator(LIMITS);

    private Translations() {}

    static Descriptor type(String name) {
        return MessageTypes.named(name)
                .orElseThrow(
                        () -> Problem.of(ProblemCode.INVALID_PARAMETER, "no message of that name can be translated")
                                .with("parameter", "message")
                                .withValue(name)
                                .exception());
    }

    static String decode(Descriptor type, ByteString message) {
        try {
            return PROTOLATOR.decode(type, message);
        } catch (TooLargeException e) {
            throw Problem.of(ProblemCode.BODY_TOO_LARGE, String.valueOf(e.getMessage()))
                    .exception();
        } catch (TranslationException e) {
            throw Problem.of(ProblemCode.MALFORMED_MESSAGE, String.valueOf(e.getMessage()))
                    .exception();
        }
    }

    static ByteString encode(Descriptor type, byte[] json) {
        try {
            return PROTOLATOR.encode(type, Utf8.decode(json));
        } catch (CharacterCodingException e) {
            throw Problem.of(ProblemCode.MALFORMED_JSON, "the body is not UTF-8")
                    .exception();
        } catch (TranslationException e) {
            throw Problem.of(ProblemCode.INVALID_BODY, String.valueOf(e.getMessage()))
                    .exception();
        }
    }

    static ByteString update(ConfigRequests.TwoConfigs configs) {
        try {
            return ConfigDifference.of(configs.channel(), configs.original(), configs.updated())
                    .toByteString();
        } catch (ConfigUpdateException e) {
            throw Failures.of(e).exception();
        }
    }
}
