package org.jangbu.peer.reconcile;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.jangbu.model.MspId;
import org.jangbu.model.NodeName;
import org.jangbu.peer.endorse.JoinedChannel;
import org.jangbu.peer.endorse.UnpackedProposal;

/** How peers of other servers are found and asked. Whoever implements this has made sure who they are. */
@FunctionalInterface
public interface OtherPeers {
    /** There are none. */
    OtherPeers NONE = channel -> CompletableFuture.completedFuture(List.of());

    /**
     * Those of a channel that can be asked now.
     *
     * @param channel as the asking peer has joined it
     */
    CompletionStage<List<Other>> on(JoinedChannel channel);

    /** One of them. */
    interface Other {
        NodeName name();

        MspId mspId();

        /** Its identity now, as it signs its answers. */
        ByteString identity();

        /** Asks it. An endorsement in the answer has been verified to be its own, and to be of this proposal. */
        CompletionStage<ProposalResponse> answer(UnpackedProposal proposal);
    }
}
