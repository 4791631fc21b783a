package org.jangbu.web.view;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.hyperledger.fabric.protos.common.BlockDataHashingStructure;
import org.hyperledger.fabric.protos.common.Capabilities;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigPolicy;
import org.hyperledger.fabric.protos.common.ConfigValue;
import org.hyperledger.fabric.protos.common.HashingAlgorithm;
import org.hyperledger.fabric.protos.common.ImplicitMetaPolicy;
import org.hyperledger.fabric.protos.common.OrdererAddresses;
import org.hyperledger.fabric.protos.common.Policy.PolicyType;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.hyperledger.fabric.protos.msp.MSPConfig;
import org.hyperledger.fabric.protos.orderer.BatchSize;
import org.hyperledger.fabric.protos.orderer.BatchTimeout;
import org.hyperledger.fabric.protos.orderer.ChannelRestrictions;
import org.hyperledger.fabric.protos.orderer.ConsensusType;
import org.hyperledger.fabric.protos.peer.ACLs;
import org.hyperledger.fabric.protos.peer.AnchorPeers;

/**
 * A group of a channel's configuration, with all below it, as Fabric's tools show it in JSON. What a value or a policy holds is taken apart
 * where its kind is known, else it stays bytes.
 */
public record ConfigTreeView(
        BigInteger version,
        String modPolicy,
        Map<String, Element> values,
        Map<String, Element> policies,
        Map<String, ConfigTreeView> groups) {

    private static final Map<String, Parser<? extends com.google.protobuf.Message>> VALUES = Map.ofEntries(
            Map.entry("ACLs", ACLs.parser()),
            Map.entry("AnchorPeers", AnchorPeers.parser()),
            Map.entry("BatchSize", BatchSize.parser()),
            Map.entry("BatchTimeout", BatchTimeout.parser()),
            Map.entry("BlockDataHashingStructure", BlockDataHashingStructure.parser()),
            Map.entry("Capabilities", Capabilities.parser()),
            Map.entry("ChannelRestrictions", ChannelRestrictions.parser()),
            Map.entry("ConsensusType", ConsensusType.parser()),
            Map.entry("Endpoints", OrdererAddresses.parser()),
            Map.entry("HashingAlgorithm", HashingAlgorithm.parser()),
            Map.entry("OrdererAddresses", OrdererAddresses.parser()));

    /**
     * A value or a policy.
     *
     * @param content the message it holds, by field names, or bytes
     */
    public record Element(BigInteger version, String modPolicy, Object content) {}

    /** Takes a tree apart whose depth has been bounded. */
    public static ConfigTreeView of(ConfigGroup group) {
        Map<String, Element> values = new TreeMap<>();
        group.getValuesMap().forEach((name, value) -> values.put(name, value(name, value)));
        Map<String, Element> policies = new TreeMap<>();
        group.getPoliciesMap().forEach((name, policy) -> policies.put(name, policy(policy)));
        Map<String, ConfigTreeView> groups = new TreeMap<>();
        group.getGroupsMap().forEach((name, child) -> groups.put(name, of(child)));
        return new ConfigTreeView(
                ReadWriteSetView.unsigned(group.getVersion()), group.getModPolicy(), values, policies, groups);
    }

    private static Element value(String name, ConfigValue value) {
        return new Element(
                ReadWriteSetView.unsigned(value.getVersion()),
                value.getModPolicy(),
                name.equals("MSP") ? msp(value.getValue()) : decoded(VALUES.get(name), value.getValue()));
    }

    private static Object msp(ByteString bytes) {
        try {
            MSPConfig msp = MSPConfig.parseFrom(bytes);
            Map<String, Object> members = new LinkedHashMap<>(MessageView.of(msp));
            members.put("config", MessageView.of(FabricMSPConfig.parseFrom(msp.getConfig())));
            return members;
        } catch (InvalidProtocolBufferException e) {
            return new Content(bytes);
        }
    }

    private static Element policy(ConfigPolicy policy) {
        int type = policy.getPolicy().getType();
        ByteString bytes = policy.getPolicy().getValue();
        Map<String, Object> content = new LinkedHashMap<>();
        PolicyType known = PolicyType.forNumber(type);
        content.put("type", known == null ? String.valueOf(type) : known.name());
        content.put(
                "value",
                switch (type) {
                    case PolicyType.SIGNATURE_VALUE -> decoded(SignaturePolicyEnvelope.parser(), bytes);
                    case PolicyType.IMPLICIT_META_VALUE -> decoded(ImplicitMetaPolicy.parser(), bytes);
                    default -> new Content(bytes);
                });
        return new Element(ReadWriteSetView.unsigned(policy.getVersion()), policy.getModPolicy(), content);
    }

    private static Object decoded(
            @org.jspecify.annotations.Nullable Parser<? extends com.google.protobuf.Message> parser, ByteString bytes) {
        if (parser == null) {
            return new Content(bytes);
        }
        try {
            return MessageView.of(parser.parseFrom(bytes));
        } catch (InvalidProtocolBufferException e) {
            return new Content(bytes);
        }
    }
}
