package org.jangbu.msp.membership;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.ConfigEnvelope;
import org.hyperledger.fabric.protos.common.ConfigSignature;
import org.hyperledger.fabric.protos.common.ConfigUpdateEnvelope;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Metadata;
import org.hyperledger.fabric.protos.common.MetadataSignature;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.msp.MSPConfig;
import org.hyperledger.fabric.protos.peer.ChaincodeActionPayload;
import org.hyperledger.fabric.protos.peer.ChaincodeEndorsedAction;
import org.hyperledger.fabric.protos.peer.Endorsement;
import org.hyperledger.fabric.protos.peer.Transaction;
import org.jangbu.model.BlockHash;
import org.jangbu.model.MspId;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.policy.PolicyLanguage;
import org.jangbu.msp.policy.SignaturePolicy;
import org.jangbu.msp.policy.SignedData;
import org.jangbu.msp.testing.FabricNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a real Fabric network signed, read and judged here. */
class FabricVectorsTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void every_signature_in_the_block_verifies_and_no_altered_one_does(int number) throws Exception {
        ChannelMembership channel = FabricNetwork.channel();
        List<SignedData> signatures = signatures(FabricNetwork.block(number));
        assertThat(signatures).hasSizeGreaterThanOrEqualTo(2);
        for (SignedData signed : signatures) {
            Identity identity = channel.deserialize(signed.identity());
            channel.validate(identity);
            Expiry.checkNotExpired(identity, Instant.parse("2026-11-22T14:00:00Z"));
            ByteString[] data = signed.data().toArray(new ByteString[0]);
            assertThat(identity.verifies(signed.signature(), data)).isTrue();
            assertThat(identity.verifies(signed.signature(), data))
                    .as("again, from memory")
                    .isTrue();
            byte[] altered = signed.signature().toByteArray();
            altered[altered.length - 1] ^= 1;
            assertThat(identity.verifies(ByteString.copyFrom(altered), data)).isFalse();
            data[0] = data[0].concat(ByteString.copyFromUtf8("x"));
            assertThat(identity.verifies(signed.signature(), data)).isFalse();
        }
    }

    @Test
    void both_endorsements_of_a_transfer_satisfy_a_policy_of_both_organizations() throws Exception {
        ChannelMembership channel = FabricNetwork.channel();
        List<SignedData> endorsements =
                endorsements(payload(FabricNetwork.block(8).getData().getData(0)));
        SignaturePolicy both = SignaturePolicy.of(PolicyLanguage.parse("AND('Org1MSP.peer', 'Org2MSP.peer')"), channel);
        assertThat(both.isSatisfiedBySignatures(endorsements)).isTrue();
        assertThat(both.isSatisfiedBySignatures(endorsements.subList(0, 1))).isFalse();
        assertThat(both.isSatisfiedBySignatures(List.of(endorsements.get(0), endorsements.get(0))))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"OrdererMSP", "Org1MSP", "Org2MSP"})
    void a_folder_gives_the_very_bytes_that_stand_in_the_genesis_block(String name) throws Exception {
        MspId id = new MspId(name);
        LocalMsp folder = LocalMsp.read(FabricNetwork.organization(id).resolve("msp"), id);
        List<ByteString> inGenesis =
                FabricNetwork.mspConfigs().stream().map(MSPConfig::toByteString).toList();
        assertThat(inGenesis).contains(folder.channelConfig().toByteString());
    }

    private static List<SignedData> signatures(Block block) throws IOException {
        List<SignedData> signatures = new ArrayList<>();
        Metadata orderer = Metadata.parseFrom(block.getMetadata().getMetadata(0));
        for (MetadataSignature signature : orderer.getSignaturesList()) {
            signatures.add(new SignedData(
                    List.of(orderer.getValue(), signature.getSignatureHeader(), BlockHash.der(block.getHeader())),
                    SignatureHeader.parseFrom(signature.getSignatureHeader()).getCreator(),
                    signature.getSignature()));
        }
        for (ByteString data : block.getData().getDataList()) {
            signatures.add(creator(data));
            Payload payload = payload(data);
            signatures.addAll(
                    payload.getData().isEmpty() || isConfig(payload)
                            ? configSignatures(payload)
                            : endorsements(payload));
        }
        return signatures;
    }

    private static boolean isConfig(Payload payload) throws IOException {
        return org.hyperledger.fabric.protos.common.ChannelHeader.parseFrom(
                                payload.getHeader().getChannelHeader())
                        .getType()
                == org.hyperledger.fabric.protos.common.HeaderType.CONFIG_VALUE;
    }

    private static SignedData creator(ByteString data) throws IOException {
        Envelope envelope = Envelope.parseFrom(data);
        SignatureHeader header =
                SignatureHeader.parseFrom(payload(data).getHeader().getSignatureHeader());
        return new SignedData(List.of(envelope.getPayload()), header.getCreator(), envelope.getSignature());
    }

    private static Payload payload(ByteString data) throws IOException {
        return Payload.parseFrom(Envelope.parseFrom(data).getPayload());
    }

    private static List<SignedData> configSignatures(Payload payload) throws IOException {
        Envelope update = ConfigEnvelope.parseFrom(payload.getData()).getLastUpdate();
        List<SignedData> signatures = new ArrayList<>();
        signatures.add(creator(update.toByteString()));
        ConfigUpdateEnvelope content = ConfigUpdateEnvelope.parseFrom(
                Payload.parseFrom(update.getPayload()).getData());
        for (ConfigSignature signature : content.getSignaturesList()) {
            signatures.add(new SignedData(
                    List.of(signature.getSignatureHeader(), content.getConfigUpdate()),
                    SignatureHeader.parseFrom(signature.getSignatureHeader()).getCreator(),
                    signature.getSignature()));
        }
        return signatures;
    }

    private static List<SignedData> endorsements(Payload payload) throws IOException {
        ChaincodeEndorsedAction action = ChaincodeActionPayload.parseFrom(
                        Transaction.parseFrom(payload.getData()).getActions(0).getPayload())
                .getAction();
        List<SignedData> signatures = new ArrayList<>();
        for (Endorsement endorsement : action.getEndorsementsList()) {
            signatures.add(new SignedData(
                    List.of(action.getProposalResponsePayload(), endorsement.getEndorser()),
                    endorsement.getEndorser(),
                    endorsement.getSignature()));
        }
        return signatures;
    }
}
