package org.jangbu.peer.validate;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.peer.ChaincodeActionPayload;
import org.hyperledger.fabric.protos.peer.ProposalResponsePayload;
import org.hyperledger.fabric.protos.peer.Transaction;
import org.hyperledger.fabric.protos.peer.TransactionAction;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.model.EndorserTransaction;
import org.jangbu.model.ParsedEnvelope;
import org.jangbu.model.ProposalHash;
import org.jangbu.model.TxId;

/** What ties an endorser transaction to a proposal: its id, its one action, and the hash of the proposal that the endorsers signed. */
final class ProposalCheck {
    private ProposalCheck() {}

    /** Of an envelope that claims to hold an endorser transaction, readable or not. */
    static Verdict txId(ParsedEnvelope envelope) {
        SignatureHeader header = envelope.signatureHeader();
        if (TxId.of(header.getNonce(), header.getCreator()).equals(envelope.txId())) {
            return Verdict.VALID;
        }
        return new Verdict(TxValidationCode.BAD_PROPOSAL_TXID, "the transaction id is not that of nonce and creator");
    }

    static Verdict proposal(EndorserTransaction transaction) {
        return proposal(
                transaction.envelope(),
                transaction.actionHeader(),
                transaction.proposalPayloadBytes(),
                transaction.proposalHash());
    }

    /**
     * Of a transaction that is not readable to its end, which may show only after this step: as far as it can be read, it is judged as any
     * other.
     */
    static Verdict proposal(ParsedEnvelope envelope) {
        try {
            Transaction transaction = Transaction.parseFrom(envelope.payload().getData());
            if (transaction.getActionsCount() != 1) {
                return invalid("a transaction has exactly one action, this one has " + transaction.getActionsCount());
            }
            TransactionAction action = transaction.getActions(0);
            ChaincodeActionPayload payload = ChaincodeActionPayload.parseFrom(action.getPayload());
            ByteString signed = payload.getAction().getProposalResponsePayload();
            return proposal(
                    envelope,
                    action.getHeader(),
                    payload.getChaincodeProposalPayload(),
                    ProposalResponsePayload.parseFrom(signed).getProposalHash());
        } catch (InvalidProtocolBufferException e) {
            return invalid("not well-formed protobuf: " + e.getMessage());
        }
    }

    private static Verdict proposal(
            ParsedEnvelope envelope, ByteString actionHeader, ByteString proposalPayload, ByteString proposalHash) {
        try {
            String problem = EnvelopeCheck.signatureHeaderProblem(SignatureHeader.parseFrom(actionHeader));
            if (!problem.isEmpty()) {
                return invalid("in the action's header, " + problem);
            }
        } catch (InvalidProtocolBufferException e) {
            return invalid("the action's header is not well-formed: " + e.getMessage());
        }
        Header proposed = Header.newBuilder()
                .setChannelHeader(envelope.payload().getHeader().getChannelHeader())
                .setSignatureHeader(actionHeader)
                .build();
        if (!ProposalHash.ofVisible(proposed, proposalPayload).equals(proposalHash)) {
            return invalid("the endorsers answered another proposal: its hash differs");
        }
        return Verdict.VALID;
    }

    private static Verdict invalid(String reason) {
        return new Verdict(TxValidationCode.INVALID_ENDORSER_TRANSACTION, reason);
    }
}
