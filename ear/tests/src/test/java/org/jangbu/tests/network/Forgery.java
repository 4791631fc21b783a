package org.jangbu.tests.network;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.ledger.rwset.NsReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.TxReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWrite;
import org.hyperledger.fabric.protos.peer.ChaincodeAction;
import org.hyperledger.fabric.protos.peer.ChaincodeActionPayload;
import org.hyperledger.fabric.protos.peer.ChaincodeEndorsedAction;
import org.hyperledger.fabric.protos.peer.Endorsement;
import org.hyperledger.fabric.protos.peer.ProposalResponsePayload;
import org.hyperledger.fabric.protos.peer.Transaction;
import org.jangbu.model.ProposalHash;
import org.jangbu.model.TxId;
import org.jangbu.msp.identity.SigningIdentity;

/** Takes honest transactions apart and puts them together wrongly. Unless the creator's signature is the matter, the creator signs the result. */
public final class Forgery {
    private final SigningIdentity creator;

    public Forgery(SigningIdentity creator) {
        this.creator = creator;
    }

    /** An envelope of a payload, with the signature that belongs to it. */
    public static Envelope signed(SigningIdentity creator, ByteString payload) {
        return Envelope.newBuilder()
                .setPayload(payload)
                .setSignature(creator.sign(payload))
                .build();
    }

    /** The transaction's id. */
    public static TxId txId(Envelope envelope) throws InvalidProtocolBufferException {
        Payload payload = Payload.parseFrom(envelope.getPayload());
        return new TxId(
                ChannelHeader.parseFrom(payload.getHeader().getChannelHeader()).getTxId());
    }

    /** With a signature of the creator's over something else. */
    public Envelope wrongCreatorSignature(Envelope envelope) {
        return envelope.toBuilder()
                .setSignature(creator.sign(ByteString.copyFromUtf8("something else")))
                .build();
    }

    /** As if it had been proposed, endorsed and sent for another channel, the signatures of its endorsers aside. */
    public Envelope forChannel(Envelope envelope, String channel) throws InvalidProtocolBufferException {
        Envelope elsewhere = withHeaderForChannel(envelope, channel);
        ChaincodeActionPayload action = action(elsewhere);
        ByteString hash = ProposalHash.ofVisible(
                Payload.parseFrom(elsewhere.getPayload()).getHeader(), action.getChaincodeProposalPayload());
        ChaincodeEndorsedAction endorsed = action.getAction();
        ByteString response = ProposalResponsePayload.parseFrom(endorsed.getProposalResponsePayload()).toBuilder()
                .setProposalHash(hash)
                .build()
                .toByteString();
        return with(
                elsewhere,
                endorsed.toBuilder().setProposalResponsePayload(response).build());
    }

    /** With another channel in its header, which is not the one that was endorsed. */
    public Envelope withHeaderForChannel(Envelope envelope, String channel) throws InvalidProtocolBufferException {
        Payload payload = Payload.parseFrom(envelope.getPayload());
        ByteString header = ChannelHeader.parseFrom(payload.getHeader().getChannelHeader()).toBuilder()
                .setChannelId(channel)
                .build()
                .toByteString();
        Payload.Builder changed = payload.toBuilder();
        changed.getHeaderBuilder().setChannelHeader(header);
        return signed(creator, changed.build().toByteString());
    }

    /** The endorsements that a transaction carries. */
    public static List<Endorsement> endorsements(Envelope envelope) throws InvalidProtocolBufferException {
        return action(envelope).getAction().getEndorsementsList();
    }

    /** With exactly these endorsements, in this order. */
    public Envelope withEndorsements(Envelope envelope, List<Endorsement> endorsements)
            throws InvalidProtocolBufferException {
        ChaincodeEndorsedAction action = action(envelope).getAction();
        return with(
                envelope,
                action.toBuilder()
                        .clearEndorsements()
                        .addAllEndorsements(endorsements)
                        .build());
    }

    /** With fewer endorsements than its policy wants. */
    public Envelope withoutEndorsement(Envelope envelope, int which) throws InvalidProtocolBufferException {
        ChaincodeEndorsedAction action = action(envelope).getAction();
        return with(envelope, action.toBuilder().removeEndorsements(which).build());
    }

    /** With an endorser's signature that is another endorser's. */
    public Envelope wrongEndorserSignature(Envelope envelope) throws InvalidProtocolBufferException {
        ChaincodeEndorsedAction action = action(envelope).getAction();
        Endorsement second = action.getEndorsements(1).toBuilder()
                .setSignature(action.getEndorsements(0).getSignature())
                .build();
        return with(envelope, action.toBuilder().setEndorsements(1, second).build());
    }

    /** With one endorser counted twice and the other left out. */
    public Envelope sameEndorserTwice(Envelope envelope) throws InvalidProtocolBufferException {
        ChaincodeEndorsedAction action = action(envelope).getAction();
        return with(
                envelope,
                action.toBuilder().setEndorsements(1, action.getEndorsements(0)).build());
    }

    /** With another value for the first key that a chaincode writes. */
    public Envelope tampered(Envelope envelope, String chaincode, String value) throws InvalidProtocolBufferException {
        ChaincodeEndorsedAction action = action(envelope).getAction();
        ProposalResponsePayload response = ProposalResponsePayload.parseFrom(action.getProposalResponsePayload());
        ChaincodeAction result = ChaincodeAction.parseFrom(response.getExtension());
        TxReadWriteSet.Builder set = TxReadWriteSet.parseFrom(result.getResults()).toBuilder();
        for (int i = 0; i < set.getNsRwsetCount(); i++) {
            NsReadWriteSet namespace = set.getNsRwset(i);
            if (namespace.getNamespace().equals(chaincode)) {
                KVRWSet keys = KVRWSet.parseFrom(namespace.getRwset());
                KVWrite write = keys.getWrites(0).toBuilder()
                        .setValue(ByteString.copyFromUtf8(value))
                        .build();
                set.setNsRwset(
                        i,
                        namespace.toBuilder()
                                .setRwset(keys.toBuilder()
                                        .setWrites(0, write)
                                        .build()
                                        .toByteString()));
            }
        }
        ByteString changed = response.toBuilder()
                .setExtension(result.toBuilder()
                        .setResults(set.build().toByteString())
                        .build()
                        .toByteString())
                .build()
                .toByteString();
        return with(
                envelope, action.toBuilder().setProposalResponsePayload(changed).build());
    }

    /** With every occurrence of a text in what was endorsed replaced by another of the same length. */
    public Envelope replaced(Envelope envelope, String text, String by) throws InvalidProtocolBufferException {
        if (text.length() != by.length()) {
            throw new IllegalArgumentException("lengths differ, so messages would not be well-formed");
        }
        ChaincodeEndorsedAction action = action(envelope).getAction();
        String endorsed = action.getProposalResponsePayload().toString(StandardCharsets.ISO_8859_1);
        ByteString changed = ByteString.copyFrom(endorsed.replace(text, by), StandardCharsets.ISO_8859_1);
        return with(
                envelope, action.toBuilder().setProposalResponsePayload(changed).build());
    }

    /** With good signatures over whatever result it has now, as if these had endorsed that. */
    public Envelope endorsedAnew(Envelope envelope, SigningIdentity... endorsers)
            throws InvalidProtocolBufferException {
        ChaincodeEndorsedAction.Builder action =
                action(envelope).getAction().toBuilder().clearEndorsements();
        for (SigningIdentity endorser : endorsers) {
            action.addEndorsementsBuilder()
                    .setEndorser(endorser.serialized())
                    .setSignature(
                            endorser.sign(action.getProposalResponsePayload().concat(endorser.serialized())));
        }
        return with(envelope, action.build());
    }

    private static ChaincodeActionPayload action(Envelope envelope) throws InvalidProtocolBufferException {
        Transaction transaction =
                Transaction.parseFrom(Payload.parseFrom(envelope.getPayload()).getData());
        return ChaincodeActionPayload.parseFrom(transaction.getActions(0).getPayload());
    }

    private Envelope with(Envelope envelope, ChaincodeEndorsedAction action) throws InvalidProtocolBufferException {
        Payload payload = Payload.parseFrom(envelope.getPayload());
        Transaction.Builder transaction = Transaction.parseFrom(payload.getData()).toBuilder();
        transaction
                .getActionsBuilder(0)
                .setPayload(
                        action(envelope).toBuilder().setAction(action).build().toByteString());
        return signed(
                creator,
                payload.toBuilder()
                        .setData(transaction.build().toByteString())
                        .build()
                        .toByteString());
    }
}
