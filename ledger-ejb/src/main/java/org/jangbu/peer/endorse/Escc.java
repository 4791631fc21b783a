package org.jangbu.peer.endorse;

import com.google.protobuf.ByteString;
import org.hyperledger.fabric.protos.peer.ChaincodeAction;
import org.hyperledger.fabric.protos.peer.ChaincodeEvent;
import org.hyperledger.fabric.protos.peer.ChaincodeID;
import org.hyperledger.fabric.protos.peer.Endorsement;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.ProposalResponsePayload;
import org.hyperledger.fabric.protos.peer.Response;
import org.jangbu.chaincode.spi.ChaincodeResult;
import org.jangbu.msp.identity.CurrentSigner;
import org.jangbu.msp.identity.SigningIdentity;

/** The endorsement system chaincode: turns the outcome of a simulation into the bytes that all endorsers must agree on, and signs them. */
final class Escc {
    private final CurrentSigner signer;

    Escc(CurrentSigner signer) {
        this.signer = signer;
    }

    /** The chaincode's answer as clients see it. */
    static Response response(ChaincodeResult result) {
        return Response.newBuilder()
                .setStatus(result.status())
                .setMessage(result.message())
                .setPayload(ByteString.copyFrom(result.payload()))
                .build();
    }

    /** The serialised {@code ProposalResponsePayload}: what was asked, answered, read and written; nothing that differs between peers. */
    static ByteString payload(UnpackedProposal proposal, Execution.Ran ran, ByteString results) {
        ChaincodeAction.Builder action = ChaincodeAction.newBuilder()
                .setResults(results)
                .setResponse(response(ran.result()))
                .setChaincodeId(
                        ChaincodeID.newBuilder().setName(proposal.chaincode()).setVersion(ran.version()));
        ChaincodeResult.Event event = ran.result().event();
        if (event != null && ran.result().status() < 400) {
            action.setEvents(ChaincodeEvent.newBuilder()
                    .setChaincodeId(proposal.chaincode())
                    .setTxId(proposal.txId().value())
                    .setEventName(event.name())
                    .setPayload(ByteString.copyFrom(event.payload()))
                    .build()
                    .toByteString());
        }
        return ProposalResponsePayload.newBuilder()
                .setProposalHash(proposal.hash())
                .setExtension(action.build().toByteString())
                .build()
                .toByteString();
    }

    /** Signs payload ‖ endorser, as the node is now. */
    ProposalResponse endorse(Response response, ByteString payload) {
        SigningIdentity endorser = signer.current();
        return ProposalResponse.newBuilder()
                .setVersion(1)
                .setResponse(response)
                .setPayload(payload)
                .setEndorsement(Endorsement.newBuilder()
                        .setEndorser(endorser.serialized())
                        .setSignature(endorser.sign(payload, endorser.serialized())))
                .build();
    }
}
