package org.jangbu.tests.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.quickstart.QuickStartUsers;
import org.jangbu.tests.network.ForeignCertificates;
import org.jangbu.tests.network.Forgery;
import org.jangbu.tests.network.Fresh;
import org.jangbu.tests.network.Ledgers;
import org.jangbu.tests.network.NetworkTest;
import org.jangbu.tests.network.OwnKeys;
import org.jangbu.tests.network.Rest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is handed in is either taken as it is or refused with its reason; the ledger and everybody else's work stay as they were. */
class BadInputIT extends NetworkTest {
    private static final int LONGEST_KEY = 2_000;

    private long height;

    @BeforeEach
    void remember() throws Exception {
        height = network.height();
    }

    @AfterEach
    void others_go_on_unharmed() throws Exception {
        network.assertWorks();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u0000b",
                "\u0000\u0000",
                "\uffff",
                "\ud83d\ude00",
                "'; DROP TABLE ledger.state; --",
                "../../etc/passwd",
                "\u202e\u0007\r\n",
                "%00",
                "장부"
            })
    void any_text_is_a_key_and_a_value(String text) throws Exception {
        String key = Fresh.name("key") + text;
        Rest.Answer answer = network.user().submit("keyvalue", "put", key, text + text);
        assertThat(answer.outcome()).as(answer.body()).isEqualTo("200 VALID");
        assertThat(bytes(key)).isEqualTo(HexFormat.of().formatHex((text + text).getBytes(StandardCharsets.UTF_8)));
        Ledgers.assertSoundAndEqual();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00",
                "ff",
                "c080",
                "eda080",
                "7b226e223a31653939393939393939397d", // {"n":1e999999999}
                "7b226e223a2d307d", // {"n":-0}
                "7b2261223a315c75303030307d",
                "7b2261223a225c7530303030227d", // {"a":"\u0000"}
                "7b2261223a225c7564383030227d", // {"a":"\ud800"}
                "7b2261223a312c2261223a327d" // the same member twice
            })
    void any_bytes_are_a_value(String hex) throws Exception {
        String key = Fresh.name("bytes");
        assertThat(network.user().submit("probe", "putBytes", key, hex).outcome())
                .isEqualTo("200 VALID");
        assertThat(network.user().evaluate("probe", "getBytes", key).json().getString("result"))
                .isEqualTo(hex);
        Ledgers.assertSoundAndEqual();
    }

    @Test
    void deep_json_is_a_value_too() throws Exception {
        String key = Fresh.name("deep");
        String deep = "{\"a\":".repeat(20_000) + "1" + "}".repeat(20_000);
        assertThat(network.user().submit("keyvalue", "put", key, deep).outcome())
                .isEqualTo("200 VALID");
        assertThat(network.value(key)).isEqualTo(deep);
        Ledgers.assertSoundAndEqual();
    }

    @ParameterizedTest
    @CsvSource({"d800", "dc00", "0061d8000062", "dc00d800"})
    void half_a_surrogate_pair_in_a_key_is_refused_or_stands_for_one_key_on_all_peers(String units) throws Exception {
        Rest.Answer answer = network.user().submit("probe", "putUnits", units, "value");
        assertThat(answer.outcome()).as(answer.body()).isIn("200 VALID", "422 chaincode-error");
        Ledgers.assertSoundAndEqual();
    }

    @Test
    void a_key_may_have_two_thousand_bytes_with_its_namespace_and_not_one_more() throws Exception {
        String key = "k".repeat(LONGEST_KEY - "keyvalue".length());
        assertThat(network.user().submit("keyvalue", "put", key, "1").outcome()).isEqualTo("200 VALID");
        long before = network.height();
        Rest.Answer answer = network.user().submit("keyvalue", "put", key + "k", "1");
        assertThat(answer.outcome()).as(answer.body()).isEqualTo("422 chaincode-error");
        assertThat(network.height()).isEqualTo(before);
    }

    @Test
    void an_empty_key_is_refused() throws Exception {
        assertRefused("422 chaincode-error", network.user().submit("keyvalue", "put", "", "1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "1e3",
                "99999999999999999999999999999999999999999999",
                "0x10",
                "１０",
                "",
                " 1",
                "1.5",
                "\u0000"
            })
    void an_amount_is_a_whole_number_or_refused(String amount) throws Exception {
        assertRefused(
                "422 chaincode-error", network.user().submit("remittance", "open", Fresh.name("account"), amount));
    }

    @Test
    void nobody_spends_what_is_not_there() throws Exception {
        String payer = Fresh.name("payer");
        String payee = Fresh.name("payee");
        network.open(payer, 10);
        network.open(payee, Long.MAX_VALUE);
        height = network.height();
        assertRefused("422 chaincode-error", network.user().submit("remittance", "transfer", payer, payee, "11"));
        assertRefused("422 chaincode-error", network.user().submit("remittance", "transfer", payer, payee, "1"));
        assertRefused("422 chaincode-error", network.user().submit("remittance", "transfer", payer, payer, "1"));
        assertRefused("422 chaincode-error", network.user().submit("remittance", "transfer", payer, "nobody", "1"));
    }

    @Test
    void what_does_not_exist_is_named() throws Exception {
        JsonObject call = Rest.call("balance", "A");
        assertThat(network.user().get("channels/nowhere").outcome()).isEqualTo("404 channel-not-found");
        assertRefused(
                "404 chaincode-not-found", network.user().post("channels/nowhere/chaincodes/remittance/submit", call));
        assertRefused("404 chaincode-not-found", network.user().submit("nothing", "balance", "A"));
        assertRefused("422 chaincode-error", network.user().submit("remittance", "nothing", "A"));
        assertRefused("422 chaincode-error", network.user().submit("remittance", "open", "too few"));
        assertThat(network.user().get(Rest.channel() + "/blocks/999999999").outcome())
                .isEqualTo("404 block-not-found");
        assertThat(network.user()
                        .get(Rest.channel() + "/transactions/" + "0".repeat(64))
                        .outcome())
                .isEqualTo("404 transaction-not-found");
        assertThat(network.user().get("nothing").outcome()).isEqualTo("404 not-found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a%00b",
                "..%2F..%2Fetc",
                "a%20b",
                "%E2%80%AE",
                "_%22",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void a_name_that_is_none_is_refused(String name) throws Exception {
        JsonObject call = Rest.call("balance", "A");
        Rest.Answer chaincode = network.user().post(Rest.channel() + "/chaincodes/" + name + "/submit", call);
        Rest.Answer channel = network.user().post("channels/" + name + "/chaincodes/remittance/submit", call);
        assertThat(List.of(chaincode.status(), channel.status())).isSubsetOf(400, 404);
        assertNothingHappened();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "malformed-json | ",
                "malformed-json | {",
                "malformed-json | {\"function\": \"put\", \"args\": [}",
                "malformed-json | nothing",
                "invalid-body | []",
                "invalid-body | 7",
                "invalid-body | {}",
                "invalid-body | {\"function\": 7}",
                "invalid-body | {\"function\": \"put\", \"args\": \"a\"}",
                "invalid-body | {\"function\": \"put\", \"args\": [1]}",
                "invalid-body | {\"function\": \"put\", \"function\": \"get\"}",
                "invalid-body | {\"function\": \"put\", \"extra\": true}",
                "invalid-body | {\"function\": \"put\", \"args\": [\"\\ud800\"]}",
                "invalid-body | {\"function\": \"put\", \"args\": [{\"base64\": \"*\"}]}",
                "invalid-body | {\"function\": \"put\", \"args\": [[[[[[[[[[]]]]]]]]]]}"
            })
    void a_body_that_is_no_call_is_refused(String code, String body) throws Exception {
        String text = body == null ? "" : body;
        assertRefused(
                "400 " + code,
                network.user()
                        .post(
                                Rest.chaincode("keyvalue") + "/submit",
                                "application/json",
                                text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void bytes_that_are_not_utf_8_are_no_json() throws Exception {
        byte[] body = "{\"function\": \"put\", \"args\": [\"?\"]}".getBytes(StandardCharsets.ISO_8859_1);
        body[30] = (byte) 0xff;
        assertRefused(
                "400 malformed-json",
                network.user().post(Rest.chaincode("keyvalue") + "/submit", "application/json", body));
    }

    @Test
    void nesting_without_end_is_refused() throws Exception {
        byte[] body = ("{\"function\": \"put\", \"args\": " + "[".repeat(1_000_000)).getBytes(StandardCharsets.UTF_8);
        assertRefused(
                "400 invalid-body",
                network.user().post(Rest.chaincode("keyvalue") + "/submit", "application/json", body));
    }

    @Test
    void too_many_arguments_and_too_large_a_body_are_refused() throws Exception {
        JsonArrayBuilder many = Json.createArrayBuilder();
        for (int i = 0; i < 2_000; i++) {
            many.add("a");
        }
        JsonObject call = Json.createObjectBuilder()
                .add("function", "put")
                .add("args", many)
                .build();
        assertRefused("400 invalid-body", network.user().post(Rest.chaincode("keyvalue") + "/submit", call));
        assertRefused("413 body-too-large", network.user().submit("keyvalue", "put", "k", "x".repeat(5 << 20)));
        assertRefused(
                "413 body-too-large",
                network.user().post(Rest.channel() + "/envelopes", "application/octet-stream", new byte[40 << 20]));
    }

    @Test
    void large_bodies_give_their_memory_back_once_they_are_answered() throws Exception {
        byte[] garbage = new byte[30 << 20];
        byte[] proposal = OwnKeys.ofUser()
                .propose("keyvalue", "get", "k".repeat(12 << 20))
                .toByteArray();
        for (int i = 0; i < 24; i++) {
            // Nine of these do not fit together, of the proposals not more than twenty.
            Rest.Answer unreadable =
                    network.user().post(Rest.channel() + "/envelopes", "application/octet-stream", garbage);
            assertThat(unreadable.status()).as(unreadable.body()).isEqualTo(400);
            Rest.Answer endorsed =
                    network.user().post(Rest.channel() + "/proposals", "application/octet-stream", proposal);
            assertThat(endorsed.status()).as(endorsed.body()).isNotEqualTo(503);
        }
    }

    @Test
    void a_wrong_media_type_is_refused() throws Exception {
        assertRefused(
                "415 unsupported-media-type",
                network.user().post(Rest.chaincode("keyvalue") + "/submit", "text/plain", new byte[] {65}));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "ffffffff", "0a", "0a00", "0a020a00", "0aff01", "1202ffff"})
    void bytes_that_are_no_message_are_refused(String hex) throws Exception {
        byte[] bytes = HexFormat.of().parseHex(hex);
        for (String door : List.of("/proposals", "/envelopes")) {
            Rest.Answer answer = network.user().post(Rest.channel() + door, "application/octet-stream", bytes);
            assertThat(answer.outcome())
                    .as("%s: %s", door, answer.body())
                    .isIn("400 malformed-message", "400 channel-mismatch");
        }
        assertNothingHappened();
    }

    @Test
    void an_honest_message_cut_short_or_with_a_changed_byte_is_refused() throws Exception {
        OwnKeys client = OwnKeys.ofUser();
        byte[] whole = client.propose("keyvalue", "put", Fresh.name("cut"), "1").toByteArray();
        for (int i = 1; i < whole.length; i += Math.max(1, whole.length / 25)) {
            byte[] changed = whole.clone();
            changed[i] ^= 0x41;
            assertThat(propose(Arrays.copyOf(whole, i)).status())
                    .as("cut at %d", i)
                    .isIn(400, 403, 404);
            assertThat(propose(changed).status()).as("changed at %d", i).isIn(400, 403, 404);
        }
        assertNothingHappened();
    }

    @Test
    void without_or_with_wrong_credentials_nobody_comes_in() throws Exception {
        for (Rest stranger : List.of(
                Rest.asNobody(),
                Rest.as(QuickStartUsers.userOfOrg1().name(), "wrong"),
                Rest.as("nobody", "user1pw"),
                Rest.as("", ""),
                Rest.as("a\u0000b", "\u0000"),
                Rest.as("x".repeat(3_000), "y".repeat(3_000)))) {
            assertRefused("401 unauthorized", stranger.submit("keyvalue", "put", "k", "1"));
            assertThat(stranger.get("channels").outcome()).isEqualTo("401 unauthorized");
        }
    }

    @Test
    void a_user_of_an_organisation_outside_the_channel_is_refused_at_both_doors(@TempDir Path folder) throws Exception {
        OwnKeys stranger = new OwnKeys(ForeignCertificates.userOfAnotherOrganization(folder, "Org3MSP"));
        assertRefused("403 access-denied", stranger.send(stranger.propose("keyvalue", "put", "k", "1")));
        OwnKeys impostor = new OwnKeys(ForeignCertificates.userOfAnotherOrganization(folder, "Org1MSP"));
        assertRefused("403 access-denied", impostor.send(impostor.propose("keyvalue", "put", "k", "1")));
        Envelope honest = OwnKeys.ofUser().transaction("keyvalue", "put", Fresh.name("foreign"), "1");
        Envelope stolen = Forgery.signed(stranger.signer(), honest.getPayload());
        assertRefused("403 access-denied", stranger.send(stolen));
    }

    @Test
    void an_expired_certificate_is_refused() throws Exception {
        OwnKeys expired = new OwnKeys(ForeignCertificates.expiredUser());
        assertRefused("403 access-denied", expired.send(expired.propose("keyvalue", "put", "k", "1")));
    }

    @Test
    void a_proposal_from_another_time_is_refused() throws Exception {
        OwnKeys client = OwnKeys.ofUser();
        for (Duration shift : List.of(Duration.ofMinutes(-20), Duration.ofMinutes(20), Duration.ofDays(-4_000))) {
            SignedProposal proposal =
                    client.propose("keyvalue", Instant.now().plus(shift), List.of(text("k"), text("1")), "put");
            Rest.Answer answer = client.send(proposal);
            assertThat(answer.status()).as(answer.body()).isIn(400, 403);
        }
        assertNothingHappened();
    }

    @Test
    void a_transaction_that_is_committed_is_not_endorsed_again() throws Exception {
        OwnKeys client = OwnKeys.ofUser();
        SignedProposal proposal = client.propose("keyvalue", "put", Fresh.name("replay"), "1");
        assertThat(client.send(client.endorsed(proposal)).outcome()).isEqualTo("200 VALID");
        height = network.height();
        assertRefused("409 duplicate-transaction", client.send(proposal));
    }

    @Test
    void a_contract_that_refuses_is_heard_and_its_inner_failures_are_not_told() throws Exception {
        Rest.Answer refused = network.user().submit("probe", "refuse", "because");
        assertRefused("422 chaincode-error", refused);
        assertThat(refused.json().getJsonObject("chaincode").getString("message"))
                .contains("because");
        Rest.Answer failed = network.user().submit("probe", "fail");
        assertRefused("422 chaincode-error", failed);
        assertThat(failed.body()).doesNotContain("at org.").doesNotContain("IllegalStateException");
    }

    @ParameterizedTest
    @ValueSource(strings = {"loop", "recurse", "exit", "hoard"})
    void a_contract_that_runs_away_is_ended(String function) throws Exception {
        Rest.Answer answer = network.user().submit("probe", function);
        assertRefused("422 chaincode-error", answer);
        assertThat(answer.body()).doesNotContain("at org.");
    }

    @ParameterizedTest
    @CsvSource({"20000,10", "12,1048576", "1,11000000"})
    void a_contract_that_writes_too_much_is_ended(String count, String size) throws Exception {
        Rest.Answer answer = network.user().submit("probe", "flood", count, size);
        assertThat(answer.outcome()).as(answer.body()).isIn("422 chaincode-error", "413 envelope-too-large");
        assertNothingHappened();
    }

    @Test
    void while_contracts_run_away_others_are_served() throws Exception {
        Thread[] runaways = new Thread[6];
        for (int i = 0; i < runaways.length; i++) {
            runaways[i] = new Thread(() -> {
                try {
                    network.user().submit("probe", "loop");
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            runaways[i].start();
        }
        network.assertWorks();
        for (Thread runaway : runaways) {
            runaway.join();
        }
        Ledgers.assertSoundAndEqual();
    }

    @Test
    void any_bytes_behind_the_door_make_an_invalid_transaction_at_worst() throws Exception {
        OwnKeys client = OwnKeys.ofUser();
        Envelope honest = client.transaction("keyvalue", "put", Fresh.name("beside"), "1");
        ByteString rubbish = Envelope.newBuilder()
                .setPayload(text("rubbish"))
                .setSignature(text("rubbish"))
                .build()
                .toByteString();
        ByteString emptyHeader = Envelope.newBuilder()
                .setPayload(Payload.newBuilder().setData(text("x")).build().toByteString())
                .setSignature(text("s"))
                .build()
                .toByteString();
        List<TxValidationCode> codes = network.order(List.of(honest.toByteString(), rubbish, emptyHeader));
        assertThat(codes.get(0)).isEqualTo(TxValidationCode.VALID);
        assertThat(codes.subList(1, 3)).doesNotContain(TxValidationCode.VALID);
        Ledgers.assertSoundAndEqual();
    }

    private Rest.Answer propose(byte[] bytes) throws Exception {
        return network.user().post(Rest.channel() + "/proposals", "application/octet-stream", bytes);
    }

    /** The value of a key in the namespace of keyvalue, as the hex of its bytes, whatever they are. */
    private String bytes(String key) throws Exception {
        Rest.Answer answer = network.user().evaluate("keyvalue", "get", key);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        JsonValue result = answer.json().get("result");
        byte[] bytes = result instanceof JsonObject object
                ? Base64.getDecoder().decode(object.getString("base64"))
                : answer.json().getString("result").getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(bytes);
    }

    private void assertRefused(String outcome, Rest.Answer answer) throws Exception {
        assertThat(answer.outcome()).as(answer.body()).isEqualTo(outcome);
        assertThat(answer.json().getString("title")).isNotBlank();
        assertNothingHappened();
    }

    private void assertNothingHappened() throws Exception {
        assertThat(network.height()).as("height").isEqualTo(height);
    }

    private static ByteString text(String text) {
        return ByteString.copyFromUtf8(text);
    }
}
