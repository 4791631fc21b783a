package org.jangbu.tests.network;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
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
import org.jangbu.model.ChannelId;
import org.jangbu.model.MspId;
import org.jangbu.model.TxId;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.msp.membership.LocalMsp;
import org.jangbu.msp.membership.MspConfigurationException;
import org.jangbu.quickstart.QuickStartUsers;
import org.jangbu.tests.server.TrialServer;

/** A client that keeps its keys to itself: it makes, signs and assembles everything, and needs the server for endorsing and ordering only. */
public final class OwnKeys {
    private static final int NONCE_LENGTH = 24;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SigningIdentity signer;
    private final ChannelId channel;
    /** Opens the HTTP door; what is sent through it is judged by its own signatures. */
    private final Rest rest = Rest.as(QuickStartUsers.userOfOrg2());

    public OwnKeys(SigningIdentity signer) {
        this(signer, TrialServer.CHANNEL);
    }

    /** On a channel of one's own. */
    public OwnKeys(SigningIdentity signer, ChannelId channel) {
        this.signer = signer;
        this.channel = channel;
    }

    /** The user of the first organisation, with the key from its own folder. */
    public static OwnKeys ofUser() throws IOException, MspConfigurationException {
        return new OwnKeys(identity(
                TrialServer.installation()
                        .network()
                        .organizations()
                        .resolve("peerOrganizations/org1.example.com/users/User1@org1.example.com/msp"),
                "Org1MSP"));
    }

    /** Whoever's key lies in an MSP folder. */
    public static SigningIdentity identity(Path msp, String mspId) throws IOException, MspConfigurationException {
        return LocalMsp.read(msp, new MspId(mspId)).signingIdentity();
    }

    public SigningIdentity signer() {
        return signer;
    }

    /** A proposal for the channel, now. */
    public SignedProposal propose(String chaincode, String function, String... arguments) {
        return propose(
                chaincode,
                Instant.now(),
                Arrays.stream(arguments).map(ByteString::copyFromUtf8).toList(),
                function);
    }

    /** The same with any bytes as arguments, said to be made at some moment. */
    public SignedProposal propose(String chaincode, Instant at, Iterable<ByteString> arguments, String function) {
        return propose(channel.value(), chaincode, at, arguments, function);
    }

    /** A proposal that concerns no channel, now. */
    public SignedProposal proposeWithoutChannel(String chaincode, Iterable<ByteString> arguments, String function) {
        return propose("", chaincode, Instant.now(), arguments, function);
    }

    private SignedProposal propose(
            String channel, String chaincode, Instant at, Iterable<ByteString> arguments, String function) {
        byte[] random = new byte[NONCE_LENGTH];
        RANDOM.nextBytes(random);
        ByteString nonce = ByteString.copyFrom(random);
        ChannelHeader channelHeader = ChannelHeader.newBuilder()
                .setType(HeaderType.ENDORSER_TRANSACTION_VALUE)
                .setTimestamp(
                        Timestamp.newBuilder().setSeconds(at.getEpochSecond()).setNanos(at.getNano()))
                .setChannelId(channel)
                .setTxId(TxId.of(nonce, signer.serialized()).value())
                .setExtension(ChaincodeHeaderExtension.newBuilder()
                        .setChaincodeId(ChaincodeID.newBuilder().setName(chaincode))
                        .build()
                        .toByteString())
                .build();
        SignatureHeader signatureHeader = SignatureHeader.newBuilder()
                .setCreator(signer.serialized())
                .setNonce(nonce)
                .build();
        Header header = Header.newBuilder()
                .setChannelHeader(channelHeader.toByteString())
                .setSignatureHeader(signatureHeader.toByteString())
                .build();
        return sign(Proposal.newBuilder()
                .setHeader(header.toByteString())
                .setPayload(payload(chaincode, function, arguments))
                .build()
                .toByteString());
    }

    /** Signs whatever is said to be a proposal. */
    public SignedProposal sign(ByteString proposal) {
        return SignedProposal.newBuilder()
                .setProposalBytes(proposal)
                .setSignature(signer.sign(proposal))
                .build();
    }

    /** Has a proposal endorsed. */
    public Rest.Answer send(SignedProposal proposal) throws IOException, InterruptedException {
        return rest.post(Rest.channel(channel) + "/proposals", "application/octet-stream", proposal.toByteArray());
    }

    /** Has every endorser answer a proposal, whether or not they agree or suffice. */
    public Rest.Answer compare(SignedProposal proposal) throws IOException, InterruptedException {
        return rest.post(
                Rest.channel(channel) + "/proposals?compare=true", "application/octet-stream", proposal.toByteArray());
    }

    /** A transaction, endorsed and signed, not yet sent. */
    public Envelope transaction(String chaincode, String function, String... arguments)
            throws IOException, InterruptedException {
        return endorsed(propose(chaincode, function, arguments));
    }

    /** The same from a proposal. */
    public Envelope endorsed(SignedProposal proposal) throws IOException, InterruptedException {
        return signed(send(proposal));
    }

    /** The first transaction that an answer to a proposal offers, signed. */
    public Envelope signed(Rest.Answer answer) throws IOException {
        if (answer.status() != 200) {
            throw new IOException("not endorsed: " + answer.body());
        }
        String prepared =
                answer.json().getJsonArray("transactions").getJsonObject(0).getString("envelope");
        Envelope envelope = Envelope.parseFrom(Base64.getDecoder().decode(prepared));
        return Forgery.signed(signer, envelope.getPayload());
    }

    /** Hands an envelope in at the front door and waits for its commit. */
    public Rest.Answer send(Envelope envelope) throws IOException, InterruptedException {
        return rest.post(
                Rest.channel(channel) + "/envelopes?wait=30", "application/octet-stream", envelope.toByteArray());
    }

    /** Hands an envelope in at the front door; 202 once the broker has it. */
    public Rest.Answer sendWithoutWaiting(Envelope envelope) throws IOException, InterruptedException {
        return rest.post(Rest.channel(channel) + "/envelopes", "application/octet-stream", envelope.toByteArray());
    }

    private static ByteString payload(String chaincode, String function, Iterable<ByteString> arguments) {
        ChaincodeInput input = ChaincodeInput.newBuilder()
                .addArgs(ByteString.copyFromUtf8(function))
                .addAllArgs(arguments)
                .build();
        ChaincodeSpec spec = ChaincodeSpec.newBuilder()
                .setChaincodeId(ChaincodeID.newBuilder().setName(chaincode))
                .setInput(input)
                .build();
        return ChaincodeProposalPayload.newBuilder()
                .setInput(ChaincodeInvocationSpec.newBuilder()
                        .setChaincodeSpec(spec)
                        .build()
                        .toByteString())
                .build()
                .toByteString();
    }
}
