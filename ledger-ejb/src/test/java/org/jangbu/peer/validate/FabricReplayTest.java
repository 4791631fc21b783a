package org.jangbu.peer.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.channel.ChannelConfigReader;
import org.jangbu.ledger.channel.FabricVectors;
import org.jangbu.ledger.commit.BlockEffects;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.ParsedBlock;
import org.jangbu.model.TransactionsFilter;
import org.jangbu.peer.lifecycle.ChaincodeDefinition;
import org.jangbu.peer.lifecycle.StateDefinitions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The chain of a real network, judged again from its first block on: nothing is supplied but the blocks. */
class FabricReplayTest {
    private final ExecutorService executor = Executors.newFixedThreadPool(4);
    private final MemoryPeerLedger ledger = MemoryPeerLedger.startingWith(FabricVectors.block(0));
    private final StateDefinitions definitions = new StateDefinitions(ledger);

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    @Test
    void gives_every_transaction_of_a_real_chain_the_code_that_fabric_gave_it() throws Exception {
        BlockValidator validator = new BlockValidator(new Parallel(executor, 4));
        ChannelConfig config = ChannelConfigReader.read(FabricVectors.block(0));
        for (int number = 1; number <= 10; number++) {
            Block block = FabricVectors.block(number);
            ParsedBlock parsed = ParsedBlock.parse(block);
            BlockVerdict verdict = validator.validate(parsed, config, LedgerBefore.of(ledger, definitions));

            assertThat(verdict.codes())
                    .as("block " + number)
                    .isEqualTo(TransactionsFilter.of(block).codes());
            config = verdict.configuration().orElse(config);
            ledger.commit(BlockEffects.of(parsed, verdict.codes(), ledger));
            definitions.forget();
        }
        assertThat(TransactionsFilter.of(FabricVectors.block(9)).codes())
                .isEqualTo(List.of(
                        TxValidationCode.VALID,
                        TxValidationCode.MVCC_READ_CONFLICT,
                        TxValidationCode.MVCC_READ_CONFLICT));
        assertThat(config.sequence()).isEqualTo(2);
        assertThat(ledger.get(new StateKey("basic", "asset1"))).isPresent();
    }

    @Test
    void reads_the_definition_that_a_real_ceremony_committed() throws Exception {
        gives_every_transaction_of_a_real_chain_the_code_that_fabric_gave_it();

        ChaincodeDefinition definition =
                definitions.find(new ChaincodeName("basic")).orElseThrow();
        assertThat(definition.sequence()).isEqualTo(1);
        assertThat(definition.version()).isEqualTo("1.0");
        assertThat(definition.endorsementPlugin()).isEqualTo(ChaincodeDefinition.ESCC);
        assertThat(definition.validationPlugin()).isEqualTo(ChaincodeDefinition.VSCC);
        assertThat(definition.validationParameter()).isNotEmpty();
        assertThat(definition.collections().getConfigList()).isEmpty();
        assertThat(definitions.find(new ChaincodeName("missing"))).isEmpty();
    }
}
