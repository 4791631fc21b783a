package org.jangbu.msp.client;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.peer.ChaincodeHeaderExtension;
import org.hyperledger.fabric.protos.peer.ChaincodeID;
import org.hyperledger.fabric.protos.peer.ChaincodeInput;
import org.hyperledger.fabric.protos.peer.ChaincodeInvocationSpec;
import org.hyperledger.fabric.protos.peer.ChaincodeProposalPayload;
import org.hyperledger.fabric.protos.peer.ChaincodeSpec;
import org.hyperledger.fabric.protos.peer.Proposal;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.ChannelId;
import org.jangbu.model.TxId;
import org.jangbu.msp.identity.SigningIdentity;

/** Builds and signs proposals as Fabric's client libraries do: a fresh nonce of 24 bytes and with it the transaction id. */
public final class Proposals {
    private static final int NONCE_LENGTH = 24;

    private final Clock clock;
    private final SecureRandom random;

    public Proposals(Clock clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    /** A proposal signed by {@code signer}, who thereby becomes the transaction's creator. */
    public Signed sign(SigningIdentity signer, ChannelId channel, ChaincodeName chaincode, Invocation invocation) {
        return sign(signer, channel.value(), chaincode, invocation);
    }

    /** The same for what one peer does beside all channels, such as keeping a package. */
    public Signed signForPeer(SigningIdentity signer, ChaincodeName chaincode, Invocation invocation) {
        return sign(signer, "", chaincode, invocation);
    }

    private Signed sign(SigningIdentity signer, String channel, ChaincodeName chaincode, Invocation invocation) {
        byte[] bytes = new byte[NONCE_LENGTH];
        random.nextBytes(bytes);
        ByteString nonce = ByteString.copyFrom(bytes);
        TxId txId = TxId.of(nonce, signer.serialized());
        ByteString proposal = Proposal.newBuilder()
                .setHeader(header(signer, nonce, channelHeader(channel, chaincode, txId)))
                .setPayload(payload(chaincode, invocation))
                .build()
                .toByteString();
        SignedProposal signed = SignedProposal.newBuilder()
                .setProposalBytes(proposal)
                .setSignature(signer.sign(proposal))
                .build();
        return new Signed(txId, signed);
    }

    /** A signed proposal and the id of the transaction it may become. */
    public record Signed(TxId txId, SignedProposal proposal) {}

    private ChannelHeader channelHeader(String channel, ChaincodeName chaincode, TxId txId) {
        Instant now = clock.instant();
        return ChannelHeader.newBuilder()
                .setType(HeaderType.ENDORSER_TRANSACTION_VALUE)
                .setTimestamp(
                        Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()))
                .setChannelId(channel)
                .setTxId(txId.value())
                .setExtension(ChaincodeHeaderExtension.newBuilder()
                        .setChaincodeId(ChaincodeID.newBuilder().setName(chaincode.value()))
                        .build()
                        .toByteString())
                .build();
    }

    private static ByteString header(SigningIdentity signer, ByteString nonce, ChannelHeader channelHeader) {
        return Header.newBuilder()
                .setChannelHeader(channelHeader.toByteString())
                .setSignatureHeader(SignatureHeader.newBuilder()
                        .setCreator(signer.serialized())
                        .setNonce(nonce)
                        .build()
                        .toByteString())
                .build()
                .toByteString();
    }

    private static ByteString payload(ChaincodeName chaincode, Invocation invocation) {
        ChaincodeInput input = ChaincodeInput.newBuilder()
                .addArgs(invocation.function())
                .addAllArgs(invocation.args())
                .setIsInit(invocation.init())
                .build();
        ChaincodeSpec spec = ChaincodeSpec.newBuilder()
                .setChaincodeId(ChaincodeID.newBuilder().setName(chaincode.value()))
                .setInput(input)
                .build();
        return ChaincodeProposalPayload.newBuilder()
                .setInput(ChaincodeInvocationSpec.newBuilder()
                        .setChaincodeSpec(spec)
                        .build()
                        .toByteString())
                .putAllTransientMap(invocation.transientData())
                .build()
                .toByteString();
    }
}
