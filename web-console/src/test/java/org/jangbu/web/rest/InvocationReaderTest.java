package org.jangbu.web.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jangbu.msp.client.Invocation;
import org.jangbu.web.problem.Problem;
import org.jangbu.web.problem.ProblemCode;
import org.jangbu.web.problem.ProblemException;
import org.jangbu.web.settings.WebSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InvocationReaderTest {
    private static final Limits LIMITS = new Limits(
            WebSettings.read(key -> key.equals("jangbu.rest.argument-limit") ? Optional.of("3") : Optional.empty()));

    @Test
    void reads_a_call_with_text_and_bytes() {
        Invocation call = parse("""
                {"function":"transfer","args":["A","김철수",{"base64":"AP8="}],"transient":{"secret":"x"}}""");
        assertThat(call.function().toStringUtf8()).isEqualTo("transfer");
        assertThat(call.args())
                .containsExactly(
                        ByteString.copyFromUtf8("A"),
                        ByteString.copyFromUtf8("김철수"),
                        ByteString.copyFrom(new byte[] {0, (byte) 0xff}));
        assertThat(call.transientData()).isEqualTo(Map.of("secret", ByteString.copyFromUtf8("x")));
    }

    @Test
    void says_whether_it_initialises_the_chaincode() {
        assertThat(parse("{\"function\":\"f\",\"init\":true}").init()).isTrue();
        assertThat(parse("{\"function\":\"f\"}").init()).isFalse();
        assertThat(refused("{\"function\":\"f\",\"init\":\"yes\"}").members()).containsEntry("member", "init");
    }

    @Test
    void passes_nul_and_paired_surrogates_as_they_are() {
        assertThat(parse("{\"function\":\"\\u0000\\ud83d\\ude00\"}").function())
                .isEqualTo(ByteString.copyFromUtf8("\u0000😀"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"function\":",
                "{\"function\" \"f\"}",
                "nonsense",
                "{\"function\":\"f\",}",
                "{\"function\":\"f",
            })
    void refuses_what_is_not_json(String body) {
        assertThat(refused(body).code()).isEqualTo(ProblemCode.MALFORMED_JSON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "null",
                "\"f\"",
                "{}",
                "{\"function\":1}",
                "{\"function\":null}",
                "{\"function\":\"f\",\"args\":\"A\"}",
                "{\"function\":\"f\",\"args\":[1000]}",
                "{\"function\":\"f\",\"args\":[[\"A\"]]}",
                "{\"function\":\"f\",\"args\":[{\"base64\":\"*\"}]}",
                "{\"function\":\"f\",\"args\":[{}]}",
                "{\"function\":\"f\",\"args\":[\"\\ud800\"]}",
                "{\"function\":\"f\",\"function\":\"g\"}",
                "{\"function\":\"f\",\"transient\":{\"\\udc00\":\"x\"}}",
                "{\"function\":\"f\",\"arguments\":[]}",
                "{\"function\":\"f\",\"args\":[\"1\",\"2\",\"3\",\"4\"]}",
                "{\"function\":\"f\"} {}",
            })
    void refuses_what_is_no_call_and_names_the_member(String body) {
        Problem problem = refused(body);
        assertThat(problem.code()).isIn(ProblemCode.INVALID_BODY, ProblemCode.MALFORMED_JSON);
        if (problem.code() == ProblemCode.INVALID_BODY) {
            assertThat(problem.members()).containsKey("member");
        }
    }

    @Test
    void names_the_argument_of_the_wrong_kind() {
        assertThat(refused("{\"function\":\"f\",\"args\":[\"A\",1000]}").detail())
                .isEqualTo("args[1] must be a string or {\"base64\": \"…\"}, not a number");
    }

    @Test
    void refuses_deep_nesting_without_following_it() {
        assertThat(refused("{\"function\":\"f\",\"args\":" + "[".repeat(1_000_000))
                        .code())
                .isEqualTo(ProblemCode.INVALID_BODY);
    }

    @Test
    void refuses_bytes_that_are_not_utf8() {
        byte[] body = "{\"function\":\"f\"}".getBytes(StandardCharsets.UTF_8);
        body[13] = (byte) 0xC3;
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> InvocationReader.parse(body, LIMITS))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ProblemCode.MALFORMED_JSON));
    }

    @Test
    void reads_a_message_in_base64() {
        assertThat(MessageBytesReader.fromJson("{\"message\":\"AAE=\"}".getBytes(StandardCharsets.UTF_8))
                        .bytes())
                .isEqualTo(ByteString.copyFrom(new byte[] {0, 1}));
    }

    private static Invocation parse(String body) {
        return InvocationReader.parse(body.getBytes(StandardCharsets.UTF_8), LIMITS);
    }

    private static Problem refused(String body) {
        try {
            Invocation call = parse(body);
            throw new AssertionError("was accepted: " + call);
        } catch (ProblemException e) {
            return e.problem();
        }
    }
}
