package org.jangbu.ordering.participation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.ConfigUpdate;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.msp.MSPConfig;
import org.jangbu.ledger.channel.GenesisBlock;
import org.jangbu.ledger.consortium.Consortium;
import org.jangbu.ledger.consortium.ConsortiumFolder;
import org.jangbu.ledger.consortium.ConsortiumUpdate;
import org.jangbu.model.ChannelId;
import org.jangbu.model.MspId;
import org.jangbu.model.NodeName;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.ordering.testing.TrialNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsortiumAdmissionTest {
    private static final String NAME = "trial";
    private static final ChannelId CHANNEL = new ChannelId("newcomers");
    private static final MspId NEWCOMER = new MspId("Org1MSP");
    private static final Optional<NodeName> ANY = Optional.empty();

    @TempDir
    private Path folder;

    private TrialNetwork network;
    private OrdererNode node;
    private Participants server;
    private Consortium before;

    @BeforeEach
    void start() throws Exception {
        network = new TrialNetwork(folder);
        before = network.consortiumOfOthers(NAME);
        node = network.participant("orderer", Optional.of(before));
        Path consortium = Files.createDirectories(node.node().home().resolve(ConsortiumFolder.FOLDER));
        Files.writeString(consortium.resolve(ConsortiumFolder.FILE), "name=" + NAME + "\n");
        ConsortiumFolder.keep(
                node.node(),
                new MspId("OrdererMSP"),
                before.msp(new MspId("OrdererMSP")).orElseThrow());
        server = new Participants(folder, List.of(node));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void an_organisation_that_the_members_take_in_is_of_channels_at_once_and_after_a_restart() throws Exception {
        ByteString member = network.ordererAdmin().serialized();
        assertThatThrownBy(() -> server.participation.join(member, ANY, channel()))
                .isInstanceOf(ParticipationException.class)
                .hasMessageContaining("Org1MSP is no member");

        Consortium after = server.participation.admit(member, ANY, update(network.ordererAdmin()));

        assertThat(after.memberIds()).contains(NEWCOMER);
        assertThat(server.participation.join(member, ANY, channel()).height()).isEqualTo(1);
        assertThat(server.participation
                        .founding(network.admin().serialized(), ANY)
                        .consortium()
                        .orElseThrow()
                        .memberIds())
                .contains(NEWCOMER);
        assertThat(ConsortiumFolder.read(node.node()).orElseThrow().memberIds()).isEqualTo(after.memberIds());
    }

    @Test
    void without_the_members_signatures_nothing_is_kept() throws Exception {
        ByteString member = network.ordererAdmin().serialized();
        assertThatThrownBy(() -> server.participation.admit(member, ANY, update(network.admin())))
                .isInstanceOf(ParticipationException.class)
                .hasMessageContaining("OrdererMSP.admin");
        ByteString stranger =
                new TrialNetwork(folder.resolve("elsewhere")).ordererAdmin().serialized();
        assertThatThrownBy(() -> server.participation.admit(stranger, ANY, update(network.ordererAdmin())))
                .isInstanceOfSatisfying(
                        ParticipationException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(ParticipationException.Kind.DENIED));
        assertThat(ConsortiumFolder.read(node.node()).orElseThrow().memberIds()).isEqualTo(before.memberIds());
    }

    private Envelope update(SigningIdentity signer) throws Exception {
        MSPConfig newcomer =
                network.consortium(NAME, "ANY Admins").msp(NEWCOMER).orElseThrow();
        ConfigUpdate update = ConsortiumUpdate.admitting(before, newcomer);
        return Envelope.parseFrom(network.update(update, signer));
    }

    private Block channel() throws Exception {
        return GenesisBlock.of(
                network.profile(CHANNEL, Optional.of(NAME)), Instant.now(), ByteString.copyFromUtf8("nonce"));
    }
}
