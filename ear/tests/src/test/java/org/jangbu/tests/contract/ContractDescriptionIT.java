package org.jangbu.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.StringReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jangbu.quickstart.QuickStartUsers;
import org.jangbu.quickstart.machine.Artifacts;
import org.jangbu.quickstart.network.TrialContract;
import org.jangbu.quickstart.network.TrialUser;
import org.jangbu.tests.network.Fresh;
import org.jangbu.tests.network.NetworkTest;
import org.jangbu.tests.network.Rest;
import org.jangbu.tests.server.TrialServer;
import org.junit.jupiter.api.Test;

/** Contracts and the server by their own descriptions, over REST; and the one call that initialises a chaincode. */
class ContractDescriptionIT extends NetworkTest {
    private static final String REMITTANCE = Rest.chaincode("remittance");

    @Test
    void a_contract_has_a_document_and_functions_with_arguments_by_name() throws Exception {
        Rest.Answer answer = network.user().get(REMITTANCE + "/openapi");
        assertThat(answer.status()).isEqualTo(200);
        JsonObject document = answer.json();
        assertThat(document.getString("openapi")).isEqualTo("3.0.3");
        assertThat(document.getJsonObject("info").getString("title")).isEqualTo("Remittance");
        JsonObject transfer =
                document.getJsonObject("paths").getJsonObject("/api/v1/" + REMITTANCE + "/functions/transfer");
        assertThat(transfer.getJsonObject("post")
                        .getJsonObject("requestBody")
                        .getJsonObject("content")
                        .getJsonObject("application/json")
                        .getJsonObject("schema")
                        .getJsonArray("required")
                        .toString())
                .isEqualTo("[\"from\",\"to\",\"amount\"]");

        String account = Fresh.name("typed");
        Rest.Answer opened = call("open", body("account", account).add("amount", "70"));
        assertThat(opened.status()).as(opened.body()).isEqualTo(200);
        assertThat(opened.json().getString("validationCode")).isEqualTo("VALID");
        assertThat(opened.json().getJsonNumber("blockNumber").longValue()).isLessThan(network.height());
        Rest.Answer balance = call("remittance:balance", body("account", account));
        assertThat(balance.json().getString("result")).isEqualTo("70");
        assertThat(balance.json()).doesNotContainKey("blockNumber");
        Rest.Answer tried = network.user()
                .post(
                        REMITTANCE + "/functions/open?call=evaluate",
                        body("account", Fresh.name("typed")).add("amount", "1").build());
        assertThat(tried.status()).as(tried.body()).isEqualTo(200);
        assertThat(tried.json()).as("nothing was ordered").doesNotContainKey("blockNumber");
    }

    @Test
    void the_servers_own_document_refers_to_nothing_that_it_lacks() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        TrialServer.installation().server().http().resolve("/openapi?format=JSON"))
                .build();
        HttpResponse<String> answer =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonObject document = Json.createReader(new StringReader(answer.body())).readObject();
        Set<String> references = new TreeSet<>();
        Matcher reference = Pattern.compile("\"\\$ref\" *: *\"#(/[^\"]+)\"").matcher(answer.body());
        while (reference.find()) {
            references.add(reference.group(1));
        }
        assertThat(references)
                .contains("/components/responses/Committed", "/components/responses/Ordered")
                .allSatisfy(each -> assertThat(document.getValue(each)).isNotNull());

        JsonObject submit = path(document, "/channels/{channel}/chaincodes/{chaincode}/submit");
        assertThat(submit.getJsonObject("post")
                        .getJsonObject("responses")
                        .getJsonObject("202")
                        .getString("$ref"))
                .isEqualTo("#/components/responses/Ordered");
        for (String events : List.of("blocks", "filtered-blocks", "chaincodes/{chaincode}")) {
            assertThat(path(document, "/channels/{channel}/events/" + events).toString())
                    .as(events)
                    .contains("\"from\"", "\"Last-Event-ID\"", "\"channel\"");
        }
    }

    private static JsonObject path(JsonObject document, String path) {
        return document.getJsonObject("paths").getJsonObject("/api/v1" + path);
    }

    @Test
    void what_does_not_fit_the_description_never_reaches_the_contract() throws Exception {
        Rest.Answer wrong = call("open", body("account", "a").add("amount", 70));
        assertThat(wrong.outcome()).isEqualTo("400 invalid-body");
        assertThat(wrong.json().getString("member")).isEqualTo("amount");
        assertThat(call("open", body("account", "a")).outcome()).isEqualTo("400 invalid-body");
        assertThat(call("open", body("account", "a").add("amount", "1").add("more", "1"))
                        .outcome())
                .isEqualTo("400 invalid-body");
        assertThat(network.user()
                        .post(REMITTANCE + "/functions/open", "application/json", "{".getBytes(StandardCharsets.UTF_8))
                        .outcome())
                .isEqualTo("400 malformed-json");
        assertThat(network.user()
                        .post(
                                REMITTANCE + "/functions/open?call=steal",
                                body("account", "a").build())
                        .outcome())
                .isEqualTo("400 invalid-parameter");
        assertThat(call("steal", Json.createObjectBuilder()).outcome()).isEqualTo("404 function-not-found");
        assertThat(network.user().get(Rest.chaincode("absent") + "/openapi").outcome())
                .isEqualTo("404 chaincode-not-found");
        assertThat(network.user().get(Rest.chaincode("qscc") + "/openapi").status())
                .isEqualTo(404);
        assertThat(Rest.asNobody().get(REMITTANCE + "/openapi").outcome()).isEqualTo("401 unauthorized");
    }

    @Test
    void a_managed_identity_initialises_a_chaincode() throws Exception {
        String name = Fresh.name("initial");
        JsonObject definition = Json.createObjectBuilder()
                .add("sequence", 1)
                .add("version", "1.0")
                .add("packageId", TrialContract.KEY_VALUE.packageId(Artifacts.ofThisBuild()))
                .add("initRequired", true)
                .build();
        for (TrialUser administrator : QuickStartUsers.administrators()) {
            assertThat(Rest.as(administrator)
                            .post(Rest.chaincode(name) + "/approvals", definition)
                            .outcome())
                    .isEqualTo("200 VALID");
        }
        assertThat(Rest.as(QuickStartUsers.administratorOfOrg1())
                        .post(Rest.chaincode(name) + "/definitions", definition)
                        .outcome())
                .isEqualTo("200 VALID");

        JsonObject put = Rest.call("put", "k", "v");
        JsonObject init = Json.createObjectBuilder(put).add("init", true).build();
        String submit = Rest.chaincode(name) + "/submit";
        assertThat(network.user().post(submit, put).body()).contains("has not been initialized");
        assertThat(network.user().post(submit, init).outcome()).isEqualTo("200 VALID");
        assertThat(network.user().post(submit, put).outcome()).isEqualTo("200 VALID");
        assertThat(network.user().post(submit, init).body()).contains("already");
    }

    private Rest.Answer call(String function, JsonObjectBuilder body) throws Exception {
        return network.user().post(REMITTANCE + "/functions/" + function, body.build());
    }

    private static JsonObjectBuilder body(String name, String value) {
        return Json.createObjectBuilder().add(name, value);
    }
}
