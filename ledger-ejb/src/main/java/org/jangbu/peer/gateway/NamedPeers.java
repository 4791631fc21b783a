package org.jangbu.peer.gateway;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.jangbu.model.ChannelId;
import org.jangbu.model.MspId;
import org.jangbu.model.NodeName;

/**
 * One peer of this server asked directly, as Fabric's Endorser service is: for what is a matter of that peer alone, and for clients that choose
 * their endorsers themselves. Callers are authenticated by the signatures in what they send, nothing else.
 */
public interface NamedPeers {
    /**
     * Has one peer answer a proposal, whatever its answer is: also a refusal of the chaincode, which the response's status tells. A proposal that
     * installs a package may be as large as one. Fails with {@link EndorseException}: MALFORMED, FORBIDDEN or DUPLICATE where the peer does not
     * take the proposal, NOT_FOUND where there is no such peer, UNAVAILABLE where it cannot answer now.
     */
    CompletionStage<EndorseException.Answer> propose(NodeName peer, SignedProposal proposal);

    /**
     * Whether the peers here of one organisation can by themselves bring a chaincode's definition into a channel: approve it for their
     * organisation and commit it, by the policies in force.
     *
     * @return what they lack; empty if they lack nothing
     * @throws org.jangbu.ledger.state.StateUnavailableException if that cannot be told now
     */
    Optional<String> lacksToDefineAlone(ChannelId channel, MspId organization);
}
