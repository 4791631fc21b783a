package org.jangbu.web.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jangbu.msp.client.Invocation;
import org.jangbu.web.problem.Problem;
import org.jangbu.web.problem.ProblemCode;
import org.jangbu.web.problem.ProblemException;
import org.jangbu.web.view.Content;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypedCallTest {
    private final ContractDescription assets = Metadata.described("java");

    @Test
    void arguments_by_name_become_those_of_the_contract_in_its_order() {
        Invocation call = invocation("create", """
                {"owner": "김철수", "asset": {"id": "a\\"1", "worth": 5, "tags": ["x", ""]}}""");
        assertThat(call.function().toStringUtf8()).isEqualTo("create");
        assertThat(call.args())
                .extracting(ByteString::toStringUtf8)
                .containsExactly("{\"id\":\"a\\\"1\",\"worth\":5,\"tags\":[\"x\",\"\"]}", "김철수");
        assertThat(call.init()).isFalse();
    }

    @Test
    void numbers_and_truths_are_spelt_as_contracts_read_them() {
        assertThat(invocation("weigh", "{\"times\": 1.50e2, \"factor\": 0.5, \"all\": true}")
                        .args())
                .extracting(ByteString::toStringUtf8)
                .containsExactly("150", "0.5", "true");
    }

    @Test
    void the_contract_says_what_submits() {
        assertThat(call("create").submits()).isTrue();
        assertThat(call("read").submits()).isFalse();
        assertThat(Metadata.taking("{}").submits()).as("nothing is said").isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "create | {}                                                              | asset",
                "create | {\"asset\":{\"id\":\"a\",\"worth\":1}}                          | owner",
                "create | {\"asset\":\"a\",\"owner\":\"b\"}                               | asset",
                "create | {\"asset\":{\"worth\":1},\"owner\":\"b\"}                       | asset.id",
                "create | {\"asset\":{\"id\":\"\",\"worth\":1},\"owner\":\"b\"}           | asset.id",
                "create | {\"asset\":{\"id\":\"a\",\"worth\":-1},\"owner\":\"b\"}         | asset.worth",
                "create | {\"asset\":{\"id\":\"a\",\"worth\":2147483648},\"owner\":\"b\"} | asset.worth",
                "create | {\"asset\":{\"id\":\"a\",\"worth\":1.5},\"owner\":\"b\"}        | asset.worth",
                "create | {\"asset\":{\"id\":\"a\",\"worth\":1,\"x\":1},\"owner\":\"b\"}  | asset.x",
                "create | {\"asset\":{\"id\":\"a\",\"worth\":1,\"tags\":[\"a\",1]},\"owner\":\"b\"} | asset.tags[1]",
                "create | {\"asset\":null,\"owner\":\"b\"}                                | asset",
                "create | {\"asset\":{\"id\":\"a\",\"worth\":1},\"owner\":5}              | owner",
                "create | {\"asset\":{\"id\":\"a\",\"worth\":1},\"owner\":\"b\",\"c\":1}  | c",
                "weigh  | {\"times\":1e999999999,\"factor\":1,\"all\":true}               | times",
                "weigh  | {\"times\":1,\"factor\":1e99999999999,\"all\":true}             | factor",
                "weigh  | {\"times\":1,\"factor\":1,\"all\":\"true\"}                     | all",
                "title  | {\"any\":1}                                                     | any",
                "title  | []                                                              | body",
            })
    void what_is_not_as_the_contract_says_is_refused_by_its_name(String function, String body, String member) {
        Problem problem = refused(() -> invocation(function, body));
        assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_BODY);
        assertThat(problem.members()).containsEntry("member", member);
    }

    @Test
    void what_is_no_json_is_refused() {
        assertThat(refused(() -> invocation("title", "{")).code()).isEqualTo(ProblemCode.MALFORMED_JSON);
        assertThat(refused(() -> invocation("title", "[".repeat(1000))).code()).isEqualTo(ProblemCode.MALFORMED_JSON);
        assertThat(invocation("title", "").args()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"enum\":[\"a\",1]}                             | 1.0          | true",
                "{\"enum\":[\"a\",1]}                             | \"b\"        | false",
                "{\"type\":[\"integer\",\"null\"]}                | null         | true",
                "{\"type\":\"integer\"}                           | null         | false",
                "{\"type\":\"number\",\"exclusiveMaximum\":5}     | 5            | false",
                "{\"type\":\"number\",\"exclusiveMaximum\":5}     | 4.99         | true",
                "{\"type\":\"integer\",\"multipleOf\":3}          | 9            | true",
                "{\"type\":\"integer\",\"multipleOf\":3}          | 10           | false",
                "{\"type\":\"integer\",\"format\":\"uint8\"}      | 256          | false",
                "{\"type\":\"integer\",\"format\":\"int64\"}      | 9223372036854775807 | true",
                "{\"type\":\"integer\",\"format\":\"int64\"}      | 9223372036854775808 | false",
                "{\"type\":\"string\",\"maxLength\":2}            | \"장부\"       | true",
                "{\"type\":\"string\",\"maxLength\":2}            | \"abc\"      | false",
                "{\"type\":\"array\",\"uniqueItems\":true}        | [1,1]        | false",
                "{\"type\":\"array\",\"maxItems\":1}              | [1,2]        | false",
                "{\"type\":\"object\",\"minProperties\":1}        | {}           | false",
                "{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"boolean\"}]} | true | true",
                "{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"boolean\"}]} | 1    | false",
                "{\"allOf\":[{\"minimum\":1},{\"maximum\":3}]}    | 4            | false",
                "{\"type\":\"object\",\"additionalProperties\":{\"type\":\"string\"}} | {\"x\":1} | false",
                "{\"$ref\":\"#/components/schemas/absent\"}       | [{}]         | true",
                "true                                             | {\"x\":null} | true",
            })
    void values_are_judged_as_json_schema_says(String schema, String value, boolean taken) {
        TypedCall call = Metadata.taking(schema);
        String body = "{\"value\":" + value + "}";
        if (taken) {
            assertThat(call.invocation(arguments(body)).args()).hasSize(1);
        } else {
            assertThat(refused(() -> call.invocation(arguments(body))).detail()).startsWith("value");
        }
    }

    @Test
    void schemas_in_circles_end() {
        TypedCall circle = Metadata.taking("{\"$ref\":\"A\"}", "{\"A\":{\"$ref\":\"B\"},\"B\":{\"$ref\":\"A\"}}");
        assertThat(refused(() -> circle.invocation(arguments("{\"value\":1}"))).detail())
                .contains("circles");
        TypedCall deep = Metadata.taking("{\"$ref\":\"A\"}", "{\"A\":{\"allOf\":[{\"$ref\":\"A\"},{\"$ref\":\"A\"}]}}");
        assertThat(refused(() -> deep.invocation(arguments("{\"value\":1}"))).detail())
                .contains("circles");
        TypedCall wide = Metadata.taking(
                "{\"$ref\":\"A\"}",
                "{\"A\":{\"anyOf\":[{\"$ref\":\"B\"},{\"$ref\":\"B\"},{\"$ref\":\"B\"}]},"
                        + "\"B\":{\"anyOf\":[{\"$ref\":\"A\"},{\"$ref\":\"A\"},{\"type\":\"string\"}]}}");
        assertThat(refused(() -> wide.invocation(arguments("{\"value\":1}"))).code())
                .isEqualTo(ProblemCode.INVALID_BODY);
        TypedCall list = Metadata.taking(
                "{\"$ref\":\"A\"}", "{\"A\":{\"type\":\"object\",\"properties\":{\"next\":{\"$ref\":\"A\"}}}}");
        assertThat(list.invocation(arguments("{\"value\":{\"next\":{\"next\":{}}}}"))
                        .args())
                .hasSize(1);
    }

    @Test
    void results_are_what_the_contract_types_or_shown_raw() {
        assertThat(answer("read", "{\"id\":\"a\",\"worth\":7.0}"))
                .isEqualTo("{\"transactionId\":\"t\",\"result\":{\"id\":\"a\",\"worth\":7.0}}");
        assertThat(answer("weigh", "12")).isEqualTo("{\"transactionId\":\"t\",\"result\":12}");
        assertThat(answer("title", "12")).isEqualTo("{\"transactionId\":\"t\",\"result\":\"12\"}");
        assertThat(answer("read", "{\"id\":\"a\"}"))
                .as("worth is missing")
                .isEqualTo("{\"transactionId\":\"t\",\"rawResult\":\"{\\\"id\\\":\\\"a\\\"}\"}");
        assertThat(answer("weigh", "{\"x\":1e999999999}")).contains("rawResult");
        assertThat(answer("create", "")).isEqualTo("{\"transactionId\":\"t\"}");
        assertThat(new String(
                        call("title").answer(Map.of("transactionId", "t"), new Content(ByteString.copyFrom(new byte[] {
                            0, (byte) 0xff
                        }))),
                        StandardCharsets.UTF_8))
                .isEqualTo("{\"transactionId\":\"t\",\"rawResult\":{\"base64\":\"AP8=\"}}");
    }

    private String answer(String function, String result) {
        return new String(
                call(function).answer(Map.of("transactionId", "t"), new Content(ByteString.copyFromUtf8(result))),
                StandardCharsets.UTF_8);
    }

    private TypedCall call(String function) {
        return Metadata.call(assets, function);
    }

    private Invocation invocation(String function, String body) {
        return call(function).invocation(arguments(body));
    }

    private static org.jangbu.model.json.JsonValue.JsonObject arguments(String body) {
        return TypedCall.arguments(body.getBytes(StandardCharsets.UTF_8));
    }

    private static Problem refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(ProblemException.class, call).problem();
    }
}
