package org.jangbu.chaincode.java;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.jangbu.chaincode.spi.ChaincodeExecutionException;
import org.jangbu.chaincode.spi.ChaincodeResult;
import org.jangbu.chaincode.testkit.ContractKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContractSemanticsTest {
    @TempDir
    static Path folder;

    private static ContractKit kit;

    @BeforeAll
    static void deploy() throws Exception {
        kit = ContractKit.deploy(TestJar.of(folder.resolve("semantics.jar"), "SemanticsContract", "Asset"));
    }

    @AfterAll
    static void undeploy() {
        kit.close();
    }

    @Test
    void passes_a_refusal_with_message_and_payload() throws ChaincodeExecutionException {
        ChaincodeResult result = kit.submit("refuse");

        assertThat(result.status()).isEqualTo(500);
        assertThat(result.message()).isEqualTo("refused");
        assertThat(ContractKit.text(result)).isEqualTo("CODE");
    }

    @ParameterizedTest
    @CsvSource({
        "fail, Error during contract method execution",
        "failAfterwards, Unexpected error",
        "echo, Unexpected error",
        "unheardOf, Undefined contract method called",
        "nobody:echo, Undefined contract called"
    })
    void answers_other_failures_in_fabrics_words_alone(String function, String message)
            throws ChaincodeExecutionException {
        ChaincodeResult result = kit.submit(function);

        assertThat(result.status()).isEqualTo(500);
        assertThat(result.message()).isEqualTo(message);
        assertThat(result.payload()).isEmpty();
    }

    @Test
    void shows_the_peers_refusal_to_the_caller() throws ChaincodeExecutionException {
        ChaincodeResult result = kit.submit("readHalfACharacter");

        assertThat(result.status()).isEqualTo(500);
        assertThat(result.message()).isEqualTo("The key is no Unicode text");
    }

    @Test
    void answers_rich_queries_without_a_server() throws ChaincodeExecutionException {
        for (int i = 1; i <= 3; i++) {
            kit.submit("put", "tree" + i, "{\"tree\":" + i + "}");
        }
        assertThat(ContractKit.text(
                        kit.evaluate("query", "{\"selector\":{\"tree\":{\"$gt\":1}},\"sort\":[{\"tree\":\"desc\"}]}")))
                .isEqualTo("tree3={\"tree\":3} tree2={\"tree\":2} ");
        String all = "{\"selector\":{\"tree\":{\"$exists\":true}}}";
        String first = ContractKit.text(kit.evaluate("queryPage", all, ""));
        assertThat(first).startsWith("tree1={\"tree\":1} tree2={\"tree\":2} 2 ");
        String bookmark = first.substring(first.lastIndexOf(' ') + 1);
        assertThat(ContractKit.text(kit.evaluate("queryPage", all, bookmark))).startsWith("tree3={\"tree\":3} 1 ");
        assertThat(kit.evaluate("query", "{\"selector\":{\"$where\":1}}").message())
                .contains("$where");
        kit.clear();
    }

    @Test
    void keeps_the_last_event_even_without_payload() throws ChaincodeExecutionException {
        assertThat(kit.submit("event", "last").event()).isNotNull().satisfies(event -> {
            assertThat(event.name()).isEqualTo("last");
            assertThat(event.payload()).isEmpty();
        });
        assertThat(kit.submit("event", " ").message()).isEqualTo("Error during contract method execution");
    }

    @Test
    void makes_a_new_contract_object_for_each_call() throws ChaincodeExecutionException {
        assertThat(ContractKit.text(kit.submit("calls"))).isEqualTo("1");
        assertThat(ContractKit.text(kit.submit("calls"))).isEqualTo("1");
    }

    @Test
    void never_reads_its_own_writes_and_reads_a_missing_key_as_no_bytes() throws ChaincodeExecutionException {
        assertThat(ContractKit.text(kit.submit("ownWrites"))).isEqualTo("/0");
        assertThat(ContractKit.text(kit.submit("ownWrites"))).isEqualTo("new/0");
    }

    @Test
    void pages_in_byte_order_with_bookmarks() throws Exception {
        try (ContractKit own =
                ContractKit.deploy(TestJar.of(folder.resolve("paging.jar"), "SemanticsContract", "Asset"))) {
            for (String key : new String[] {"\ue000", "b", "😀", "a"}) {
                own.submit("put", key, "x");
            }
            assertThat(ContractKit.text(own.evaluate("page", ""))).isEqualTo("[a, b] 2 \ue000");
            assertThat(ContractKit.text(own.evaluate("page", "\ue000"))).isEqualTo("[\ue000, 😀] 2 ");
        }
    }

    @Test
    void finds_composite_keys_by_their_beginning() throws ChaincodeExecutionException {
        assertThat(ContractKit.text(kit.submit("composite"))).isEqualTo("[]");
        assertThat(ContractKit.text(kit.submit("composite"))).isEqualTo("[[b, 1]=x]");
    }

    @Test
    void keeps_a_keys_validation_parameter_apart_from_its_value() throws ChaincodeExecutionException {
        kit.submit("put", "key", "value");
        assertThat(ContractKit.text(kit.submit("validationParameter"))).isEqualTo("none");
        assertThat(ContractKit.text(kit.submit("validationParameter"))).isEqualTo("policy");
    }

    @Test
    void tells_who_calls_when_and_where() throws ChaincodeExecutionException {
        assertThat(ContractKit.text(kit.evaluate("who")))
                .matches("Org1MSP Org1MSP 2026-01-01T00:0\\d:\\d\\dZ test-channel");
    }

    @Test
    void converts_data_types_and_refuses_what_breaks_their_schema() throws ChaincodeExecutionException {
        assertThat(ContractKit.text(kit.evaluate("paint", "{\"id\":\"1\",\"colour\":\"red\"}", "blue")))
                .contains("\"id\":\"1\"", "\"colour\":\"blue\"");
        assertThat(kit.evaluate("paint", "{\"id\":1,\"size\":2}", "blue").status())
                .isEqualTo(500);
        assertThat(kit.evaluate("paint", "[", "blue").status()).isEqualTo(500);
    }

    @Test
    void keeps_contracts_apart_whose_types_have_the_same_name() throws Exception {
        try (ContractKit other =
                ContractKit.deploy(TestJar.of(folder.resolve("other.jar"), "other/OtherContract", "other/Asset"))) {
            assertThat(ContractKit.text(other.evaluate("weigh", "{\"weight\":1}", "7")))
                    .isEqualTo("{\"weight\":7}");
            assertThat(ContractKit.text(kit.evaluate("paint", "{\"id\":\"1\",\"colour\":\"red\"}", "blue")))
                    .contains("blue");
        }
    }

    @Test
    void runs_a_plain_chaincode() throws Exception {
        try (ContractKit plain = ContractKit.deploy(TestJar.of(folder.resolve("plain.jar"), "PlainChaincode"))) {
            assertThat(plain.submit("read", "key").message()).isEqualTo("ok");
            ChaincodeResult refusal = plain.submit("refuse");
            assertThat(refusal.status()).isEqualTo(404);
            assertThat(refusal.payload()).containsExactly(4);
            assertThatThrownBy(() -> plain.submit("fail"))
                    .isInstanceOf(ChaincodeExecutionException.class)
                    .hasMessageContaining("it threw java.lang.IllegalStateException: failed")
                    .hasNoCause();
        }
    }

    @Test
    void refuses_a_package_without_a_contract_and_bytes_that_are_no_class() throws Exception {
        Path empty = TestJar.of(folder.resolve("empty.jar"), "Asset");
        assertThatThrownBy(() -> ContractKit.deploy(empty))
                .isInstanceOf(ChaincodeDeployException.class)
                .hasMessageContaining("@Contract");
        Path noJar = java.nio.file.Files.write(folder.resolve("no.jar"), "no jar".getBytes(UTF_8));
        assertThatThrownBy(() -> ContractKit.deploy(noJar)).isInstanceOf(ChaincodeDeployException.class);
        Path incomplete = TestJar.of(folder.resolve("incomplete.jar"), "SemanticsContract");
        assertThatThrownBy(() -> ContractKit.deploy(incomplete))
                .isInstanceOf(ChaincodeDeployException.class)
                .hasMessageContaining("Asset");
    }
}
