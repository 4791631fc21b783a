package org.jangbu.model.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the database itself accepts is asked in {@code HostileWritesTest}. */
class StrictJsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                " { } ",
                "{\"a\":1}",
                "{\"a\":-0.5e+10,\"b\":[true,false,null,{}],\"c\":\"\\u00e9\\n\\\\ \ud83d\ude00\"}",
                "{\"a\":\"\\ud83d\\ude00\"}",
                "{\"a\":1e308}",
                "{\"a\":1e-0308}",
                "{\"\":[]}",
                "\t{\"a\"\n:\r1 ,\"a\":2}\n"
            })
    void accepts_objects(String json) {
        assertThat(StrictJson.object(ByteString.copyFromUtf8(json))).contains(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1",
                "\"a\"",
                "[]",
                "null",
                "{",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{,}",
                "{\"a\":1}}",
                "{\"a\":1} x",
                "{\"a\":1}\u0000",
                "{\"a\":[1,]}",
                "{\"a\":[1 2]}",
                "{\"a\":01}",
                "{\"a\":-}",
                "{\"a\":1.}",
                "{\"a\":.1}",
                "{\"a\":1e}",
                "{\"a\":1e309}",
                "{\"a\":1e99999999999999999999}",
                "{\"a\":+1}",
                "{\"a\":0x1}",
                "{\"a\":NaN}",
                "{\"a\":tru}",
                "{\"a\":nulll}",
                "{\"a\":\"\\u0000\"}",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":\"\\ud800\\u0041\"}",
                "{\"a\":\"\\udc00\"}",
                "{\"a\":\"\\u00g0\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"unfinished}",
                "{a:1}",
                "\ufeff{}"
            })
    void leaves_out_what_is_no_object_or_no_jsonb(String json) {
        assertThat(StrictJson.object(ByteString.copyFromUtf8(json))).isEmpty();
    }

    @Test
    void leaves_out_bytes_that_are_not_utf_8() {
        assertThat(StrictJson.object(ByteString.fromHex("7b2261223a22c080227d")))
                .isEmpty();
        assertThat(StrictJson.object(ByteString.fromHex("7b2261223a22eda080227d")))
                .isEmpty();
    }

    @Test
    void has_limits() {
        assertThat(nested(63)).isPresent();
        assertThat(nested(64)).isEmpty();
        assertThat(nested(100_000)).isEmpty();
        assertThat(sized(256 << 10)).isPresent();
        assertThat(sized((256 << 10) + 1)).isEmpty();
        assertThat(StrictJson.object(ByteString.copyFromUtf8("{\"a\":" + "1".repeat(1000) + "}")))
                .isPresent();
        assertThat(StrictJson.object(ByteString.copyFromUtf8("{\"a\":" + "1".repeat(1001) + "}")))
                .isEmpty();
    }

    private static java.util.Optional<String> nested(int arrays) {
        return StrictJson.object(ByteString.copyFromUtf8("{\"a\":" + "[".repeat(arrays) + "]".repeat(arrays) + "}"));
    }

    private static java.util.Optional<String> sized(int size) {
        return StrictJson.object(ByteString.copyFromUtf8("{\"a\":\"" + "x".repeat(size - 8) + "\"}"));
    }
}
