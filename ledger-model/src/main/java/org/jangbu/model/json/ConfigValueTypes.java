package org.jangbu.model.json;

import com.google.protobuf.Descriptors.Descriptor;
import java.util.Map;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.BlockDataHashingStructure;
import org.hyperledger.fabric.protos.common.Capabilities;
import org.hyperledger.fabric.protos.common.Consortium;
import org.hyperledger.fabric.protos.common.HashingAlgorithm;
import org.hyperledger.fabric.protos.common.OrdererAddresses;
import org.hyperledger.fabric.protos.common.Orderers;
import org.hyperledger.fabric.protos.common.Policy;
import org.hyperledger.fabric.protos.msp.MSPConfig;
import org.hyperledger.fabric.protos.orderer.BatchSize;
import org.hyperledger.fabric.protos.orderer.BatchTimeout;
import org.hyperledger.fabric.protos.orderer.ChannelRestrictions;
import org.hyperledger.fabric.protos.orderer.ConsensusType;
import org.hyperledger.fabric.protos.orderer.KafkaBrokers;
import org.hyperledger.fabric.protos.peer.ACLs;
import org.hyperledger.fabric.protos.peer.AnchorPeers;

/** What the values of a configuration are, by the group they stand in and their names. */
final class ConfigValueTypes {
    private static final Map<String, Descriptor> CHANNEL = Map.of(
            "HashingAlgorithm", HashingAlgorithm.getDescriptor(),
            "BlockDataHashingStructure", BlockDataHashingStructure.getDescriptor(),
            "OrdererAddresses", OrdererAddresses.getDescriptor(),
            "Consortium", Consortium.getDescriptor(),
            "Capabilities", Capabilities.getDescriptor());
    /** With Kafka's, which channels made long ago still have. */
    @SuppressWarnings("deprecation")
    private static final Map<String, Descriptor> ORDERER = Map.of(
            "ConsensusType", ConsensusType.getDescriptor(),
            "BatchSize", BatchSize.getDescriptor(),
            "BatchTimeout", BatchTimeout.getDescriptor(),
            "KafkaBrokers", KafkaBrokers.getDescriptor(),
            "ChannelRestrictions", ChannelRestrictions.getDescriptor(),
            "Capabilities", Capabilities.getDescriptor(),
            "Orderers", Orderers.getDescriptor());

    private static final Map<String, Descriptor> ORDERER_ORGANIZATION =
            Map.of("MSP", MSPConfig.getDescriptor(), "Endpoints", OrdererAddresses.getDescriptor());
    private static final Map<String, Descriptor> APPLICATION =
            Map.of("Capabilities", Capabilities.getDescriptor(), "ACLs", ACLs.getDescriptor());
    private static final Map<String, Descriptor> APPLICATION_ORGANIZATION =
            Map.of("MSP", MSPConfig.getDescriptor(), "AnchorPeers", AnchorPeers.getDescriptor());
    private static final Map<String, Descriptor> CONSORTIUM = Map.of("ChannelCreationPolicy", Policy.getDescriptor());
    private static final Map<String, Descriptor> CONSORTIUM_ORGANIZATION = Map.of("MSP", MSPConfig.getDescriptor());

    private ConfigValueTypes() {}

    static Optional<Descriptor> of(Surroundings value) {
        Map<String, Descriptor> known = switch (value.kind()) {
            case CHANNEL -> CHANNEL;
            case ORDERER -> ORDERER;
            case ORDERER_ORGANIZATION -> ORDERER_ORGANIZATION;
            case APPLICATION -> APPLICATION;
            case APPLICATION_ORGANIZATION -> APPLICATION_ORGANIZATION;
            case CONSORTIUM -> CONSORTIUM;
            case CONSORTIUM_ORGANIZATION -> CONSORTIUM_ORGANIZATION;
            default -> Map.of();
        };
        return Optional.ofNullable(known.get(value.name()));
    }
}
