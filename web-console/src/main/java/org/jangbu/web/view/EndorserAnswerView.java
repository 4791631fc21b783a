package org.jangbu.web.view;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Optional;
import org.hyperledger.fabric.protos.peer.ChaincodeAction;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.ProposalResponsePayload;
import org.jangbu.model.MalformedEnvelopeException;
import org.jangbu.model.ReadWriteSet;
import org.jangbu.peer.gateway.EndorseException;

/**
 * What one endorser answered to a proposal.
 *
 * @param status the chaincode's or the peer's; below 400 it endorsed
 * @param result what the chaincode returned
 * @param readWriteSet what it read and would write; absent where the answer carries none
 */
public record EndorserAnswerView(
        String node,
        String mspId,
        int status,
        String message,
        boolean endorsed,
        Content result,
        Optional<ReadWriteSetView> readWriteSet) {

    /** Takes an answer apart. */
    public static EndorserAnswerView of(EndorseException.Answer answer) {
        ProposalResponse response = answer.response();
        Optional<ChaincodeAction> action = action(response);
        return new EndorserAnswerView(
                answer.node().value(),
                answer.mspId().value(),
                response.getResponse().getStatus(),
                response.getResponse().getMessage(),
                response.hasEndorsement(),
                result(response),
                action.flatMap(EndorserAnswerView::readWriteSet));
    }

    /** What the chaincode returned: from what was signed if there is such a thing, else from the answer around it. */
    public static Content result(ProposalResponse response) {
        return new Content(action(response)
                .map(action -> action.getResponse().getPayload())
                .orElse(response.getResponse().getPayload()));
    }

    private static Optional<ChaincodeAction> action(ProposalResponse response) {
        if (response.getPayload().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(ChaincodeAction.parseFrom(
                    ProposalResponsePayload.parseFrom(response.getPayload()).getExtension()));
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }

    private static Optional<ReadWriteSetView> readWriteSet(ChaincodeAction action) {
        try {
            return Optional.of(ReadWriteSetView.of(ReadWriteSet.parse(action.getResults())));
        } catch (MalformedEnvelopeException e) {
            return Optional.empty();
        }
    }
}
