package org.jangbu.peer.gateway;

import com.google.protobuf.ByteString;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jangbu.model.MspId;
import org.jangbu.model.NodeName;
import org.jangbu.peer.endorse.Endorser;
import org.jangbu.peer.endorse.UnpackedProposal;

/** A peer that can be asked to endorse. */
public interface EndorsingPeer {
    NodeName name();

    MspId mspId();

    /** Its identity now, as endorsements carry it. */
    ByteString identity();

    /** Where a peer of another server is reached; empty for one of this server. */
    Optional<String> address();

    /** Asks it. Fails with {@link org.jangbu.peer.endorse.ProposalException} where a peer of this server does not take the proposal. */
    CompletionStage<Endorser.Answer> answer(UnpackedProposal proposal);

    /** How many blocks of the channel a peer of another server said that it has, when it was met; 0 for one of this server, whose ledger tells. */
    default long toldHeight() {
        return 0;
    }

    /** Whether it is a peer of this server, whose words are believed without a signature. */
    default boolean hosted() {
        return address().isEmpty();
    }
}
