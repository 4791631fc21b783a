package org.jangbu.ledger.channel;

import static org.jangbu.ledger.channel.ConfigPath.ADMINS;
import static org.jangbu.ledger.channel.ConfigPath.ANCHOR_PEERS;
import static org.jangbu.ledger.channel.ConfigPath.APPLICATION;
import static org.jangbu.ledger.channel.ConfigPath.BLOCK_VALIDATION;
import static org.jangbu.ledger.channel.ConfigPath.CAPABILITIES;
import static org.jangbu.ledger.channel.ConfigPath.CONSORTIUM;
import static org.jangbu.ledger.channel.ConfigPath.ENDORSEMENT;
import static org.jangbu.ledger.channel.ConfigPath.LIFECYCLE_ENDORSEMENT;
import static org.jangbu.ledger.channel.ConfigPath.MSP;
import static org.jangbu.ledger.channel.ConfigPath.ORDERER;
import static org.jangbu.ledger.channel.ConfigPath.READERS;
import static org.jangbu.ledger.channel.ConfigPath.WRITERS;

import com.google.protobuf.MessageLite;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.hyperledger.fabric.protos.common.BlockDataHashingStructure;
import org.hyperledger.fabric.protos.common.Capabilities;
import org.hyperledger.fabric.protos.common.Capability;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigPolicy;
import org.hyperledger.fabric.protos.common.ConfigValue;
import org.hyperledger.fabric.protos.common.Consortium;
import org.hyperledger.fabric.protos.common.HashingAlgorithm;
import org.hyperledger.fabric.protos.common.ImplicitMetaPolicy;
import org.hyperledger.fabric.protos.common.MSPRole.MSPRoleType;
import org.hyperledger.fabric.protos.common.OrdererAddresses;
import org.hyperledger.fabric.protos.common.Policy;
import org.hyperledger.fabric.protos.orderer.BatchSize;
import org.hyperledger.fabric.protos.orderer.BatchTimeout;
import org.hyperledger.fabric.protos.orderer.ChannelRestrictions;
import org.hyperledger.fabric.protos.orderer.ConsensusType;
import org.hyperledger.fabric.protos.peer.AnchorPeer;
import org.hyperledger.fabric.protos.peer.AnchorPeers;
import org.jangbu.model.NodeName;

/** The tree of a first configuration: names, policies and capabilities as Fabric's test network has them. */
final class GenesisTree {
    private static final int ONE_FLAT_HASH = -1; // 4294967295 as uint32: no Merkle tree over a block's data

    private GenesisTree() {}

    static ConfigGroup of(ChannelProfile profile) {
        ConfigGroup.Builder channel = group().putValues(
                        "HashingAlgorithm",
                        value(HashingAlgorithm.newBuilder().setName("SHA256").build()))
                .putValues(
                        "BlockDataHashingStructure",
                        value(BlockDataHashingStructure.newBuilder()
                                .setWidth(ONE_FLAT_HASH)
                                .build()))
                .putValues(CAPABILITIES, capability("V2_0"))
                .putGroups(ORDERER, orderer(profile))
                .putGroups(APPLICATION, application(profile.applicationOrganizations()));
        profile.consortium()
                .ifPresent(name -> channel.putValues(
                        CONSORTIUM, value(Consortium.newBuilder().setName(name).build())));
        return implicitPolicies(channel).build();
    }

    private static ConfigGroup orderer(ChannelProfile profile) {
        ChannelProfile.Batch batch = profile.batch();
        ConfigGroup.Builder orderer = group().putValues(
                        "BatchSize",
                        value(BatchSize.newBuilder()
                                .setMaxMessageCount(batch.maxMessageCount())
                                .setAbsoluteMaxBytes(batch.absoluteMaxBytes())
                                .setPreferredMaxBytes(batch.preferredMaxBytes())
                                .build()))
                .putValues("BatchTimeout", batchTimeout(batch.timeout()))
                .putValues("ChannelRestrictions", value(ChannelRestrictions.getDefaultInstance()))
                .putValues(
                        "ConsensusType",
                        value(ConsensusType.newBuilder()
                                .setType(profile.consensus().type())
                                .setMetadata(ConsensusMetadata.write(
                                        profile.consensus().metadata()))
                                .build()))
                .putValues(CAPABILITIES, capability("V2_0"))
                .putPolicies(BLOCK_VALIDATION, implicit(ImplicitMetaPolicy.Rule.ANY, WRITERS));
        for (ChannelProfile.Organization organization : profile.ordererOrganizations()) {
            orderer.putGroups(organization.group(), ordererOrganization(organization));
        }
        return implicitPolicies(orderer).build();
    }

    private static ConfigValue batchTimeout(Duration timeout) {
        return value(
                BatchTimeout.newBuilder().setTimeout(GoDuration.format(timeout)).build());
    }

    private static ConfigGroup ordererOrganization(ChannelProfile.Organization organization) {
        String mspId = organization.mspId().value();
        OrdererAddresses.Builder endpoints = OrdererAddresses.newBuilder();
        organization.addresses().forEach(address -> endpoints.addAddresses(address.toString()));
        return group().putValues(MSP, msp(organization))
                .putValues("Endpoints", value(endpoints.build()))
                .putPolicies(READERS, anyOf(mspId, MSPRoleType.MEMBER))
                .putPolicies(WRITERS, anyOf(mspId, MSPRoleType.MEMBER))
                .putPolicies(ADMINS, anyOf(mspId, MSPRoleType.ADMIN))
                .build();
    }

    private static ConfigGroup application(List<ChannelProfile.Organization> organizations) {
        ConfigGroup.Builder application = group().putValues(CAPABILITIES, capability("V2_5"))
                .putPolicies(ENDORSEMENT, implicit(ImplicitMetaPolicy.Rule.MAJORITY, ENDORSEMENT))
                .putPolicies(LIFECYCLE_ENDORSEMENT, implicit(ImplicitMetaPolicy.Rule.MAJORITY, ENDORSEMENT));
        for (ChannelProfile.Organization organization : organizations) {
            application.putGroups(organization.group(), applicationOrganization(organization));
        }
        return implicitPolicies(application).build();
    }

    private static ConfigGroup applicationOrganization(ChannelProfile.Organization organization) {
        String mspId = organization.mspId().value();
        ConfigGroup.Builder group = group().putValues(MSP, msp(organization))
                .putPolicies(READERS, anyOf(mspId, MSPRoleType.ADMIN, MSPRoleType.PEER, MSPRoleType.CLIENT))
                .putPolicies(WRITERS, anyOf(mspId, MSPRoleType.ADMIN, MSPRoleType.CLIENT))
                .putPolicies(ADMINS, anyOf(mspId, MSPRoleType.ADMIN))
                .putPolicies(ENDORSEMENT, anyOf(mspId, MSPRoleType.PEER));
        if (!organization.addresses().isEmpty()) {
            AnchorPeers.Builder anchors = AnchorPeers.newBuilder();
            organization
                    .addresses()
                    .forEach(address -> anchors.addAnchorPeers(
                            AnchorPeer.newBuilder().setHost(address.host()).setPort(address.port())));
            group.putValues(ANCHOR_PEERS, value(anchors.build()));
        }
        organization
                .roles()
                .endorsing()
                .ifPresent(nodes -> group.putPolicies(PeerRole.ENDORSING.policy(), anyOf(organization, nodes)));
        organization
                .roles()
                .leading()
                .ifPresent(nodes -> group.putPolicies(PeerRole.LEADING.policy(), anyOf(organization, nodes)));
        return group.build();
    }

    private static ConfigPolicy anyOf(ChannelProfile.Organization organization, Set<NodeName> nodes) {
        return policy(Policy.PolicyType.SIGNATURE, NodePolicy.anyOf(organization.mspId(), organization.msp(), nodes));
    }

    private static ConfigValue msp(ChannelProfile.Organization organization) {
        return value(organization.msp());
    }

    private static ConfigGroup.Builder group() {
        return ConfigGroup.newBuilder().setModPolicy(ADMINS);
    }

    private static ConfigGroup.Builder implicitPolicies(ConfigGroup.Builder group) {
        return group.putPolicies(READERS, implicit(ImplicitMetaPolicy.Rule.ANY, READERS))
                .putPolicies(WRITERS, implicit(ImplicitMetaPolicy.Rule.ANY, WRITERS))
                .putPolicies(ADMINS, implicit(ImplicitMetaPolicy.Rule.MAJORITY, ADMINS));
    }

    private static ConfigValue value(MessageLite content) {
        return ConfigValue.newBuilder()
                .setModPolicy(ADMINS)
                .setValue(Deterministic.bytes(content))
                .build();
    }

    private static ConfigValue capability(String name) {
        return value(Capabilities.newBuilder()
                .putCapabilities(name, Capability.getDefaultInstance())
                .build());
    }

    private static ConfigPolicy implicit(ImplicitMetaPolicy.Rule rule, String subPolicy) {
        return policy(
                Policy.PolicyType.IMPLICIT_META,
                ImplicitMetaPolicy.newBuilder()
                        .setRule(rule)
                        .setSubPolicy(subPolicy)
                        .build());
    }

    private static ConfigPolicy anyOf(String mspId, MSPRoleType... roles) {
        return policy(Policy.PolicyType.SIGNATURE, RolePolicy.anyOf(mspId, roles));
    }

    private static ConfigPolicy policy(Policy.PolicyType type, MessageLite content) {
        return ConfigPolicy.newBuilder()
                .setModPolicy(ADMINS)
                .setPolicy(Policy.newBuilder().setType(type.getNumber()).setValue(content.toByteString()))
                .build();
    }
}
