package org.jangbu.samples.remittance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.jangbu.chaincode.java.ChaincodeDeployException;
import org.jangbu.chaincode.spi.ChaincodeExecutionException;
import org.jangbu.chaincode.spi.ChaincodeResult;
import org.jangbu.chaincode.testkit.ContractKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemittanceContractTest {
    private static final String MAX = Long.toString(Long.MAX_VALUE);

    private static ContractKit kit;

    @BeforeAll
    static void deploy() throws ChaincodeDeployException {
        kit = ContractKit.deploy(Path.of("target", "classes"));
    }

    @AfterAll
    static void undeploy() {
        kit.close();
    }

    @BeforeEach
    void clear() {
        kit.clear();
    }

    @Test
    void moves_an_amount_from_one_account_to_the_other() throws ChaincodeExecutionException {
        accepted(kit.submit("open", "A", "10000"));
        accepted(kit.submit("open", "B", "0"));

        ChaincodeResult transfer = accepted(kit.submit("transfer", "A", "B", "1000"));

        assertThat(balance("A")).isEqualTo("9000");
        assertThat(balance("B")).isEqualTo("1000");
        assertThat(transfer.event()).isNotNull().satisfies(event -> {
            assertThat(event.name()).isEqualTo("transfer");
            assertThat(event.payload()).asString().isEqualTo("{\"from\":\"A\",\"to\":\"B\",\"amount\":1000}");
        });
    }

    @Test
    void changes_nothing_when_it_only_evaluates() throws ChaincodeExecutionException {
        accepted(kit.submit("open", "A", "10000"));
        accepted(kit.submit("open", "B", "0"));

        accepted(kit.evaluate("transfer", "A", "B", "1000"));

        assertThat(balance("A")).isEqualTo("10000");
    }

    @Test
    void refuses_a_transfer_above_the_balance() throws ChaincodeExecutionException {
        accepted(kit.submit("open", "A", "10"));
        accepted(kit.submit("open", "B", "0"));

        refused(kit.submit("transfer", "A", "B", "11"), "INSUFFICIENT_BALANCE");
        assertThat(balance("A")).isEqualTo("10");
    }

    @Test
    void refuses_a_transfer_that_overflows_the_receiver() throws ChaincodeExecutionException {
        accepted(kit.submit("open", "A", "1"));
        accepted(kit.submit("open", "B", MAX));

        refused(kit.submit("transfer", "A", "B", "1"), "BALANCE_OVERFLOW");
    }

    @Test
    void refuses_accounts_that_are_unknown_the_same_or_there_already() throws ChaincodeExecutionException {
        accepted(kit.submit("open", "A", "1"));

        refused(kit.submit("transfer", "A", "B", "1"), "UNKNOWN_ACCOUNT");
        refused(kit.submit("transfer", "B", "A", "1"), "UNKNOWN_ACCOUNT");
        refused(kit.submit("transfer", "A", "A", "1"), "SAME_ACCOUNT");
        refused(kit.submit("open", "A", "5"), "DUPLICATE_ACCOUNT");
        refused(kit.evaluate("balance", "B"), "UNKNOWN_ACCOUNT");
        assertThat(balance("A")).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-1", "+1", "1.5", "1e3", "", " 1", "01", "9223372036854775808", "99999999999999999999", "١"})
    void refuses_what_is_no_whole_amount(String amount) throws ChaincodeExecutionException {
        refused(kit.submit("open", "A", amount), "INVALID_AMOUNT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\"b", "a\u0000b", "\u0000", "-a", "a b", "😀"})
    void refuses_what_is_no_name(String name) throws ChaincodeExecutionException {
        refused(kit.submit("open", name, "1"), "INVALID_ACCOUNT");
    }

    @Test
    void knows_the_largest_balance_and_names_in_korean() throws ChaincodeExecutionException {
        accepted(kit.submit("open", "홍길동", MAX));

        assertThat(balance("홍길동")).isEqualTo(MAX);
    }

    @Test
    void sums_the_balances_of_a_range() throws ChaincodeExecutionException {
        accepted(kit.submit("open", "A", "1"));
        accepted(kit.submit("open", "B", "20"));
        accepted(kit.submit("open", "C", "300"));

        assertThat(ContractKit.text(accepted(kit.evaluate("total", "A", "C")))).isEqualTo("21");
        assertThat(ContractKit.text(accepted(kit.evaluate("total", "", "")))).isEqualTo("321");
        assertThat(ContractKit.text(accepted(kit.evaluate("total", "X", "")))).isEqualTo("0");
    }

    @Test
    void lists_former_balances_with_transaction_and_time() throws ChaincodeExecutionException {
        accepted(kit.submit("open", "A", "10"));
        accepted(kit.submit("open", "B", "0"));
        accepted(kit.submit("transfer", "A", "B", "3"));

        assertThat(ContractKit.text(accepted(kit.evaluate("history", "A"))))
                .isEqualTo("[" + entry(3, "2026-01-01T00:00:03Z", "7") + "," + entry(1, "2026-01-01T00:00:01Z", "10")
                        + "]");
        assertThat(ContractKit.text(accepted(kit.evaluate("history", "C")))).isEqualTo("[]");
    }

    @Test
    void tells_its_functions_to_whoever_asks() throws ChaincodeExecutionException {
        assertThat(ContractKit.text(accepted(kit.evaluate("org.hyperledger.fabric:GetMetadata"))))
                .contains("\"remittance\"", "\"transfer\"", "\"history\"");
    }

    @Test
    void refuses_an_unknown_function() throws ChaincodeExecutionException {
        ChaincodeResult result = kit.submit("launder", "A");

        assertThat(result.status()).isEqualTo(500);
        assertThat(result.message()).isEqualTo("Undefined contract method called");
    }

    private static String balance(String account) throws ChaincodeExecutionException {
        return ContractKit.text(accepted(kit.evaluate("balance", account)));
    }

    private static String entry(int transaction, String time, String balance) {
        return String.format("{\"txId\":\"%064x\",\"timestamp\":\"%s\",\"balance\":%s}", transaction, time, balance);
    }

    private static ChaincodeResult accepted(ChaincodeResult result) {
        assertThat(result.status()).as(result.message()).isEqualTo(200);
        return result;
    }

    private static void refused(ChaincodeResult result, String code) {
        assertThat(result.status()).isEqualTo(500);
        assertThat(ContractKit.text(result)).isEqualTo(code);
    }
}
