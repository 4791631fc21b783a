package org.jangbu.web.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.ChannelId;
import org.jangbu.model.json.JsonForm;
import org.jangbu.model.json.JsonWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenApiDocumentTest {
    private static final String FUNCTIONS = "/api/v1/channels/channel1/chaincodes/asset/functions/";
    private static final long SEED = 20261130;

    @ParameterizedTest
    @ValueSource(strings = {"java", "node", "go"})
    void metadata_of_each_of_fabrics_contract_apis_makes_a_valid_document(String language) {
        valid(document(Metadata.described(language)));
    }

    @Test
    void functions_have_addresses_parameters_by_name_and_typed_results() {
        OpenAPI api = valid(document(Metadata.described("java")));
        assertThat(api.getInfo().getTitle()).isEqualTo("Assets");
        assertThat(api.getPaths().keySet())
                .containsExactly(FUNCTIONS + "create", FUNCTIONS + "read", FUNCTIONS + "weigh", FUNCTIONS + "title");
        Schema<?> body = body(operation(api, "create"));
        assertThat(body.getRequired()).containsExactly("asset", "owner");
        assertThat(body.getAdditionalProperties()).isEqualTo(false);
        assertThat(of(body.getProperties(), "asset").get$ref()).isEqualTo("#/components/schemas/Asset");
        assertThat(operation(api, "create").getResponses()).containsKeys("200", "202", "default");
        assertThat(operation(api, "read").getResponses()).doesNotContainKey("202");
        Schema<?> answer = json(of(operation(api, "read").getResponses(), "200").getContent());
        assertThat(of(answer.getProperties(), "result").get$ref()).isEqualTo("#/components/schemas/Asset");
        assertThat(operation(api, "title").getRequestBody()).isNull();
        assertThat(schema(api, "Asset").getProperties()).containsOnlyKeys("id", "worth", "tags");
    }

    @Test
    void functions_of_further_contracts_are_named_with_their_contract() {
        OpenAPI api = valid(document(Metadata.described("node")));
        assertThat(api.getPaths().keySet())
                .containsExactly(
                        FUNCTIONS + "Write", FUNCTIONS + "ReadAll", FUNCTIONS + "Look", FUNCTIONS + "Audit:Look");
        assertThat(Metadata.described("node").function("Ledger:Write")).isPresent();
    }

    @Test
    void references_of_go_without_a_path_are_found() {
        OpenAPI api = valid(document(Metadata.described("go")));
        assertThat(of(schema(api, "Asset").getProperties(), "Place").get$ref()).isEqualTo("#/components/schemas/Place");
    }

    @Test
    void names_that_are_made_to_break_the_document_do_not() {
        String nasty = "a/b~{c}\\\"<script>\\u0000?#";
        ContractDescription described = Metadata.read("""
                {"info":{"title":"%1$s","version":"%1$s"},
                 "components":{"schemas":{"%1$s":{"type":"object","properties":{"%1$s":{"$ref":"#/components/schemas/jangbu.Problem"}}},
                    "a_b__c_____script_____":{"type":"string"},"jangbu.Problem":{"type":"integer"}}},
                 "contracts":{"%1$s":{"transactions":[{"name":"lost"}]},
                   "c":{"transactions":[{"name":"%1$s"},{"name":"장부.f$","parameters":[{"name":"%1$s","schema":{"type":"string"}},{"name":"%1$s"},{"name":7},3]},
                      {"name":"장부.f$"},{"name":["x"]},null]}}}""".formatted(nasty));
        String document = document(described);
        OpenAPI api = valid(document);
        assertThat(api.getPaths().keySet()).containsExactly(FUNCTIONS + "%EC%9E%A5%EB%B6%80.f%24");
        assertThat(api.getInfo().getDescription()).contains("4 more");
        assertThat(schema(api, "jangbu.Problem").getProperties())
                .as("ours stays ours")
                .containsKey("code");
        assertThat(schema(api, "jangbu.Problem_2").getType()).isEqualTo("integer");
        assertThat(described.functions().get(0).parameters()).hasSize(4).doesNotHaveDuplicates();
    }

    @Test
    void keywords_that_mean_something_else_are_left_out() {
        ContractDescription described = Metadata.read("""
                {"components":{"schemas":{"S":{"$id":"x","type":["string","null"],"not":{"type":"string"},"oneOf":[{"type":"string"},{"$ref":"nowhere"}],
                   "if":{},"patternProperties":{},"exclusiveMinimum":3,"minLength":-1,"maxLength":"x","required":["a","a",5],"enum":[],"const":1,
                   "items":[{"type":"string"}],"$defs":{},"format":7,"default":{"x":null},"additionalProperties":5,"multipleOf":0,"minimum":1e999999999}}},
                 "contracts":{}}""");
        assertThat(JsonWriter.text(of(described.schemas(), "S"), JsonForm.LINE)).isEqualTo("""
                {"type":"string","nullable":true,"anyOf":[{"type":"string"},{}],"required":["a"],"enum":[1],"items":{},\
                "additionalProperties":{},"minimum":3,"exclusiveMinimum":true}""");
        valid(document(described));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"contracts\":[]}",
                "{\"contracts\":{}}x",
                "{\"contracts\":{},\"contracts\":{}}",
                "{\"contracts\":{\"a\":\"\\ud800\"}}"
            })
    void what_is_no_metadata_is_refused(String said) {
        assertThatExceptionOfType(UnusableMetadataException.class)
                .isThrownBy(() -> MetadataReader.read(said.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void metadata_has_bounds_of_size_depth_and_number() {
        List<String> beyond = List.of(
                "{\"contracts\":{}," + "\"x\":\"" + "x".repeat(MetadataReader.LARGEST) + "\"}",
                "{\"contracts\":" + "{\"a\":".repeat(100) + "{}" + "}".repeat(100) + "}",
                "{\"contracts\":{},\"x\":[" + "0,".repeat(30_000) + "0]}");
        for (String said : beyond) {
            assertThatExceptionOfType(UnusableMetadataException.class)
                    .isThrownBy(() -> MetadataReader.read(said.getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** Whatever a contract says: there is a valid document, or none. */
    @Test
    void no_metadata_breaks_the_document() {
        Random random = new Random(SEED);
        int valid = 0;
        for (int i = 0; i < 400; i++) {
            String said = spoilt(Metadata.json(List.of("java", "node", "go").get(i % 3)), random);
            try {
                valid(document(MetadataReader.read(said.getBytes(StandardCharsets.UTF_8))));
                valid++;
            } catch (UnusableMetadataException e) {
                assertThat(e).hasMessageStartingWith("it ");
            } catch (AssertionError e) {
                throw new AssertionError("seed " + SEED + ", case " + i + ": " + said, e);
            }
        }
        assertThat(valid).as("still worth reading").isGreaterThan(100);
    }

    /** A few values in other places' stead. */
    private static String spoilt(String json, Random random) {
        List<String> values = List.of(
                "null",
                "[]",
                "{}",
                "\"\"",
                "\"#/components/schemas/Asset\"",
                "-1",
                "1e400",
                "true",
                "[null]",
                "{\"$ref\":\"Asset\"}",
                "[\"string\",\"null\"]",
                "\"array\"",
                "\"null\"");
        String spoilt = json;
        for (int i = 0; i <= random.nextInt(3); i++) {
            List<Integer> colons = new ArrayList<>();
            for (int at = spoilt.indexOf("\": "); at >= 0; at = spoilt.indexOf("\": ", at + 1)) {
                colons.add(at + 3);
            }
            int at = colons.get(random.nextInt(colons.size()));
            spoilt = spoilt.substring(0, at)
                    + values.get(random.nextInt(values.size()))
                    + spoilt.substring(end(spoilt, at));
        }
        return spoilt;
    }

    /** Where the value that begins here ends. */
    private static int end(String json, int start) {
        int depth = 0;
        boolean text = false;
        for (int at = start; at < json.length(); at++) {
            char c = json.charAt(at);
            if (text) {
                text = c != '"';
            } else if (c == '"') {
                text = true;
            } else if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']' || c == ',') {
                if (depth == 0) {
                    return at;
                }
                depth -= c == ',' ? 0 : 1;
            }
        }
        return json.length();
    }

    private static String document(ContractDescription described) {
        return JsonWriter.text(
                OpenApiDocument.of(new ChannelId("channel1"), new ChaincodeName("asset"), described), JsonForm.LINE);
    }

    private static OpenAPI valid(String document) {
        ParseOptions options = new ParseOptions();
        options.setResolve(false);
        SwaggerParseResult result = new OpenAPIV3Parser().readContents(document, null, options);
        assertThat(result.getMessages()).as(document).isEmpty();
        assertThat(result.getOpenAPI()).isNotNull();
        return result.getOpenAPI();
    }

    private static Operation operation(OpenAPI api, String function) {
        return of(api.getPaths(), FUNCTIONS + function).getPost();
    }

    private static Schema<?> schema(OpenAPI api, String name) {
        return of(api.getComponents().getSchemas(), name);
    }

    private static Schema<?> body(Operation operation) {
        return json(operation.getRequestBody().getContent());
    }

    private static Schema<?> json(Content content) {
        return of(content, "application/json").getSchema();
    }

    private static <V> V of(Map<String, V> map, String key) {
        return Objects.requireNonNull(map.get(key), key);
    }
}
