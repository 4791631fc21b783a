package org.jangbu.tests.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hyperledger.fabric.protos.peer.TxValidationCode.BAD_CREATOR_SIGNATURE;
import static org.hyperledger.fabric.protos.peer.TxValidationCode.DUPLICATE_TXID;
import static org.hyperledger.fabric.protos.peer.TxValidationCode.ENDORSEMENT_POLICY_FAILURE;
import static org.hyperledger.fabric.protos.peer.TxValidationCode.INVALID_ENDORSER_TRANSACTION;
import static org.hyperledger.fabric.protos.peer.TxValidationCode.MVCC_READ_CONFLICT;
import static org.hyperledger.fabric.protos.peer.TxValidationCode.PHANTOM_READ_CONFLICT;
import static org.hyperledger.fabric.protos.peer.TxValidationCode.TARGET_CHAIN_NOT_FOUND;
import static org.hyperledger.fabric.protos.peer.TxValidationCode.VALID;

import jakarta.json.Json;
import java.time.Duration;
import java.util.List;
import org.hyperledger.fabric.protos.common.Envelope;
import org.jangbu.model.TransactionsFilter;
import org.jangbu.tests.network.Forgery;
import org.jangbu.tests.network.Fresh;
import org.jangbu.tests.network.Ledgers;
import org.jangbu.tests.network.NetworkTest;
import org.jangbu.tests.network.OwnKeys;
import org.jangbu.tests.network.Rest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerIT extends NetworkTest {
    private OwnKeys client;
    private Forgery forgery;

    @BeforeEach
    void client() throws Exception {
        client = OwnKeys.ofUser();
        forgery = new Forgery(client.signer());
    }

    @AfterEach
    void all_chains_are_sound_and_both_peers_agree() throws Exception {
        Ledgers.assertSoundAndEqual();
    }

    @Test
    void money_moves_between_accounts_and_the_history_tells_it() throws Exception {
        String payer = Fresh.name("A");
        String payee = Fresh.name("B");
        network.open(payer, 10_000);
        network.open(payee, 0);
        Rest.Answer transfer = network.user().submit("remittance", "transfer", payer, payee, "1000");
        assertThat(transfer.outcome()).isEqualTo("200 VALID");
        assertThat(network.balance(payer)).isEqualTo("9000");
        assertThat(network.balance(payee)).isEqualTo("1000");
        String history =
                network.user().evaluate("remittance", "history", payer).json().getString("result");
        assertThat(history)
                .contains(transfer.json().getString("transactionId"))
                .contains("\"balance\":9000")
                .contains("\"balance\":10000");
    }

    @Test
    void a_client_with_its_own_keys_needs_nothing_but_two_doors() throws Exception {
        String key = Fresh.name("own");
        Rest.Answer answer = client.send(client.transaction("keyvalue", "put", key, "mine"));
        assertThat(answer.outcome()).as(answer.body()).isEqualTo("200 VALID");
        assertThat(network.value(key)).isEqualTo("mine");
    }

    @Test
    void rich_queries_find_values_in_order_and_page_by_page() throws Exception {
        String mark = Fresh.name("mark");
        for (String size : List.of("2", "3", "1")) {
            assertThat(network.user()
                            .submit("keyvalue", "put", mark + size, "{\"mark\":\"" + mark + "\",\"size\":" + size + "}")
                            .outcome())
                    .isEqualTo("200 VALID");
        }
        String query = "{\"selector\":{\"mark\":\"" + mark + "\"},\"sort\":[{\"size\":\"desc\"}]}";
        assertThat(answer("find", query)).isEqualTo(mark + "3," + mark + "2," + mark + "1");
        String[] first = answer("findPage", query, "2", "").split("\n", -1);
        assertThat(first[0]).isEqualTo(mark + "3," + mark + "2");
        assertThat(answer("findPage", query, "2", first[1])).startsWith(mark + "1\n");
        String escape = "{\"selector\":{\"mark') OR ('1'='1\":\"x'; DROP TABLE ledger.state; --\"}}";
        assertThat(answer("find", escape)).isEmpty();
        Rest.Answer refused = network.user().evaluate("keyvalue", "find", "{\"selector\":{\"mark\":{\"$where\":1}}}");
        assertThat(refused.body()).contains("there is no operator '$where'");
    }

    private String answer(String function, String... arguments) throws Exception {
        Rest.Answer answer = network.user().evaluate("keyvalue", function, arguments);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().getString("result", "");
    }

    @Test
    void of_two_spends_of_the_same_balance_in_one_block_the_first_is_valid() throws Exception {
        String payer = Fresh.name("payer");
        String one = Fresh.name("payee");
        String other = Fresh.name("payee");
        network.open(payer, 100);
        network.open(one, 0);
        network.open(other, 0);
        Envelope first = client.transaction("remittance", "transfer", payer, one, "80");
        Envelope second = client.transaction("remittance", "transfer", payer, other, "80");
        assertThat(network.order(first, second)).containsExactly(VALID, MVCC_READ_CONFLICT);
        assertThat(network.balance(payer)).isEqualTo("20");
        assertThat(network.balance(one)).isEqualTo("80");
        assertThat(network.balance(other)).isEqualTo("0");
    }

    @Test
    void a_spend_that_another_block_overtook_is_refused_and_says_so() throws Exception {
        String payer = Fresh.name("payer");
        String payee = Fresh.name("payee");
        network.open(payer, 100);
        network.open(payee, 0);
        Envelope overtaken = client.transaction("remittance", "transfer", payer, payee, "80");
        assertThat(network.user()
                        .submit("remittance", "transfer", payer, payee, "50")
                        .outcome())
                .isEqualTo("200 VALID");
        Rest.Answer answer = client.send(overtaken);
        assertThat(answer.outcome()).isEqualTo("409 transaction-invalid");
        assertThat(answer.json().getString("validationCode")).isEqualTo("MVCC_READ_CONFLICT");
        assertThat(network.balance(payee)).isEqualTo("50");
    }

    @Test
    void a_key_that_appears_in_a_range_after_it_was_read_makes_a_phantom() throws Exception {
        String prefix = Fresh.name("range") + "-";
        Envelope put = client.transaction("keyvalue", "put", prefix + "b", "1");
        Envelope count = client.transaction("keyvalue", "count", prefix + "a", prefix + "z", prefix + "total");
        assertThat(network.order(put, count)).containsExactly(VALID, PHANTOM_READ_CONFLICT);
        Envelope again = client.transaction("keyvalue", "count", prefix + "a", prefix + "c", prefix + "total");
        assertThat(network.user().submit("keyvalue", "delete", prefix + "b").outcome())
                .isEqualTo("200 VALID");
        assertThat(network.order(again)).containsExactly(PHANTOM_READ_CONFLICT);
        assertThat(network.value(prefix + "total")).isEmpty();
    }

    @Test
    void the_same_transaction_twice_in_a_block_counts_once() throws Exception {
        Envelope put = client.transaction("keyvalue", "put", Fresh.name("twice"), "1");
        assertThat(network.order(put, put)).containsExactly(VALID, DUPLICATE_TXID);
    }

    @Test
    void the_same_transaction_in_two_blocks_counts_once() throws Exception {
        Envelope put = client.transaction("keyvalue", "put", Fresh.name("again"), "1");
        assertThat(client.send(put).outcome()).isEqualTo("200 VALID");
        long height = network.height();
        client.sendWithoutWaiting(put);
        await().atMost(Duration.ofSeconds(30)).until(() -> network.height() > height);
        assertThat(TransactionsFilter.of(network.block(height)).codes()).containsExactly(DUPLICATE_TXID);
        assertThat(network.user()
                        .get(Rest.channel() + "/transactions/" + Forgery.txId(put) + "/status")
                        .outcome())
                .as("the first one stands")
                .isEqualTo("200 VALID");
    }

    @Test
    void an_id_that_an_invalid_transaction_of_an_earlier_block_used_is_used() throws Exception {
        String key = Fresh.name("used");
        Envelope put = client.transaction("keyvalue", "put", key, "1");
        assertThat(network.order(forgery.withoutEndorsement(put, 0))).containsExactly(ENDORSEMENT_POLICY_FAILURE);
        assertThat(network.order(put)).containsExactly(DUPLICATE_TXID);
        assertThat(network.value(key)).isEmpty();
    }

    @Test
    void a_missing_endorsement_fails_the_policy() throws Exception {
        String key = Fresh.name("missing");
        Envelope first = client.transaction("keyvalue", "put", key, "1");
        Envelope second = client.transaction("keyvalue", "put", key, "2");
        Envelope third = client.transaction("keyvalue", "put", key, "3");
        Rest.Answer answer = client.send(forgery.withoutEndorsement(first, 0));
        assertThat(answer.outcome()).isEqualTo("409 transaction-invalid");
        assertThat(answer.json().getString("validationCode")).isEqualTo("ENDORSEMENT_POLICY_FAILURE");
        assertThat(network.order(forgery.withoutEndorsement(second, 1), forgery.sameEndorserTwice(third)))
                .containsExactly(ENDORSEMENT_POLICY_FAILURE, ENDORSEMENT_POLICY_FAILURE);
        assertThat(network.value(key)).isEmpty();
    }

    @Test
    void a_forged_endorsement_fails_the_policy() throws Exception {
        String key = Fresh.name("forged");
        Envelope put = client.transaction("keyvalue", "put", key, "1");
        Rest.Answer answer = client.send(forgery.wrongEndorserSignature(put));
        assertThat(answer.outcome()).isEqualTo("409 transaction-invalid");
        assertThat(answer.json().getString("validationCode")).isEqualTo("ENDORSEMENT_POLICY_FAILURE");
        assertThat(network.value(key)).isEmpty();
    }

    @Test
    void a_write_that_was_changed_after_endorsement_does_not_take_effect() throws Exception {
        String key = Fresh.name("tampered");
        Envelope put = client.transaction("keyvalue", "put", key, "1");
        Rest.Answer answer = client.send(forgery.tampered(put, "keyvalue", "1000000"));
        assertThat(answer.outcome()).isEqualTo("409 transaction-invalid");
        assertThat(answer.json().getString("validationCode")).isEqualTo("ENDORSEMENT_POLICY_FAILURE");
        assertThat(network.value(key)).isEmpty();
    }

    @Test
    void a_forged_creator_is_refused_at_the_door_and_behind_it() throws Exception {
        String key = Fresh.name("creator");
        Envelope put = client.transaction("keyvalue", "put", key, "1");
        Envelope forged = forgery.wrongCreatorSignature(put);
        long height = network.height();
        assertThat(client.send(forged).outcome()).isEqualTo("403 access-denied");
        assertThat(network.height()).isEqualTo(height);
        assertThat(network.order(forged, put)).containsExactly(BAD_CREATOR_SIGNATURE, VALID);
        assertThat(network.value(key)).isEqualTo("1");
    }

    @Test
    void an_envelope_for_another_channel_is_refused_at_the_door_and_behind_it() throws Exception {
        String key = Fresh.name("channel");
        Envelope elsewhere = forgery.forChannel(client.transaction("keyvalue", "put", key, "1"), "channel2");
        long height = network.height();
        assertThat(client.send(elsewhere).outcome()).isEqualTo("400 channel-mismatch");
        assertThat(network.height()).isEqualTo(height);
        assertThat(network.order(elsewhere)).containsExactly(TARGET_CHAIN_NOT_FOUND);
        Envelope headerAlone =
                forgery.withHeaderForChannel(client.transaction("keyvalue", "put", key, "2"), "channel2");
        assertThat(network.order(headerAlone)).containsExactly(INVALID_ENDORSER_TRANSACTION);
        assertThat(network.value(key)).isEmpty();
    }

    @Test
    void two_different_answers_are_shown_and_may_be_sent_but_do_not_take_effect() throws Exception {
        String key = Fresh.name("differ");
        Rest.Answer submit = network.user().submit("probe", "differ", key);
        assertThat(submit.outcome()).isEqualTo("409 endorsement-mismatch");
        Rest.Answer compared = network.user().post(Rest.chaincode("probe") + "/endorse", Rest.call("differ", key));
        assertThat(compared.status()).as(compared.body()).isEqualTo(200);
        assertThat(compared.json().getBoolean("agree")).isFalse();
        assertThat(compared.json().getJsonArray("transactions")).hasSize(2);
        Rest.Answer forced = network.user()
                .post(
                        Rest.channel() + "/envelopes?wait=30",
                        Json.createObjectBuilder()
                                .add(
                                        "message",
                                        compared.json()
                                                .getJsonArray("transactions")
                                                .getJsonObject(0)
                                                .getString("envelope"))
                                .build());
        assertThat(forced.outcome()).isEqualTo("409 transaction-invalid");
        assertThat(forced.json().getString("validationCode")).isEqualTo("ENDORSEMENT_POLICY_FAILURE");
    }
}
