package org.jangbu.ledger.commit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.ledger.commit.jpa.TestDatabase;
import org.jangbu.ledger.history.KeyHistory.Modification;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.ledger.state.WorldState;
import org.jangbu.model.LedgerId;
import org.jangbu.model.TransactionsFilter;
import org.jangbu.model.TxId;
import org.jangbu.model.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The block file of a real Fabric peer, opened as a ledger of ours: state, history and index follow from it. */
class FabricLedgerReplayTest {
    @TempDir
    Path folder;

    @Test
    void a_block_file_of_fabric_becomes_a_ledger_with_its_state() throws Exception {
        Path chain = Files.createDirectories(folder.resolve("chains/chains/channel1"));
        try (InputStream in = getClass().getResourceAsStream("/fabric/blockfile_000000")) {
            Files.copy(Objects.requireNonNull(in), chain.resolve("blockfile_000000"));
        }
        LedgerId id = TestDatabase.newLedger();
        PeerLedgers ledgers = new PeerLedgers(TestDatabase.get()::open, 1 << 20);
        try (PeerLedger ledger = ledgers.open(id, folder)) {
            assertThat(ledger.height()).isEqualTo(11);
            assertThat(ledger.lastConfig()).isEqualTo(2);
            assertThat(ledger.currentHash().toByteArray()).startsWith(0x70, 0x2b, 0x16, 0x78);

            StateKey asset = new StateKey("basic", "asset1");
            assertThat(ledger.state().get(asset).orElseThrow().version()).isEqualTo(new Version(9, 0));
            assertThat(ledger.state().get(asset).orElseThrow().value().toStringUtf8())
                    .contains("\"ID\":\"asset1\"");
            assertThat(ledger.state().get(new StateKey("basic", "asset99"))).isEmpty();
            assertThat(ledger.state().range("basic", "asset1", "asset4", 10))
                    .extracting(entry -> entry.key().key())
                    .contains("asset1", "asset2", "asset3")
                    .doesNotContain("asset4");
            List<WorldState.Entry> approvals = ledger.state().range("_lifecycle$$h_implicit_org_Org1MSP", "", "", 100);
            assertThat(approvals).isNotEmpty();

            List<Modification> history = ledger.history().of(asset, Optional.empty(), 10);
            assertThat(history)
                    .extracting(Modification::version)
                    .startsWith(new Version(9, 0))
                    .endsWith(new Version(6, 0));
            assertThat(ledger.history().of(asset, Optional.of(new Version(9, 0)), 10))
                    .hasSize(history.size() - 1);

            TxId late = new TxId(transaction(ledger, 9, 1));
            assertThat(ledger.transactions().find(late))
                    .contains(new TransactionIndex.Entry(late, 9, 1, TxValidationCode.MVCC_READ_CONFLICT));
            assertThat(ledger.transactions().known(List.of(late, new TxId("nobody's"))))
                    .containsExactly(late);
            assertThat(TransactionsFilter.of(ledger.block(9).orElseThrow()).bytes())
                    .isEqualTo(ByteString.fromHex("000b0b"));
        }
        try (PeerLedger again = ledgers.open(id, folder)) {
            assertThat(again.height()).isEqualTo(11);
        }
    }

    private static String transaction(PeerLedger ledger, long block, int position) {
        return org.jangbu.model.ParsedBlock.parse(ledger.block(block).orElseThrow())
                .transactions()
                .get(position)
                .envelope()
                .orElseThrow()
                .txId()
                .value();
    }
}
