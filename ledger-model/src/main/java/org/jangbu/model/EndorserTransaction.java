package org.jangbu.model;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import org.hyperledger.fabric.protos.peer.ChaincodeAction;
import org.hyperledger.fabric.protos.peer.ChaincodeActionPayload;
import org.hyperledger.fabric.protos.peer.ChaincodeHeaderExtension;
import org.hyperledger.fabric.protos.peer.ChaincodeInvocationSpec;
import org.hyperledger.fabric.protos.peer.ChaincodeProposalPayload;
import org.hyperledger.fabric.protos.peer.Endorsement;
import org.hyperledger.fabric.protos.peer.ProposalResponsePayload;
import org.hyperledger.fabric.protos.peer.Transaction;
import org.hyperledger.fabric.protos.peer.TransactionAction;
import org.hyperledger.fabric.protos.peer.TxValidationCode;

/**
 * An endorser transaction in parsed form: the one action it holds, what was proposed, what the endorsers answered and signed.
 *
 * @param actionHeader the signature header inside the action, which must equal the envelope's own
 * @param proposalResponsePayload the bytes that each endorser signed together with its identity
 * @param proposalHash what the endorsers say they were asked
 */
public record EndorserTransaction(
        ParsedEnvelope envelope,
        ByteString actionHeader,
        ChaincodeHeaderExtension extension,
        ChaincodeProposalPayload proposalPayload,
        ByteString proposalPayloadBytes,
        ByteString proposalResponsePayload,
        ByteString proposalHash,
        ChaincodeAction action,
        ReadWriteSet readWriteSet,
        List<Endorsement> endorsements) {

    /**
     * Parses the transaction of an envelope of type ENDORSER_TRANSACTION.
     *
     * @throws MalformedEnvelopeException BAD_PAYLOAD, INVALID_ENDORSER_TRANSACTION, BAD_HEADER_EXTENSION, BAD_RESPONSE_PAYLOAD or BAD_RWSET:
     *     the first step at which the bytes are not what they should be
     */
    public static EndorserTransaction parse(ParsedEnvelope envelope) throws MalformedEnvelopeException {
        TxValidationCode step = TxValidationCode.BAD_PAYLOAD;
        try {
            Transaction transaction = Transaction.parseFrom(envelope.payload().getData());
            step = TxValidationCode.INVALID_ENDORSER_TRANSACTION;
            if (transaction.getActionsCount() != 1) {
                throw new MalformedEnvelopeException(
                        step, "a transaction has exactly one action, this one has " + transaction.getActionsCount());
            }
            TransactionAction single = transaction.getActions(0);
            ChaincodeActionPayload payload = ChaincodeActionPayload.parseFrom(single.getPayload());
            ByteString responseBytes = payload.getAction().getProposalResponsePayload();
            ProposalResponsePayload response = ProposalResponsePayload.parseFrom(responseBytes);
            ChaincodeProposalPayload proposal =
                    ChaincodeProposalPayload.parseFrom(payload.getChaincodeProposalPayload());
            step = TxValidationCode.BAD_HEADER_EXTENSION;
            ChaincodeHeaderExtension extension =
                    ChaincodeHeaderExtension.parseFrom(envelope.channelHeader().getExtension());
            step = TxValidationCode.BAD_RESPONSE_PAYLOAD;
            ChaincodeAction action = ChaincodeAction.parseFrom(response.getExtension());
            ReadWriteSet readWriteSet = ReadWriteSet.parse(action.getResults());
            return new EndorserTransaction(
                    envelope,
                    single.getHeader(),
                    extension,
                    proposal,
                    payload.getChaincodeProposalPayload(),
                    responseBytes,
                    response.getProposalHash(),
                    action,
                    readWriteSet,
                    payload.getAction().getEndorsementsList());
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedEnvelopeException(step, "not well-formed protobuf: " + e.getMessage(), e);
        }
    }

    /** The name of the chaincode that was invoked, as the header extension states it; unchecked text. */
    public String chaincode() {
        return extension.getChaincodeId().getName();
    }

    /**
     * What was invoked: chaincode and arguments.
     *
     * @throws InvalidProtocolBufferException if the proposal's input is not readable; nothing in validation depends on it
     */
    public ChaincodeInvocationSpec invocation() throws InvalidProtocolBufferException {
        return ChaincodeInvocationSpec.parseFrom(proposalPayload.getInput());
    }
}
