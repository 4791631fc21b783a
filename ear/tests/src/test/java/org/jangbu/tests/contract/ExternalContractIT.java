package org.jangbu.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jangbu.quickstart.QuickStartUsers;
import org.jangbu.tests.network.Fresh;
import org.jangbu.tests.network.Ledgers;
import org.jangbu.tests.network.Network;
import org.jangbu.tests.network.NetworkTest;
import org.jangbu.tests.network.Rest;
import org.junit.jupiter.api.Test;

/** Contracts as services: Fabric's own shims for Java and Node.js, installed, approved and committed, called by both organisations, killed and restarted. */
class ExternalContractIT extends NetworkTest {
    private static final Path NODE_PROJECT = Path.of("src/test/node/contract");
    private static final Path SAMPLE = Path.of("../../samples/keyvalue/target/keyvalue.jar");
    private static final Duration BACK = Duration.ofSeconds(30);
    private static final Duration INDEXED = Duration.ofSeconds(60);

    private final Rest org2 = Rest.as(QuickStartUsers.userOfOrg2());

    @Test
    void a_java_contract_runs_as_a_service_is_killed_and_comes_back() throws Exception {
        String name = Fresh.name("outside");
        try (ContractProcess service = ContractProcess.java(name, SAMPLE.toRealPath())) {
            Agreement.on(name, service.chaincode());
            int forbidden = Network.logLength();
            assertThat(network.user().submit(name, "put", "k", "v").body())
                    .contains("no peers available to endorse chaincode " + name);
            assertThat(Network.logSince(forbidden))
                    .contains("this server may not call the service that package "
                            + service.chaincode().id() + " names");

            Agreement.allow(service.address());
            Rest.Answer absent = network.user().submit(name, "put", "k", "v");
            assertThat(absent.body()).contains("cannot be reached now").doesNotContain(service.address());
            network.assertWorks();

            service.start();
            awaitValid(() -> network.user().submit(name, "put", "k", "one"));
            assertThat(org2.submit(name, "put", "k", "two").outcome()).isEqualTo("200 VALID");
            assertThat(result(network.user().evaluate(name, "get", "k"))).isEqualTo("two");
            assertThat(network.user().evaluate(name, "get", "nothing").outcome())
                    .isEqualTo("422 chaincode-error");
            inParallel(name);

            int log = Network.logLength();
            service.kill();
            await().atMost(BACK).until(() -> Network.logSince(log).contains("JANGBU5052"));
            assertThat(network.user().submit(name, "put", "k", "lost").body()).contains("cannot be reached now");
            network.assertWorks();
            service.start();
            awaitValid(() -> network.user().submit(name, "put", "k", "three"));
            assertThat(result(org2.evaluate(name, "get", "k"))).isEqualTo("three");
        }
        Ledgers.assertSoundAndEqual();
    }

    /** Forty calls at once over the same two streams. */
    private void inParallel(String name) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(20);
        try {
            List<Callable<String>> calls = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String key = "parallel" + i;
                calls.add(() -> (key.hashCode() % 2 == 0 ? network.user() : org2)
                        .submit(name, "put", key, key)
                        .outcome());
            }
            for (Future<String> answer : callers.invokeAll(calls)) {
                assertThat(answer.get()).isEqualTo("200 VALID");
            }
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void a_node_contract_may_ask_all_that_a_contract_may_ask() throws Exception {
        assumeTrue(
                Files.isDirectory(NODE_PROJECT.resolve("node_modules/fabric-shim")),
                "no Fabric shim for Node.js here; Debian packages: nodejs, npm; then run npm ci in ear/tests/"
                        + NODE_PROJECT);
        String name = Fresh.name("node");
        int installing = Network.logLength();
        try (ContractProcess service = ContractProcess.node(name, NODE_PROJECT)) {
            Agreement.allow(service.address());
            service.start();
            Agreement.on(name, service.chaincode());
            Rest user = network.user();

            valid(user.submit(name, "put", "k", "one"));
            valid(org2.submit(name, "put", "k", "\uC7A5\uBD80"));
            valid(user.submit(name, "remove", "k"));
            assertThat(user.evaluate(name, "get", "k").body()).contains("no k");
            assertThat(result(user.evaluate(name, "history", "k"))).isEqualTo("- \uC7A5\uBD80 one");

            valid(user.submit(name, "putMany", "row", "250"));
            assertThat(result(user.evaluate(name, "count", "row", "rox"))).isEqualTo("250");
            assertThat(result(user.evaluate(name, "page", "row", "rox", "120", "")))
                    .isEqualTo("120 120 row0120");
            assertThat(result(user.evaluate(name, "page", "row", "rox", "120", "row0240")))
                    .isEqualTo("10 10 ");
            valid(user.submit(name, "put", "car1", "{\"owner\":\"lee\",\"price\":300}"));
            valid(user.submit(name, "put", "car2", "{\"owner\":\"kim\",\"price\":100}"));
            valid(user.submit(name, "put", "car3", "{\"owner\":\"lee\",\"price\":200}"));
            String cars = "{\"selector\":{\"owner\":\"lee\"},\"sort\":[\"price\"]}";
            assertThat(result(user.evaluate(name, "find", cars)))
                    .isEqualTo("car3={\"owner\":\"lee\",\"price\":200} car1={\"owner\":\"lee\",\"price\":300}");
            String[] first =
                    result(org2.evaluate(name, "findPage", cars, "1", "")).split(" ");
            assertThat(first).startsWith("car3", "1").hasSize(3);
            assertThat(result(user.evaluate(name, "findPage", cars, "1", first[2])))
                    .startsWith("car1 1 ");
            assertThat(user.evaluate(name, "find", "{\"selector\":{\"owner\":{\"$like\":1}}}")
                            .body())
                    .contains("there is no operator '$like'");
            await().atMost(INDEXED)
                    .untilAsserted(
                            () -> assertThat(Network.logSince(installing).split("is ready: namespace " + name, -1))
                                    .as("an index of the state and one of the collection for each of the two peers")
                                    .hasSize(5));

            valid(user.submit(name, "index", "car", "lee", "1"));
            valid(user.submit(name, "index", "car", "lee", "2"));
            valid(user.submit(name, "index", "car", "leeds", "3"));
            assertThat(result(user.evaluate(name, "owned", "car", "lee"))).isEqualTo("1 2");

            valid(user.submit(name, "put", "guarded", "x"));
            assertThat(result(user.evaluate(name, "guarded", "guarded"))).isEqualTo("none");
            assertThat(result(user.evaluate(name, "ask", "keyvalue", "get", "nothing")))
                    .startsWith("500");
            assertThat(result(org2.evaluate(name, "who"))).isEqualTo("Org2MSP");

            whispers(name);
        }
        Ledgers.assertSoundAndEqual();
    }

    /** Private data of one organisation: written, read, and asked for by a rich query. */
    private void whispers(String name) throws Exception {
        String collection = "_implicit_org_Org1MSP";
        Rest user = network.user();
        for (String owner : List.of("lee", "kim", "lee")) {
            JsonObject whisper = Json.createObjectBuilder(Rest.call("whisper", collection, Fresh.name("secret")))
                    .add("transient", Json.createObjectBuilder().add("secret", "{\"owner\":\"" + owner + "\"}"))
                    .build();
            valid(user.post(Rest.chaincode(name) + "/submit", whisper));
        }
        assertThat(result(user.evaluate(name, "whispered", collection, "nothing")))
                .isEmpty();
        assertThat(result(user.evaluate(name, "overheard", collection, "{\"selector\":{\"owner\":\"lee\"}}"))
                        .split(" "))
                .hasSize(2)
                .allMatch(row -> row.endsWith("={\"owner\":\"lee\"}"));
        assertThat(result(org2.evaluate(name, "overheard", collection, "{\"selector\":{}}")))
                .as("a peer of another organisation, which holds nothing")
                .isEmpty();
    }

    private static void valid(Rest.Answer answer) {
        assertThat(answer.outcome()).as(answer.body()).isEqualTo("200 VALID");
    }

    /** Somebody has to dial again before it works. */
    private static void awaitValid(Callable<Rest.Answer> call) {
        await().atMost(BACK).untilAsserted(() -> valid(call.call()));
    }

    private static String result(Rest.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        JsonObject json = answer.json();
        return json.containsKey("result") ? json.getString("result") : "";
    }
}
