package org.jangbu.web.client;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.peer.ChaincodeActionPayload;
import org.hyperledger.fabric.protos.peer.ChaincodeEndorsedAction;
import org.hyperledger.fabric.protos.peer.Endorsement;
import org.hyperledger.fabric.protos.peer.Proposal;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.hyperledger.fabric.protos.peer.Transaction;
import org.hyperledger.fabric.protos.peer.TransactionAction;
import org.jangbu.model.ProposalHash;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.peer.gateway.EndorseException.Answer;

/** Makes transactions of endorsements, and signs them. */
public final class Transactions {
    private Transactions() {}

    /** The answers that endorse, put together by what they signed, in the order in which each result first appeared. */
    public static List<List<Answer>> byResult(List<Answer> answers) {
        Map<ByteString, List<Answer>> groups = new LinkedHashMap<>();
        for (Answer answer : answers) {
            if (answer.response().hasEndorsement()) {
                groups.computeIfAbsent(answer.response().getPayload(), payload -> new java.util.ArrayList<>())
                        .add(answer);
            }
        }
        return List.copyOf(groups.values());
    }

    /**
     * The envelope that carries endorsements of one and the same result; only the creator's signature is missing. It may fall short of the
     * policy: the committers will say so.
     *
     * @param agreeing at least one answer, all with the same payload
     * @throws InvalidProtocolBufferException if the proposal cannot be read
     */
    public static Envelope prepare(SignedProposal signedProposal, List<Answer> agreeing)
            throws InvalidProtocolBufferException {
        Proposal proposal = Proposal.parseFrom(signedProposal.getProposalBytes());
        Header header = Header.parseFrom(proposal.getHeader());
        ChaincodeActionPayload action = ChaincodeActionPayload.newBuilder()
                .setChaincodeProposalPayload(ProposalHash.visible(proposal.getPayload()))
                .setAction(ChaincodeEndorsedAction.newBuilder()
                        .setProposalResponsePayload(agreeing.get(0).response().getPayload())
                        .addAllEndorsements(endorsements(agreeing)))
                .build();
        Transaction transaction = Transaction.newBuilder()
                .addActions(TransactionAction.newBuilder()
                        .setHeader(header.getSignatureHeader())
                        .setPayload(action.toByteString()))
                .build();
        Payload payload = Payload.newBuilder()
                .setHeader(header)
                .setData(transaction.toByteString())
                .build();
        return Envelope.newBuilder().setPayload(payload.toByteString()).build();
    }

    /** The envelope with the creator's signature over its payload. */
    public static Envelope sign(Envelope prepared, SigningIdentity creator) {
        return prepared.toBuilder()
                .setSignature(creator.sign(prepared.getPayload()))
                .build();
    }

    private static Collection<Endorsement> endorsements(List<Answer> agreeing) {
        Map<ByteString, Endorsement> byEndorser = new LinkedHashMap<>();
        for (Answer answer : agreeing) {
            Endorsement endorsement = answer.response().getEndorsement();
            byEndorser.putIfAbsent(endorsement.getEndorser(), endorsement);
        }
        return byEndorser.values();
    }
}
