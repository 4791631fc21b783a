package org.jangbu.tests.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.model.ParsedBlock;
import org.jangbu.model.ParsedTransaction;
import org.jangbu.model.TransactionsFilter;
import org.jangbu.model.TxId;
import org.jangbu.quickstart.postgres.PostgresServer;
import org.jangbu.tests.network.Forgery;
import org.jangbu.tests.network.Fresh;
import org.jangbu.tests.network.Ledgers;
import org.jangbu.tests.network.Load;
import org.jangbu.tests.network.Management;
import org.jangbu.tests.network.Network;
import org.jangbu.tests.network.NetworkTest;
import org.jangbu.tests.network.OwnKeys;
import org.jangbu.tests.network.Rest;
import org.jangbu.tests.server.TrialServer;
import org.junit.jupiter.api.Test;

/** A part goes away while clients work, and comes back. What was promised is kept, once. */
class OutageIT extends NetworkTest {
    private static final int CLIENTS = 8;
    private static final int SOME = 40;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration OUTAGE = Duration.parse(System.getProperty("jangbu.test.outage", "PT30S"));

    @Test
    void without_its_database_the_network_says_so_and_afterwards_nothing_is_missing() throws Exception {
        PostgresServer postgres = TrialServer.installation().postgres();
        OwnKeys client = OwnKeys.ofUser();
        List<TxId> promised = new ArrayList<>();
        try (Load load = new Load(CLIENTS)) {
            awaitProgress(load);
            List<Envelope> endorsedBefore = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                endorsedBefore.add(client.transaction("keyvalue", "put", Fresh.name("before"), "1"));
            }
            postgres.stop();
            awaitHealth(503);
            for (Envelope envelope : endorsedBefore) {
                Rest.Answer answer = client.sendWithoutWaiting(envelope);
                assertThat(answer.status()).as(answer.body()).isEqualTo(202);
                promised.add(Forgery.txId(envelope));
            }
            await().during(OUTAGE).atMost(OUTAGE.plus(PATIENCE)).untilAsserted(() -> {
                Rest.Answer answer = client.send(client.propose("keyvalue", "put", Fresh.name("during"), "1"));
                assertThat(answer.outcome()).as(answer.body()).isEqualTo("503 unavailable");
            });
            assertThat(Network.status(Network.managementHealth())).isEqualTo(503);
            postgres.start();
            awaitHealth(200);
            awaitProgress(load);
            load.finish();
            promised.addAll(load.acknowledged());
            assertThat(load.outcomes())
                    .containsKeys("200 VALID", "503 unavailable")
                    .doesNotContainKey("500 internal-error");
        } finally {
            if (!postgres.isRunning()) {
                postgres.start();
            }
        }
        assertKept(promised);
        network.assertWorks();
    }

    @Test
    void the_broker_restarts_under_load_and_nothing_is_missing() throws Exception {
        Load load = new Load(CLIENTS);
        try (load) {
            awaitProgress(load);
            Management.reload();
            network.awaitReady();
            awaitProgress(load);
        }
        assertThat(load.outcomes()).containsKey("200 VALID").doesNotContainKey("500 internal-error");
        assertKept(load.acknowledged());
        network.assertWorks();
    }

    @Test
    void connections_to_the_broker_are_cut_under_load_and_nothing_is_missing() throws Exception {
        Load load = new Load(CLIENTS);
        try (load) {
            for (int i = 0; i < 3; i++) {
                for (String account : List.of("broadcaster", "orderer", "committer")) {
                    awaitProgress(load);
                    Management.cutConnections(account);
                }
            }
            awaitProgress(load);
        }
        assertThat(load.outcomes()).containsKey("200 VALID").doesNotContainKey("500 internal-error");
        assertKept(load.acknowledged());
        network.assertWorks();
    }

    private static void awaitProgress(Load load) {
        int before = load.acknowledged().size();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(load.acknowledged())
                        .as(load.outcomes()::toString)
                        .hasSizeGreaterThan(before + SOME));
    }

    private static void awaitHealth(int status) {
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
            assertThat(Network.status(Network.managementHealth())).isEqualTo(status);
            assertThat(Network.status(Network.applicationHealth())).isEqualTo(status);
        });
    }

    /** Each promised transaction is on the ledger once, and valid. */
    private void assertKept(List<TxId> promised) throws Exception {
        await().atMost(PATIENCE).untilAsserted(() -> {
            Map<TxId, Integer> found = validTransactions();
            assertThat(found.keySet()).containsAll(promised);
        });
        Ledgers.assertSoundAndEqual();
        Map<TxId, Integer> found = validTransactions();
        assertThat(promised)
                .doesNotHaveDuplicates()
                .allSatisfy(txId -> assertThat(found.get(txId)).isEqualTo(1));
    }

    private static Map<TxId, Integer> validTransactions() throws Exception {
        Map<TxId, Integer> found = new HashMap<>();
        for (Block block : Ledgers.chain(Ledgers.PEER_OF_ORG1)) {
            List<TxValidationCode> codes = TransactionsFilter.of(block).codes();
            List<ParsedTransaction> transactions = ParsedBlock.parse(block).transactions();
            for (int i = 0; i < codes.size(); i++) {
                if (codes.get(i) == TxValidationCode.VALID) {
                    transactions.get(i).envelope().ifPresent(envelope -> found.merge(envelope.txId(), 1, Integer::sum));
                }
            }
        }
        return found;
    }
}
