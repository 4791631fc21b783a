package org.jangbu.peer.endorse;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
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
import org.jangbu.ledger.channel.FabricVectors;
import org.jangbu.model.TxId;
import org.jangbu.msp.identity.SigningIdentity;

/** Builds proposals as a client does; what a test does not name is as it should be. */
public final class TestProposal {
    private static final AtomicLong NONCES = new AtomicLong();

    private SigningIdentity creator = FabricVectors.user(1);
    private ByteString creatorBytes = creator.serialized();
    private ByteString nonce = ByteString.copyFromUtf8("nonce " + NONCES.incrementAndGet());
    private String channel = TestPeer.CHANNEL;
    private String chaincode = TestPeer.CHAINCODE;
    private int type = HeaderType.ENDORSER_TRANSACTION_VALUE;
    private long epoch;
    private String txId = "";
    private Instant timestamp = TestPeer.NOW;
    private List<ByteString> args = List.of();
    private boolean init;
    private final Map<String, ByteString> transientData = new HashMap<>();
    private ByteString signature = ByteString.EMPTY;
    private boolean unsigned;

    public static TestProposal of(String... args) {
        return new TestProposal().args(TestPeer.args(args));
    }

    public TestProposal args(List<ByteString> args) {
        this.args = args;
        return this;
    }

    public TestProposal by(SigningIdentity creator) {
        this.creator = creator;
        this.creatorBytes = creator.serialized();
        return this;
    }

    public TestProposal creatorBytes(ByteString bytes) {
        this.creatorBytes = bytes;
        return this;
    }

    public TestProposal nonce(ByteString nonce) {
        this.nonce = nonce;
        return this;
    }

    public TestProposal channel(String channel) {
        this.channel = channel;
        return this;
    }

    public TestProposal chaincode(String chaincode) {
        this.chaincode = chaincode;
        return this;
    }

    public TestProposal type(int type) {
        this.type = type;
        return this;
    }

    public TestProposal epoch(long epoch) {
        this.epoch = epoch;
        return this;
    }

    public TestProposal txId(String txId) {
        this.txId = txId;
        return this;
    }

    public TestProposal at(Instant timestamp) {
        this.timestamp = timestamp;
        return this;
    }

    public TestProposal init() {
        this.init = true;
        return this;
    }

    public TestProposal transientData(String name, String value) {
        transientData.put(name, ByteString.copyFromUtf8(value));
        return this;
    }

    public TestProposal signature(ByteString signature) {
        this.signature = signature;
        this.unsigned = true;
        return this;
    }

    public SignedProposal signed() {
        String id = txId.isEmpty() ? TxId.of(nonce, creatorBytes).value() : txId;
        ChannelHeader channelHeader = ChannelHeader.newBuilder()
                .setType(type)
                .setTimestamp(Timestamp.newBuilder()
                        .setSeconds(timestamp.getEpochSecond())
                        .setNanos(timestamp.getNano()))
                .setChannelId(channel)
                .setTxId(id)
                .setEpoch(epoch)
                .setExtension(ChaincodeHeaderExtension.newBuilder()
                        .setChaincodeId(ChaincodeID.newBuilder().setName(chaincode))
                        .build()
                        .toByteString())
                .build();
        Header header = Header.newBuilder()
                .setChannelHeader(channelHeader.toByteString())
                .setSignatureHeader(SignatureHeader.newBuilder()
                        .setCreator(creatorBytes)
                        .setNonce(nonce)
                        .build()
                        .toByteString())
                .build();
        ChaincodeInvocationSpec spec = ChaincodeInvocationSpec.newBuilder()
                .setChaincodeSpec(ChaincodeSpec.newBuilder()
                        .setChaincodeId(ChaincodeID.newBuilder().setName(chaincode))
                        .setInput(ChaincodeInput.newBuilder().addAllArgs(args).setIsInit(init)))
                .build();
        ByteString bytes = Proposal.newBuilder()
                .setHeader(header.toByteString())
                .setPayload(ChaincodeProposalPayload.newBuilder()
                        .setInput(spec.toByteString())
                        .putAllTransientMap(transientData)
                        .build()
                        .toByteString())
                .build()
                .toByteString();
        return SignedProposal.newBuilder()
                .setProposalBytes(bytes)
                .setSignature(unsigned ? signature : creator.sign(bytes))
                .build();
    }
}
