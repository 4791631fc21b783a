package org.jangbu.tests.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hyperledger.fabric.client.ChaincodeEvent;
import org.hyperledger.fabric.client.Checkpointer;
import org.hyperledger.fabric.client.CloseableIterator;
import org.hyperledger.fabric.client.Contract;
import org.hyperledger.fabric.client.FileCheckpointer;
import org.hyperledger.fabric.client.Gateway;
import org.hyperledger.fabric.client.InMemoryCheckpointer;
import org.hyperledger.fabric.client.Network;
import org.hyperledger.fabric.client.SubmittedTransaction;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.peer.FilteredBlock;
import org.hyperledger.fabric.protos.peer.FilteredTransaction;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.quickstart.network.TrialContract;
import org.jangbu.tests.network.Fresh;
import org.jangbu.tests.network.FurtherChannel;
import org.jangbu.tests.network.NetworkTest;
import org.jangbu.tests.server.TestPorts;
import org.jangbu.tests.server.TrialServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events as Fabric's client for Java takes them, with what it keeps to go on where it stopped. */
class EventsIT extends NetworkTest {
    private final String account = "grpc-" + UUID.randomUUID();
    private ManagedChannel channel;
    private Gateway gateway;
    private Network fabric;
    private Contract remittance;

    @BeforeEach
    void connect() throws Exception {
        channel = Peers.connect(1);
        gateway = Peers.client(1, channel).connect();
        fabric = gateway.getNetwork(TrialServer.CHANNEL.value());
        remittance = fabric.getContract("remittance");
        remittance.submitTransaction("open", account, "1000");
        remittance.submitTransaction("open", account + "-b", "0");
    }

    @AfterEach
    void disconnect() throws Exception {
        gateway.close();
        Peers.close(channel);
    }

    private SubmittedTransaction pay() throws Exception {
        SubmittedTransaction payment = remittance
                .newProposal("transfer")
                .addArguments(account, account + "-b", "1")
                .build()
                .endorse()
                .submitAsync();
        assertThat(payment.getStatus().isSuccessful()).isTrue();
        return payment;
    }

    @Test
    void whoever_listens_hears_of_what_is_committed_from_then_on() throws Exception {
        try (CloseableIterator<ChaincodeEvent> events = fabric.getChaincodeEvents("remittance")) {
            SubmittedTransaction payment = pay();
            ChaincodeEvent event = events.next();
            assertThat(event.getTransactionId()).isEqualTo(payment.getTransactionId());
            assertThat(event.getBlockNumber()).isEqualTo(payment.getStatus().getBlockNumber());
            assertThat(event.getEventName()).isEqualTo("transfer");
            assertThat(event.getPayload()).isNotEmpty();
        }
    }

    @Test
    void a_checkpoint_in_a_file_goes_on_behind_the_last_transaction() throws Exception {
        SubmittedTransaction first = pay();
        List<String> expected = new ArrayList<>(List.of(first.getTransactionId()));
        for (int i = 0; i < 3; i++) {
            expected.add(pay().getTransactionId());
        }
        Path file = TestPorts.folder().resolve("checkpoint-" + UUID.randomUUID());
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < expected.size(); i++) {
            try (FileCheckpointer checkpointer = new FileCheckpointer(file);
                    CloseableIterator<ChaincodeEvent> events = fabric.newChaincodeEventsRequest("remittance")
                            .startBlock(first.getStatus().getBlockNumber())
                            .checkpoint(checkpointer)
                            .build()
                            .getEvents()) {
                ChaincodeEvent event = events.next();
                seen.add(event.getTransactionId());
                checkpointer.checkpointChaincodeEvent(event);
            }
        }
        assertThat(seen).isEqualTo(expected);
        Files.delete(file);
    }

    @Test
    void blocks_are_those_of_the_ledger() throws Exception {
        Checkpointer checkpointer = new InMemoryCheckpointer();
        for (long number = 0; number < 3; number++) {
            try (CloseableIterator<Block> blocks = fabric.newBlockEventsRequest()
                    .startBlock(0)
                    .checkpoint(checkpointer)
                    .build()
                    .getEvents()) {
                Block block = blocks.next();
                assertThat(block).isEqualTo(network.block(number));
                checkpointer.checkpointBlock(block.getHeader().getNumber());
            }
        }
    }

    @Test
    void a_filtered_block_tells_of_events_without_their_content() throws Exception {
        SubmittedTransaction payment = pay();
        long number = payment.getStatus().getBlockNumber();
        try (CloseableIterator<FilteredBlock> blocks = fabric.newFilteredBlockEventsRequest()
                .startBlock(number)
                .build()
                .getEvents()) {
            FilteredBlock block = blocks.next();
            assertThat(block.getChannelId()).isEqualTo(TrialServer.CHANNEL.value());
            assertThat(block.getNumber()).isEqualTo(number);
            FilteredTransaction transaction = block.getFilteredTransactionsList().stream()
                    .filter(each -> each.getTxid().equals(payment.getTransactionId()))
                    .findFirst()
                    .orElseThrow();
            assertThat(transaction.getTxValidationCode()).isEqualTo(TxValidationCode.VALID);
            assertThat(transaction.getTransactionActions().getChaincodeActionsList())
                    .singleElement()
                    .satisfies(action -> {
                        assertThat(action.getChaincodeEvent().getEventName()).isEqualTo("transfer");
                        assertThat(action.getChaincodeEvent().getPayload()).isEmpty();
                    });
        }
    }

    @Test
    void no_event_of_a_channel_comes_by_another() throws Exception {
        FurtherChannel theirs =
                FurtherChannel.of(Fresh.name("theirs"), 1, 2).founded().with(TrialContract.REMITTANCE);
        Network other = gateway.getNetwork(theirs.name());
        try (CloseableIterator<ChaincodeEvent> here = fabric.getChaincodeEvents("remittance");
                CloseableIterator<FilteredBlock> blocksHere = fabric.getFilteredBlockEvents();
                CloseableIterator<ChaincodeEvent> there = other.getChaincodeEvents("remittance");
                CloseableIterator<FilteredBlock> blocksThere = other.getFilteredBlockEvents()) {
            Contract foreign = other.getContract("remittance");
            foreign.submitTransaction("open", account, "10");
            foreign.submitTransaction("open", account + "-b", "0");
            SubmittedTransaction elsewhere = foreign.newProposal("transfer")
                    .addArguments(account, account + "-b", "1")
                    .build()
                    .endorse()
                    .submitAsync();
            assertThat(elsewhere.getStatus().isSuccessful()).isTrue();
            SubmittedTransaction payment = pay();

            assertThat(here.next().getTransactionId()).isEqualTo(payment.getTransactionId());
            FilteredBlock block = blocksHere.next();
            assertThat(block.getChannelId()).isEqualTo(TrialServer.CHANNEL.value());
            assertThat(block.getNumber()).isEqualTo(payment.getStatus().getBlockNumber());
            assertThat(there.next().getTransactionId()).isEqualTo(elsewhere.getTransactionId());
            assertThat(blocksThere.next().getChannelId()).isEqualTo(theirs.name());
        }
    }

    @Test
    void members_get_private_data_and_others_do_not() throws Exception {
        // Approvals are private data of the organisation that approves; the first blocks hold those of both.
        assertThat(approvals(fabric)).isNotEmpty().allMatch(collection -> collection.equals("_implicit_org_Org1MSP"));
        try (Gateway other = Peers.client(2, channel).connect()) {
            assertThat(approvals(other.getNetwork(TrialServer.CHANNEL.value())))
                    .as("the peer of Org1 has nothing of Org2")
                    .isEmpty();
        }
    }

    private List<String> approvals(Network reader) throws Exception {
        long height = network.height();
        List<String> collections = new ArrayList<>();
        try (CloseableIterator<org.hyperledger.fabric.protos.peer.BlockAndPrivateData> blocks =
                reader.newBlockAndPrivateDataEventsRequest()
                        .startBlock(0)
                        .build()
                        .getEvents()) {
            for (long number = 0; number < height; number++) {
                org.hyperledger.fabric.protos.peer.BlockAndPrivateData block = blocks.next();
                assertThat(block.getBlock().getHeader().getNumber()).isEqualTo(number);
                block.getPrivateDataMapMap()
                        .values()
                        .forEach(set -> set.getNsPvtRwsetList()
                                .forEach(namespace -> namespace
                                        .getCollectionPvtRwsetList()
                                        .forEach(collection -> collections.add(collection.getCollectionName()))));
            }
        }
        return collections;
    }
}
