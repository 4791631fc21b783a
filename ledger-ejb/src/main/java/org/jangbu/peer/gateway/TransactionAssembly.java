package org.jangbu.peer.gateway;

import com.google.protobuf.ByteString;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.peer.ChaincodeActionPayload;
import org.hyperledger.fabric.protos.peer.ChaincodeEndorsedAction;
import org.hyperledger.fabric.protos.peer.Endorsement;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.Transaction;
import org.hyperledger.fabric.protos.peer.TransactionAction;
import org.jangbu.peer.endorse.UnpackedProposal;

/** Makes a transaction of a proposal and its endorsements. */
final class TransactionAssembly {
    private TransactionAssembly() {}

    /** The envelope, not signed yet; header and payload of the proposal go in as they came, transient data stays out. */
    static Envelope envelope(UnpackedProposal proposal, List<ProposalResponse> agreeing) {
        Map<ByteString, Endorsement> endorsements = new LinkedHashMap<>();
        agreeing.forEach(response ->
                endorsements.putIfAbsent(response.getEndorsement().getEndorser(), response.getEndorsement()));
        ChaincodeActionPayload action = ChaincodeActionPayload.newBuilder()
                .setChaincodeProposalPayload(proposal.visiblePayload())
                .setAction(ChaincodeEndorsedAction.newBuilder()
                        .setProposalResponsePayload(agreeing.get(0).getPayload())
                        .addAllEndorsements(endorsements.values()))
                .build();
        Transaction transaction = Transaction.newBuilder()
                .addActions(TransactionAction.newBuilder()
                        .setHeader(proposal.header().getSignatureHeader())
                        .setPayload(action.toByteString()))
                .build();
        Payload payload = Payload.newBuilder()
                .setHeader(proposal.header())
                .setData(transaction.toByteString())
                .build();
        return Envelope.newBuilder().setPayload(payload.toByteString()).build();
    }
}
