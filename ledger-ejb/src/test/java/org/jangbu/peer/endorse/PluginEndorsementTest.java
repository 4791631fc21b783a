package org.jangbu.peer.endorse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hyperledger.fabric.protos.ledger.rwset.TxReadWriteSet;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.lifecycle.ChaincodeEndorsementInfo;
import org.hyperledger.fabric.protos.peer.lifecycle.StateData;
import org.jangbu.chaincode.plugin.Decision;
import org.jangbu.chaincode.plugin.SimulatedProposal;
import org.jangbu.chaincode.plugin.StateWrite;
import org.jangbu.ledger.channel.FabricVectors;
import org.jangbu.model.ChaincodeName;
import org.jangbu.msp.membership.RevocationSource;
import org.jangbu.peer.lifecycle.LifecycleKeys;
import org.jangbu.peer.validate.FakePlugins;
import org.junit.jupiter.api.Test;

/** A plug-in in the place of ESCC: it may keep the peer from signing, and its failure costs that one proposal. */
class PluginEndorsementTest {
    private final FakePlugins plugins = new FakePlugins();

    private TestPeer peer(String plugin) {
        TestPeer peer = new TestPeer(1).runs("basic", (invocation, host) -> {
            if (Contract.arg(invocation, 0).equals("refuse")) {
                return Contract.answer(400, "not so", "");
            }
            host.putState("", "a", Contract.bytes("1000"));
            return Contract.ok("done");
        });
        peer.ledger()
                .put(Map.of(
                        LifecycleKeys.field(new ChaincodeName("basic"), LifecycleKeys.ENDORSEMENT_INFO),
                        StateData.newBuilder()
                                .setBytes(ChaincodeEndorsementInfo.newBuilder()
                                        .setVersion("1.0")
                                        .setEndorsementPlugin(plugin)
                                        .build()
                                        .toByteString())
                                .build()
                                .toByteString()));
        return peer;
    }

    private Endorser endorser(String plugin) {
        return new Endorser(
                peer(plugin).resources(),
                Endorser.Settings.DEFAULT,
                Clock.fixed(TestPeer.NOW, ZoneOffset.UTC),
                RevocationSource.NONE,
                PeerMetrics.NONE,
                plugins);
    }

    private ProposalResponse process(String plugin, String... args) throws Exception {
        return endorser(plugin).process(TestProposal.of(args).signed());
    }

    @Test
    void what_it_accepts_is_signed_as_escc_would() throws Exception {
        plugins.endorses(proposal -> Decision.accept());
        ProposalResponse response = process(FakePlugins.LIMIT, "pay");
        assertThat(response.getResponse().getMessage()).isEmpty();
        assertThat(FabricVectors.peer(1).serialized())
                .isEqualTo(response.getEndorsement().getEndorser());
        assertThat(response.getEndorsement().getSignature()).isNotEqualTo(ByteString.EMPTY);
    }

    @Test
    void what_it_refuses_is_not_signed_and_the_client_is_told_why() throws Exception {
        plugins.endorses(proposal -> Decision.refuse("a may hold 500 at most"));
        ProposalResponse response = process(FakePlugins.LIMIT, "pay");
        assertThat(response.hasEndorsement()).isFalse();
        assertThat(response.getPayload()).isEqualTo(ByteString.EMPTY);
        assertThat(response.getResponse().getStatus()).isEqualTo(500);
        assertThat(response.getResponse().getMessage())
                .isEqualTo("endorsing with plugin failed: plug-in limit:1.0 refuses: a may hold 500 at most");
    }

    @Test
    void it_sees_proposal_and_result() throws Exception {
        List<SimulatedProposal> seen = new ArrayList<>();
        plugins.endorses(proposal -> {
            seen.add(proposal);
            return Decision.accept();
        });
        process(FakePlugins.LIMIT, "pay", "a");
        assertThat(seen).hasSize(1);
        SimulatedProposal proposal = seen.get(0);
        assertThat(proposal.channel()).isEqualTo("mychannel");
        assertThat(proposal.chaincode()).isEqualTo("basic");
        assertThat(proposal.version()).isEqualTo("1.0");
        assertThat(proposal.arguments())
                .extracting(bytes -> new String(bytes, UTF_8))
                .containsExactly("pay", "a");
        assertThat(proposal.creator())
                .isEqualTo(FabricVectors.user(1).serialized().toByteArray());
        assertThat(proposal.timestamp()).isEqualTo(TestPeer.NOW);
        assertThat(proposal.status()).isEqualTo(200);
        assertThat(new String(proposal.payload(), UTF_8)).isEqualTo("done");
        assertThat(proposal.writes())
                .singleElement()
                .extracting(StateWrite::namespace, StateWrite::key, write -> new String(write.value(), UTF_8))
                .containsExactly("basic", "a", "1000");
        assertThat(TxReadWriteSet.parseFrom(proposal.results()).getNsRwsetCount())
                .isEqualTo(2);
    }

    @Test
    void one_that_is_missing_throws_or_cannot_exist_fails_that_proposal_alone() throws Exception {
        assertThat(process(FakePlugins.LIMIT, "pay").getResponse().getMessage())
                .isEqualTo("endorsing with plugin failed: plug-in " + FakePlugins.LIMIT + " is not here");
        plugins.endorses(proposal -> {
            throw new IllegalStateException("a secret");
        });
        ProposalResponse thrown = process(FakePlugins.LIMIT, "pay");
        assertThat(thrown.getResponse().getMessage()).contains("threw").doesNotContain("secret");
        assertThat(thrown.hasEndorsement()).isFalse();
        assertThat(process("custom", "pay").getResponse().getMessage())
                .isEqualTo("endorsing with plugin failed: there is no plugin with name custom");
        assertThat(process("escc", "pay").hasEndorsement()).isTrue();
    }

    @Test
    void what_the_contract_refuses_itself_is_not_asked_about() throws Exception {
        plugins.endorses(proposal -> {
            throw new IllegalStateException("asked");
        });
        assertThat(process(FakePlugins.LIMIT, "refuse").getResponse().getMessage())
                .isEqualTo("not so");
    }
}
