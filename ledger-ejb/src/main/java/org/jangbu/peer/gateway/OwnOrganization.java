package org.jangbu.peer.gateway;

import com.google.protobuf.ByteString;
import java.util.List;
import org.jangbu.model.ChaincodeName;
import org.jangbu.peer.endorse.UnpackedProposal;
import org.jangbu.peer.lifecycle.LifecycleFunctions;

/** Proposals that are a matter of the creator's organisation alone, and that peers of others would refuse. */
final class OwnOrganization {
    private OwnOrganization() {}

    /** Whether only peers of the creator's organisation are to be asked. */
    static boolean only(UnpackedProposal proposal) {
        return LifecycleFunctions.OF_ADMINISTRATORS.contains(function(proposal));
    }

    /** Whether it approves a definition, which the organisation's own peers endorse. */
    static boolean approves(UnpackedProposal proposal) {
        return LifecycleFunctions.APPROVE.equals(function(proposal));
    }

    /** Whether every peer answers for its own organisation, so that the refusal of one says nothing of the others. */
    static boolean eachForItself(UnpackedProposal proposal) {
        return LifecycleFunctions.COMMIT.equals(function(proposal));
    }

    private static String function(UnpackedProposal proposal) {
        List<ByteString> args = proposal.input().getArgsList();
        return proposal.chaincode().equals(ChaincodeName.LIFECYCLE.value()) && !args.isEmpty()
                ? args.get(0).toStringUtf8()
                : "";
    }
}
