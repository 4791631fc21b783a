package org.jangbu.peer.lifecycle.node;

import java.util.Optional;
import org.hyperledger.fabric.protos.peer.lifecycle.ApproveChaincodeDefinitionForMyOrgArgs;
import org.jangbu.model.ChannelId;

/** What the organisation of a node has approved: definitions, and the package that runs each on its peers. */
public interface Approvals {
    /**
     * The approval of a chaincode's definition at a sequence; its source may name a local package.
     *
     * @return empty if there is none, or none that can be read
     */
    Optional<ApproveChaincodeDefinitionForMyOrgArgs> find(ChannelId channel, String chaincode, long sequence);
}
