package org.jangbu.cli.server;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.peer.ChaincodeAction;
import org.hyperledger.fabric.protos.peer.ChaincodeActionPayload;
import org.hyperledger.fabric.protos.peer.Proposal;
import org.hyperledger.fabric.protos.peer.ProposalResponsePayload;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.hyperledger.fabric.protos.peer.Transaction;
import org.jangbu.cli.run.CommandFailure;
import org.jangbu.cli.run.ExitCode;
import org.jangbu.model.ProposalHash;
import org.jangbu.msp.identity.SigningIdentity;

/**
 * A transaction that somebody else has put together, to be signed: it must be the one that was proposed and nothing else. That its
 * endorsements are good, and enough, is what every peer checks.
 */
final class EndorsedTransaction {
    private final ByteString payload;
    private final ByteString result;

    private EndorsedTransaction(ByteString payload, ByteString result) {
        this.payload = payload;
        this.result = result;
    }

    /** Compares it with the proposal. */
    static EndorsedTransaction check(Envelope envelope, SignedProposal proposed) {
        try {
            Proposal proposal = Proposal.parseFrom(proposed.getProposalBytes());
            Payload payload = Payload.parseFrom(envelope.getPayload());
            Header header = Header.parseFrom(proposal.getHeader());
            Transaction transaction = Transaction.parseFrom(payload.getData());
            require(payload.getHeader().equals(header) && transaction.getActionsCount() == 1, "of another proposal");
            require(transaction.getActions(0).getHeader().equals(header.getSignatureHeader()), "of another creator");
            ChaincodeActionPayload action =
                    ChaincodeActionPayload.parseFrom(transaction.getActions(0).getPayload());
            ByteString visible = ProposalHash.visible(proposal.getPayload());
            require(action.getChaincodeProposalPayload().equals(visible), "with another call in it");
            ProposalResponsePayload response =
                    ProposalResponsePayload.parseFrom(action.getAction().getProposalResponsePayload());
            require(
                    response.getProposalHash().equals(ProposalHash.ofVisible(header, visible)),
                    "with endorsements of another proposal");
            return new EndorsedTransaction(
                    envelope.getPayload(),
                    ChaincodeAction.parseFrom(response.getExtension())
                            .getResponse()
                            .getPayload());
        } catch (InvalidProtocolBufferException e) {
            throw CommandFailure.of(ExitCode.UNUSABLE, "the transaction to sign cannot be read", e);
        }
    }

    /** What the chaincode returned to its endorsers. */
    ByteString result() {
        return result;
    }

    Envelope signedBy(SigningIdentity creator) {
        return Envelope.newBuilder()
                .setPayload(payload)
                .setSignature(creator.sign(payload))
                .build();
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw CommandFailure.of(
                    ExitCode.UNUSABLE, "the server gave a transaction " + otherwise + " to sign; it was not signed");
        }
    }
}
