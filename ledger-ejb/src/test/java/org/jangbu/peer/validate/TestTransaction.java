package org.jangbu.peer.validate;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.ledger.rwset.NsReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.TxReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.peer.ChaincodeAction;
import org.hyperledger.fabric.protos.peer.ChaincodeActionPayload;
import org.hyperledger.fabric.protos.peer.ChaincodeEndorsedAction;
import org.hyperledger.fabric.protos.peer.ChaincodeHeaderExtension;
import org.hyperledger.fabric.protos.peer.ChaincodeID;
import org.hyperledger.fabric.protos.peer.ChaincodeProposalPayload;
import org.hyperledger.fabric.protos.peer.Endorsement;
import org.hyperledger.fabric.protos.peer.ProposalResponsePayload;
import org.hyperledger.fabric.protos.peer.Response;
import org.hyperledger.fabric.protos.peer.Transaction;
import org.hyperledger.fabric.protos.peer.TransactionAction;
import org.jangbu.ledger.channel.FabricVectors;
import org.jangbu.model.ProposalHash;
import org.jangbu.model.TxId;
import org.jangbu.msp.identity.SigningIdentity;

/**
 * An endorser transaction as a client would put it together, each part of which a test may spoil: hooks see a message just before it is
 * serialised, hashed or signed, so that everything after it is consistent with what the hook made of it.
 */
public final class TestTransaction {
    public static final String CHAINCODE = "basic";
    private static final Random NONCES = new Random(7);

    private final List<NsReadWriteSet> namespaces = new ArrayList<>();
    private SigningIdentity creator = FabricVectors.user(1);
    private List<SigningIdentity> endorsers = List.of(FabricVectors.peer(1), FabricVectors.peer(2));
    private String chaincode = CHAINCODE;
    private ByteString nonce = ByteString.EMPTY;
    private UnaryOperator<ChannelHeader> channelHeader = UnaryOperator.identity();
    private UnaryOperator<SignatureHeader> signatureHeader = UnaryOperator.identity();
    private UnaryOperator<ChaincodeAction> action = UnaryOperator.identity();
    private UnaryOperator<ProposalResponsePayload> response = UnaryOperator.identity();
    private UnaryOperator<ChaincodeEndorsedAction> endorsed = UnaryOperator.identity();
    private UnaryOperator<Transaction> transaction = UnaryOperator.identity();
    private UnaryOperator<Payload> payload = UnaryOperator.identity();
    private UnaryOperator<Envelope> envelope = UnaryOperator.identity();

    private TestTransaction() {
        byte[] bytes = new byte[24];
        synchronized (NONCES) {
            NONCES.nextBytes(bytes);
        }
        nonce = ByteString.copyFrom(bytes);
    }

    /** A valid transaction of {@code basic} that does nothing yet. */
    public static TestTransaction make() {
        return new TestTransaction();
    }

    /** One that writes a key. */
    public static TestTransaction writing(String key, String value) {
        return make().with(CHAINCODE, RwSets.write(key, value));
    }

    public TestTransaction with(String namespace, KVRWSet set) {
        return with(NsReadWriteSet.newBuilder()
                .setNamespace(namespace)
                .setRwset(set.toByteString())
                .build());
    }

    public TestTransaction with(NsReadWriteSet set) {
        namespaces.add(set);
        return this;
    }

    public TestTransaction by(SigningIdentity identity) {
        creator = identity;
        return this;
    }

    public TestTransaction endorsedBy(SigningIdentity... identities) {
        endorsers = List.of(identities);
        return this;
    }

    public TestTransaction of(String name) {
        chaincode = name;
        return this;
    }

    public TestTransaction nonce(ByteString bytes) {
        nonce = bytes;
        return this;
    }

    public TestTransaction channelHeader(UnaryOperator<ChannelHeader> change) {
        channelHeader = change;
        return this;
    }

    public TestTransaction signatureHeader(UnaryOperator<SignatureHeader> change) {
        signatureHeader = change;
        return this;
    }

    public TestTransaction action(UnaryOperator<ChaincodeAction> change) {
        action = change;
        return this;
    }

    public TestTransaction response(UnaryOperator<ProposalResponsePayload> change) {
        response = change;
        return this;
    }

    public TestTransaction endorsed(UnaryOperator<ChaincodeEndorsedAction> change) {
        endorsed = change;
        return this;
    }

    public TestTransaction transaction(UnaryOperator<Transaction> change) {
        transaction = change;
        return this;
    }

    public TestTransaction payload(UnaryOperator<Payload> change) {
        payload = change;
        return this;
    }

    public TestTransaction envelope(UnaryOperator<Envelope> change) {
        envelope = change;
        return this;
    }

    public TxId txId() {
        return TxId.of(nonce, creator.serialized());
    }

    /** The envelope's bytes, as they stand in a block. */
    public ByteString bytes() {
        Header header = header();
        ByteString proposal = ChaincodeProposalPayload.newBuilder()
                .setInput(ByteString.copyFromUtf8("input"))
                .build()
                .toByteString();
        ChaincodeActionPayload actionPayload = ChaincodeActionPayload.newBuilder()
                .setChaincodeProposalPayload(proposal)
                .setAction(endorsed.apply(endorse(header, proposal)))
                .build();
        Transaction whole = Transaction.newBuilder()
                .addActions(TransactionAction.newBuilder()
                        .setHeader(header.getSignatureHeader())
                        .setPayload(actionPayload.toByteString()))
                .build();
        ByteString signed = payload.apply(Payload.newBuilder()
                        .setHeader(header)
                        .setData(transaction.apply(whole).toByteString())
                        .build())
                .toByteString();
        return envelope.apply(Envelope.newBuilder()
                        .setPayload(signed)
                        .setSignature(creator.sign(signed))
                        .build())
                .toByteString();
    }

    private Header header() {
        ChannelHeader channel = ChannelHeader.newBuilder()
                .setType(HeaderType.ENDORSER_TRANSACTION_VALUE)
                .setChannelId("mychannel")
                .setTimestamp(Timestamp.newBuilder().setSeconds(1_795_354_730))
                .setTxId(txId().value())
                .setExtension(ChaincodeHeaderExtension.newBuilder()
                        .setChaincodeId(ChaincodeID.newBuilder().setName(chaincode))
                        .build()
                        .toByteString())
                .build();
        SignatureHeader signature = SignatureHeader.newBuilder()
                .setCreator(creator.serialized())
                .setNonce(nonce)
                .build();
        return Header.newBuilder()
                .setChannelHeader(channelHeader.apply(channel).toByteString())
                .setSignatureHeader(signatureHeader.apply(signature).toByteString())
                .build();
    }

    private ChaincodeEndorsedAction endorse(Header header, ByteString proposal) {
        ChaincodeAction answered = action.apply(ChaincodeAction.newBuilder()
                .setResults(TxReadWriteSet.newBuilder()
                        .addAllNsRwset(namespaces)
                        .build()
                        .toByteString())
                .setResponse(Response.newBuilder().setStatus(200))
                .setChaincodeId(ChaincodeID.newBuilder().setName(chaincode).setVersion("1.0"))
                .build());
        ByteString responseBytes = response.apply(ProposalResponsePayload.newBuilder()
                        .setProposalHash(ProposalHash.ofVisible(header, proposal))
                        .setExtension(answered.toByteString())
                        .build())
                .toByteString();
        ChaincodeEndorsedAction.Builder result =
                ChaincodeEndorsedAction.newBuilder().setProposalResponsePayload(responseBytes);
        for (SigningIdentity endorser : endorsers) {
            result.addEndorsements(Endorsement.newBuilder()
                    .setEndorser(endorser.serialized())
                    .setSignature(endorser.sign(responseBytes, endorser.serialized())));
        }
        return result.build();
    }
}
