package org.jangbu.peer.validate;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockData;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.hyperledger.fabric.protos.common.BlockMetadata;
import org.hyperledger.fabric.protos.common.LastConfig;
import org.hyperledger.fabric.protos.common.Metadata;
import org.hyperledger.fabric.protos.common.MetadataSignature;
import org.hyperledger.fabric.protos.common.OrdererBlockMetadata;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;
import org.hyperledger.fabric.protos.peer.ApplicationPolicy;
import org.hyperledger.fabric.protos.peer.CollectionConfig;
import org.hyperledger.fabric.protos.peer.CollectionConfigPackage;
import org.hyperledger.fabric.protos.peer.StaticCollectionConfig;
import org.hyperledger.fabric.protos.peer.lifecycle.ChaincodeEndorsementInfo;
import org.hyperledger.fabric.protos.peer.lifecycle.ChaincodeValidationInfo;
import org.hyperledger.fabric.protos.peer.lifecycle.StateData;
import org.hyperledger.fabric.protos.peer.lifecycle.StateMetadata;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.channel.ChannelConfigException;
import org.jangbu.ledger.channel.ChannelConfigReader;
import org.jangbu.ledger.channel.FabricVectors;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.ledger.state.VersionedValue;
import org.jangbu.model.BlockHash;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.Version;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.msp.policy.PolicyLanguage;
import org.jangbu.msp.policy.PolicySyntaxException;
import org.jangbu.peer.lifecycle.ChaincodeDefinition;
import org.jangbu.peer.lifecycle.LifecycleKeys;

/** The recorded network's channel, continued by blocks of our own that its orderer signs. */
public final class TestChannel {
    public static final ChannelConfig CONFIG = config();
    public static final SignaturePolicyEnvelope BOTH = policy("AND('Org1MSP.peer','Org2MSP.peer')");
    public static final SignaturePolicyEnvelope ORG1 = policy("OR('Org1MSP.peer')");
    public static final SignaturePolicyEnvelope ORG2 = policy("OR('Org2MSP.peer')");

    private final List<Block> blocks = new ArrayList<>(List.of(FabricVectors.block(0)));

    /** A ledger that begins with the channel's first block, and on which {@code basic} is defined under AND of both organisations. */
    public static MemoryPeerLedger ledger() {
        MemoryPeerLedger ledger = MemoryPeerLedger.startingWith(FabricVectors.block(0));
        define(ledger, TestTransaction.CHAINCODE, BOTH);
        return ledger;
    }

    /** Defines a chaincode with the collections {@code shared} (no policy of its own) and {@code org1only} (Org1 alone). */
    public static void define(MemoryPeerLedger ledger, String chaincode, SignaturePolicyEnvelope policy) {
        define(ledger, chaincode, policy, ChaincodeDefinition.VSCC);
    }

    /** Defines one whose transactions a plug-in judges. */
    public static void define(
            MemoryPeerLedger ledger, String chaincode, SignaturePolicyEnvelope policy, String validationPlugin) {
        ChaincodeName name = new ChaincodeName(chaincode);
        put(
                ledger,
                LifecycleKeys.metadata(name),
                StateMetadata.newBuilder()
                        .setDatatype(LifecycleKeys.DEFINITION_TYPE)
                        .build()
                        .toByteString());
        put(
                ledger,
                LifecycleKeys.field(name, LifecycleKeys.SEQUENCE),
                StateData.newBuilder().setInt64(1).build().toByteString());
        put(
                ledger,
                LifecycleKeys.field(name, LifecycleKeys.ENDORSEMENT_INFO),
                data(ChaincodeEndorsementInfo.newBuilder()
                        .setVersion("1.0")
                        .setEndorsementPlugin(ChaincodeDefinition.ESCC)
                        .build()
                        .toByteString()));
        put(
                ledger,
                LifecycleKeys.field(name, LifecycleKeys.VALIDATION_INFO),
                data(ChaincodeValidationInfo.newBuilder()
                        .setValidationPlugin(validationPlugin)
                        .setValidationParameter(application(policy).toByteString())
                        .build()
                        .toByteString()));
        put(ledger, LifecycleKeys.field(name, LifecycleKeys.COLLECTIONS), data(collections()));
    }

    private static ByteString collections() {
        return CollectionConfigPackage.newBuilder()
                .addConfig(CollectionConfig.newBuilder()
                        .setStaticCollectionConfig(
                                StaticCollectionConfig.newBuilder().setName("shared")))
                .addConfig(CollectionConfig.newBuilder()
                        .setStaticCollectionConfig(StaticCollectionConfig.newBuilder()
                                .setName("org1only")
                                .setEndorsementPolicy(application(ORG1))))
                .build()
                .toByteString();
    }

    private static ApplicationPolicy application(SignaturePolicyEnvelope policy) {
        return ApplicationPolicy.newBuilder().setSignaturePolicy(policy).build();
    }

    private static ByteString data(ByteString bytes) {
        return StateData.newBuilder().setBytes(bytes).build().toByteString();
    }

    private static void put(MemoryPeerLedger ledger, StateKey key, ByteString value) {
        ledger.put(key, new VersionedValue(value, ByteString.EMPTY, new Version(0, 0)));
    }

    /** The next block, signed. */
    public Block next(ByteString... envelopes) {
        Block block = after(blocks.get(blocks.size() - 1), envelopes);
        blocks.add(block);
        return block;
    }

    /** The blocks so far, the first included. */
    public List<Block> blocks() {
        return List.copyOf(blocks);
    }

    /** A signed block that follows another, whether or not the chain goes that way. */
    public static Block after(Block previous, ByteString... envelopes) {
        BlockData data = BlockData.newBuilder().addAllData(List.of(envelopes)).build();
        return sign(
                BlockHeader.newBuilder()
                        .setNumber(previous.getHeader().getNumber() + 1)
                        .setPreviousHash(BlockHash.of(previous.getHeader()))
                        .setDataHash(BlockHash.of(data))
                        .build(),
                data,
                FabricVectors.orderer());
    }

    /** A block of these parts, signed by whomever. */
    public static Block sign(BlockHeader header, BlockData data, SigningIdentity signer) {
        LastConfig last = LastConfig.getDefaultInstance();
        ByteString value =
                OrdererBlockMetadata.newBuilder().setLastConfig(last).build().toByteString();
        ByteString signatureHeader = SignatureHeader.newBuilder()
                .setCreator(signer.serialized())
                .setNonce(ByteString.copyFromUtf8("nonce"))
                .build()
                .toByteString();
        Metadata signatures = Metadata.newBuilder()
                .setValue(value)
                .addSignatures(MetadataSignature.newBuilder()
                        .setSignatureHeader(signatureHeader)
                        .setSignature(signer.sign(value, signatureHeader, BlockHash.der(header))))
                .build();
        return Block.newBuilder()
                .setHeader(header)
                .setData(data)
                .setMetadata(BlockMetadata.newBuilder()
                        .addMetadata(signatures.toByteString())
                        .addMetadata(Metadata.newBuilder()
                                .setValue(last.toByteString())
                                .build()
                                .toByteString())
                        .addMetadata(ByteString.EMPTY)
                        .addMetadata(ByteString.EMPTY)
                        .addMetadata(ByteString.EMPTY))
                .build();
    }

    private static SignaturePolicyEnvelope policy(String text) {
        try {
            return PolicyLanguage.parse(text);
        } catch (PolicySyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static ChannelConfig config() {
        try {
            return ChannelConfigReader.read(FabricVectors.block(0));
        } catch (ChannelConfigException e) {
            throw new IllegalStateException(e);
        }
    }
}
