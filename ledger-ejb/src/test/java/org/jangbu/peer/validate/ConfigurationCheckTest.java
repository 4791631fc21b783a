package org.jangbu.peer.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hyperledger.fabric.protos.peer.TxValidationCode.BAD_CREATOR_SIGNATURE;
import static org.hyperledger.fabric.protos.peer.TxValidationCode.INVALID_CONFIG_TRANSACTION;
import static org.hyperledger.fabric.protos.peer.TxValidationCode.TARGET_CHAIN_NOT_FOUND;
import static org.hyperledger.fabric.protos.peer.TxValidationCode.VALID;

import com.google.protobuf.ByteString;
import java.util.List;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.common.Envelope;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.channel.ConfigUpdates;
import org.jangbu.ledger.channel.FabricVectors;
import org.jangbu.ledger.channel.TestConfigurations;
import org.jangbu.model.ParsedBlock;
import org.jangbu.peer.lifecycle.StateDefinitions;
import org.junit.jupiter.api.Test;

class ConfigurationCheckTest {
    private final MemoryPeerLedger ledger = TestChannel.ledger();
    private final Envelope update = TestConfigurations.update(
            TestConfigurations.capability("V2_0"), FabricVectors.admin(1), FabricVectors.admin(2));

    @Test
    void brings_an_authorised_configuration_into_force() throws Exception {
        BlockVerdict verdict = judge(TestConfigurations.configuration(TestChannel.CONFIG, update));

        assertThat(verdict.codes()).containsExactly(VALID);
        assertThat(verdict.configuration()).map(ChannelConfig::sequence).contains(1L);
    }

    @Test
    void rejects_what_is_not_authorised_or_not_its_result() throws Exception {
        Config result = ConfigUpdates.apply(TestChannel.CONFIG, update);
        Envelope byOne = TestConfigurations.update(TestConfigurations.capability("V2_0"), FabricVectors.admin(1));
        List<ByteString> bad = List.of(
                TestConfigurations.configuration("mychannel", result, byOne),
                TestConfigurations.configuration("mychannel", TestChannel.CONFIG.config(), update),
                TestConfigurations.configuration(
                        "mychannel", result.toBuilder().setSequence(2).build(), update),
                TestConfigurations.configuration("mychannel", result, Envelope.getDefaultInstance()));
        for (ByteString configuration : bad) {
            BlockVerdict verdict = judge(configuration);
            assertThat(verdict.codes()).containsExactly(INVALID_CONFIG_TRANSACTION);
            assertThat(verdict.configuration()).isEmpty();
        }
    }

    @Test
    void rejects_the_configuration_of_another_channel_and_one_with_a_forged_envelope() throws Exception {
        Config result = ConfigUpdates.apply(TestChannel.CONFIG, update);
        assertThat(judge(TestConfigurations.configuration("another", result, update))
                        .codes())
                .containsExactly(TARGET_CHAIN_NOT_FOUND);
        Envelope good = Envelope.parseFrom(TestConfigurations.configuration(TestChannel.CONFIG, update));
        ByteString forged = good.toBuilder()
                .setSignature(FabricVectors.user(1).sign(good.getPayload()))
                .build()
                .toByteString();
        assertThat(judge(forged).codes()).containsExactly(BAD_CREATOR_SIGNATURE);
    }

    private BlockVerdict judge(ByteString envelope) throws Exception {
        return new BlockValidator(Parallel.none())
                .validate(
                        ParsedBlock.parse(new TestChannel().next(envelope)),
                        TestChannel.CONFIG,
                        LedgerBefore.of(ledger, new StateDefinitions(ledger)));
    }
}
