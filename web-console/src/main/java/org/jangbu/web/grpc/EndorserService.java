package org.jangbu.web.grpc;

import io.grpc.Status.Code;
import io.grpc.stub.StreamObserver;
import org.hyperledger.fabric.protos.peer.EndorserGrpc;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.jangbu.peer.endorse.ProposalException;

/** {@code protos.Endorser}: this peer and no other simulates a proposal. */
final class EndorserService extends EndorserGrpc.EndorserImplBase {
    private final PeerPlace place;

    EndorserService(PeerPlace place) {
        this.place = place;
    }

    @Override
    public void processProposal(SignedProposal proposal, StreamObserver<ProposalResponse> out) {
        Unary.abandonment(out);
        Unary.answer(
                out,
                "ProcessProposal",
                place.door().process(proposal),
                failure -> failure instanceof ProposalException refusal
                        ? GrpcFailure.of(Code.UNKNOWN, refusal.getMessage())
                        : null);
    }
}
