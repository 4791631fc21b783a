package org.jangbu.tests.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hyperledger.fabric.protos.peer.TxValidationCode.ENDORSEMENT_POLICY_FAILURE;
import static org.hyperledger.fabric.protos.peer.TxValidationCode.VALID;

import com.google.protobuf.ByteString;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import java.time.Duration;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Envelope;
import org.jangbu.model.BlockHash;
import org.jangbu.model.TransactionsFilter;
import org.jangbu.tests.network.BlockForge;
import org.jangbu.tests.network.BrokerDoor;
import org.jangbu.tests.network.Forgery;
import org.jangbu.tests.network.Fresh;
import org.jangbu.tests.network.Ledgers;
import org.jangbu.tests.network.Management;
import org.jangbu.tests.network.Network;
import org.jangbu.tests.network.NetworkTest;
import org.jangbu.tests.network.OwnKeys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Blocks that come over the broker with an orderer's account, but are not the chain's next. */
class ForgedBlockIT extends NetworkTest {
    private static final ByteString NO_FILTER = ByteString.EMPTY;
    private static final Duration HEARD = Duration.ofSeconds(30);

    private OwnKeys client;
    private Block head;
    private long next;
    private int log;

    @BeforeEach
    void client() throws Exception {
        client = OwnKeys.ofUser();
        // What tests before this one wrote has been committed once this is.
        network.assertWorks();
        head = network.newestBlock();
        next = head.getHeader().getNumber() + 1;
        log = Network.logLength();
    }

    @AfterEach
    void the_ledger_goes_on_with_the_right_blocks() throws Exception {
        network.assertWorks();
        Ledgers.assertSoundAndEqual();
    }

    @Test
    void a_block_signed_by_nobody_of_the_ordering_service_is_refused() throws Exception {
        String key = Fresh.name("forged");
        Envelope put = client.transaction("keyvalue", "put", key, "1");
        Block forged = new BlockForge(client.signer()).block(next, hash(head), List.of(put.toByteString()), NO_FILTER);
        publish(forged);
        awaitLog("JANGBU2150: .*block " + next + " is refused");
        assertThat(network.height()).isEqualTo(next);
        assertThat(network.value(key)).isEmpty();
    }

    @Test
    void a_block_whose_signature_was_changed_is_refused() throws Exception {
        Envelope put = client.transaction("keyvalue", "put", Fresh.name("forged"), "1");
        Block signed = BlockForge.ofOrderer().block(next, hash(head), List.of(put.toByteString()), NO_FILTER);
        byte[] signatures = signed.getMetadata().getMetadata(0).toByteArray();
        signatures[signatures.length - 5] ^= 1;
        Block.Builder forged = signed.toBuilder();
        forged.getMetadataBuilder().setMetadata(0, ByteString.copyFrom(signatures));
        publish(forged.build());
        awaitLog("JANGBU2150: .*block " + next + " is refused");
        assertThat(network.height()).isEqualTo(next);
    }

    @Test
    void a_block_whose_data_were_changed_is_refused() throws Exception {
        Envelope put = client.transaction("keyvalue", "put", Fresh.name("forged"), "1");
        Envelope other = client.transaction("keyvalue", "put", Fresh.name("forged"), "2");
        Block signed = BlockForge.ofOrderer().block(next, hash(head), List.of(put.toByteString()), NO_FILTER);
        Block.Builder forged = signed.toBuilder();
        forged.getDataBuilder().setData(0, other.toByteString());
        publish(forged.build());
        awaitLog("JANGBU2150: .*block " + next + " is refused");
        assertThat(network.height()).isEqualTo(next);
    }

    @Test
    void a_second_block_of_a_number_raises_an_alarm_that_stays_until_somebody_has_looked() throws Exception {
        Envelope put = client.transaction("keyvalue", "put", Fresh.name("fork"), "1");
        Block fork = BlockForge.ofOrderer()
                .block(next - 1, head.getHeader().getPreviousHash(), List.of(put.toByteString()), NO_FILTER);
        publish(fork);
        awaitLog("JANGBU2151: .*FORK at block " + (next - 1));
        assertThat(network.newestBlock().getHeader()).isEqualTo(head.getHeader());
        network.assertWorks();
        try {
            await().atMost(HEARD).untilAsserted(() -> {
                assertThat(Network.status(Network.managementHealth())).isEqualTo(503);
                // The application's own door says what it saw up to a second ago.
                assertThat(Network.status(Network.applicationHealth())).isEqualTo(503);
            });
        } finally {
            Management.reload();
            network.awaitReady();
        }
    }

    @Test
    void what_a_block_says_of_its_own_validity_is_not_believed() throws Exception {
        String key = Fresh.name("filter");
        Envelope put = client.transaction("keyvalue", "put", key, "1");
        Envelope good = client.transaction("keyvalue", "put", key, "2");
        Envelope unendorsed = new Forgery(client.signer()).withoutEndorsement(put, 0);
        Block block = BlockForge.ofOrderer()
                .block(
                        next,
                        hash(head),
                        List.of(unendorsed.toByteString(), good.toByteString()),
                        ByteString.copyFrom(new byte[] {0, 10}));
        try (BrokerDoor door = BrokerDoor.as("orderer")) {
            door.publish(block, true);
        }
        await().atMost(HEARD).until(() -> network.height() == next + 1);
        Block committed = network.block(next);
        assertThat(committed.getHeader()).isEqualTo(block.getHeader());
        assertThat(TransactionsFilter.of(committed).codes()).containsExactly(ENDORSEMENT_POLICY_FAILURE, VALID);
        assertThat(network.value(key)).isEqualTo("2");
    }

    @Test
    void only_an_orderer_may_publish_blocks() throws Exception {
        Envelope put = client.transaction("keyvalue", "put", Fresh.name("account"), "1");
        Block block = BlockForge.ofOrderer().block(next, hash(head), List.of(put.toByteString()), NO_FILTER);
        for (String account : List.of("broadcaster", "committer")) {
            try (BrokerDoor door = BrokerDoor.as(account)) {
                assertThatThrownBy(() -> door.publish(block, true)).isInstanceOf(JMSSecurityException.class);
            }
        }
        assertThatThrownBy(() -> BrokerDoor.as("orderer", "guess")).isInstanceOf(JMSSecurityException.class);
        assertThatThrownBy(() -> BrokerDoor.as("", "")).isInstanceOf(JMSException.class);
        assertThat(network.height()).isEqualTo(next);
    }

    @Test
    void only_an_orderer_may_read_what_is_to_be_ordered_and_only_a_broadcaster_may_send_it() throws Exception {
        for (String account : List.of("broadcaster", "committer")) {
            try (BrokerDoor door = BrokerDoor.as(account)) {
                assertThatThrownBy(door::readBatches).isInstanceOf(JMSSecurityException.class);
            }
        }
        Envelope put = client.transaction("keyvalue", "put", Fresh.name("account"), "1");
        for (String account : List.of("orderer", "committer")) {
            try (BrokerDoor door = BrokerDoor.as(account)) {
                assertThatThrownBy(() -> door.sendBatch(0, List.of(put.toByteString())))
                        .isInstanceOf(JMSSecurityException.class);
            }
        }
        assertThat(network.height()).isEqualTo(next);
    }

    private static void publish(Block block) throws JMSException {
        try (BrokerDoor door = BrokerDoor.as("orderer")) {
            door.publish(block, false);
        }
    }

    private void awaitLog(String pattern) {
        await().atMost(HEARD)
                .untilAsserted(() -> assertThat(Network.logSince(log)).containsPattern(pattern));
    }

    private static ByteString hash(Block block) {
        return BlockHash.of(block.getHeader());
    }
}
