package org.jangbu.ledger.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.msp.MSPConfig;
import org.jangbu.ledger.channel.ChannelProfile.Address;
import org.jangbu.ledger.channel.ChannelProfile.Batch;
import org.jangbu.ledger.channel.ChannelProfile.Consensus;
import org.jangbu.ledger.channel.ChannelProfile.Organization;
import org.jangbu.ledger.channel.ChannelProfile.Roles;
import org.jangbu.ledger.channel.ConfigElements.Element;
import org.jangbu.ledger.channel.ConfigElements.Place;
import org.jangbu.model.BlockHash;
import org.jangbu.model.ChannelId;
import org.jangbu.model.MalformedEnvelopeException;
import org.jangbu.model.NodeName;
import org.jangbu.model.ParsedEnvelope;
import org.jangbu.model.TxId;
import org.jangbu.msp.identity.IdentityException;
import org.junit.jupiter.api.Test;

class GenesisBlockTest {
    private static final ChannelId CHANNEL = new ChannelId("channel1");
    private static final Instant FOUNDED = Instant.parse("2026-11-22T00:00:00Z");
    private static final ByteString NONCE = ByteString.copyFromUtf8("twenty-four random bytes");

    private final Block block = GenesisBlock.of(profile(Batch.DEFAULT, Consensus.JMS), FOUNDED, NONCE);

    @Test
    void gives_the_same_bytes_for_the_same_inputs() {
        assertThat(GenesisBlock.of(profile(Batch.DEFAULT, Consensus.JMS), FOUNDED, NONCE)
                        .toByteString())
                .isEqualTo(block.toByteString());
    }

    @Test
    void has_headers_and_metadata_as_fabrics_tools_write_them() throws MalformedEnvelopeException {
        ParsedEnvelope envelope = ParsedEnvelope.parse(block.getData().getData(0));
        assertThat(block.getHeader().getNumber()).isZero();
        assertThat(block.getHeader().getPreviousHash()).isEmpty();
        assertThat(block.getHeader().getDataHash()).isEqualTo(BlockHash.of(block.getData()));
        assertThat(envelope.envelope().getSignature()).isEmpty();
        assertThat(envelope.channelHeader().getType()).isEqualTo(HeaderType.CONFIG_VALUE);
        assertThat(envelope.channelHeader().getVersion()).isEqualTo(1);
        assertThat(envelope.channelHeader().getChannelId()).isEqualTo("channel1");
        assertThat(envelope.txId()).isEqualTo(TxId.of(NONCE, ByteString.EMPTY));
        assertThat(envelope.signatureHeader().getCreator()).isEmpty();
        assertThat(block.getMetadata()).isEqualTo(FabricVectors.genesis().getMetadata());
    }

    @Test
    void can_be_read_back_with_what_its_founder_decided() throws ChannelConfigException {
        ChannelConfig config = ChannelConfigReader.read(block);

        assertThat(config.channel()).isEqualTo(CHANNEL);
        assertThat(config.orderer().maxMessageCount()).isEqualTo(500);
        assertThat(config.orderer().preferredMaxBytes()).isEqualTo(2 << 20);
        assertThat(config.orderer().absoluteMaxBytes()).isEqualTo(10 << 20);
        assertThat(config.orderer().batchTimeout()).isEqualTo(Duration.ofMillis(200));
        assertThat(config.orderer().consensusType()).isEqualTo("jms");
        assertThat(config.orderer().consensusMetadata()).isEqualTo(Map.of("order", "TIMESTAMP"));
        assertThat(config.applicationOrganizations())
                .extracting(ChannelConfig.Organization::mspId)
                .containsExactly(FabricVectors.ORG1, FabricVectors.ORG2);
    }

    /** Everything but certificates, addresses and the consensus is, to the byte, what configtxgen wrote for the same network. */
    @Test
    void has_the_tree_of_a_real_genesis_block() throws ChannelConfigException, InvalidProtocolBufferException {
        ConfigGroup real =
                ChannelConfigReader.read(FabricVectors.genesis()).config().getChannelGroup();
        Block sameBatches = GenesisBlock.of(
                profile(new Batch(10, 10 << 20, 512 << 10, Duration.ofSeconds(2)), Consensus.JMS), FOUNDED, NONCE);
        ConfigGroup ours = ChannelConfigReader.read(sameBatches).config().getChannelGroup();
        // The vectors' network still lists its orderers globally, which newer channels do not.
        ConfigGroup comparable =
                real.toBuilder().removeValues("OrdererAddresses").build();

        Map<String, Element> expected = elements(comparable);
        Map<String, Element> actual = elements(ours);
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.forEach((key, element) -> {
            Element mine = Objects.requireNonNull(actual.get(key));
            assertThat(mine.version()).as(key).isEqualTo(element.version());
            assertThat(mine.modPolicy()).as(key).isEqualTo(element.modPolicy());
            if (mine instanceof Element.Rule rule && element instanceof Element.Rule other) {
                assertThat(rule.policy()).as(key).isEqualTo(other.policy());
            }
            if (mine instanceof Element.Value value
                    && element instanceof Element.Value other
                    && !key.matches(".*(ConsensusType|Endpoints)")) {
                assertThat(value.value()).as(key).isEqualTo(other.value());
            }
        });
    }

    private static Map<String, Element> elements(ConfigGroup root) throws ChannelConfigException {
        Map<String, Element> elements = new TreeMap<>();
        for (Map.Entry<Place, Element> entry :
                ConfigElements.of(ConfigTree.of(CHANNEL, root)).elements().entrySet()) {
            elements.put(entry.getKey().toString(), entry.getValue());
        }
        return elements;
    }

    @Test
    void has_the_batch_settings_and_policies_of_the_profile_and_no_more() throws ChannelConfigException {
        ChannelConfig config = ChannelConfigReader.read(block);
        ConfigGroup org1 = config.config()
                .getChannelGroup()
                .getGroupsOrThrow("Application")
                .getGroupsOrThrow("Org1MSP");
        assertThat(org1.getValuesMap()).containsOnlyKeys("MSP");
        assertThat(org1.getPoliciesMap()).containsOnlyKeys("Readers", "Writers", "Admins", "Endorsement");
    }

    @Test
    void tells_the_roles_of_peers_in_policies_over_nodes() throws ChannelConfigException, IdentityException {
        NodeName peer0 = new NodeName("peer0.org1.example.com");
        NodeName peer1 = new NodeName("peer1.org1.example.com");
        Organization org1 = Organization.of(FabricVectors.msp(FabricVectors.ORG1), List.of())
                .with(new Roles(Optional.of(Set.of(peer1, peer0)), Optional.of(Set.of(peer1))));
        Organization org2 = Organization.of(FabricVectors.msp(FabricVectors.ORG2), List.of())
                .with(Roles.endorsedBy());

        ChannelConfig config = ChannelConfigReader.read(GenesisBlock.of(
                new ChannelProfile(CHANNEL, orderers(), List.of(org1, org2), Batch.DEFAULT, Consensus.JMS),
                FOUNDED,
                NONCE));

        assertThat(role(config, 0, PeerRole.ENDORSING))
                .contains("OR('Org1MSP.node:peer0.org1.example.com', 'Org1MSP.node:peer1.org1.example.com')");
        assertThat(role(config, 0, PeerRole.LEADING)).contains("AND('Org1MSP.node:peer1.org1.example.com')");
        assertThat(config.policy("/Channel/Application/Org2MSP/EndorsingPeers")
                        .orElseThrow()
                        .isSatisfiedBy(List.of(config.membership()
                                .deserialize(FabricVectors.peer(2).serialized()))))
                .isFalse();
        assertThat(role(config, 1, PeerRole.LEADING)).isEmpty();
    }

    private static Optional<String> role(ChannelConfig config, int organization, PeerRole role) {
        return role.policy(config, config.applicationOrganizations().get(organization))
                .map(Object::toString);
    }

    @Test
    void roles_cannot_name_nodes_of_an_msp_that_does_not_tell_who_certifies_them() {
        MSPConfig unusable = MSPConfig.newBuilder().setType(7).build();
        assertThatThrownBy(() -> new Organization(
                        "Org1MSP",
                        FabricVectors.ORG1,
                        unusable,
                        List.of(),
                        Roles.endorsedBy(new NodeName("peer0.org1.example.com"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the MSP of Org1MSP cannot be used");
    }

    private static List<Organization> orderers() {
        return profile(Batch.DEFAULT, Consensus.JMS).ordererOrganizations();
    }

    private static ChannelProfile profile(Batch batch, Consensus consensus) {
        return new ChannelProfile(
                CHANNEL,
                List.of(new Organization(
                        "OrdererOrg",
                        FabricVectors.ORDERER,
                        FabricVectors.msp(FabricVectors.ORDERER).channelConfig(),
                        List.of(new Address("orderer.example.com", 7050)))),
                List.of(
                        Organization.of(FabricVectors.msp(FabricVectors.ORG1), List.of()),
                        Organization.of(FabricVectors.msp(FabricVectors.ORG2), List.of())),
                batch,
                consensus);
    }
}
