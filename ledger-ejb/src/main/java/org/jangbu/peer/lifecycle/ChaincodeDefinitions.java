package org.jangbu.peer.lifecycle;

import java.util.Optional;
import org.jangbu.model.ChaincodeName;

/** The chaincodes that are defined on a channel, at the height the ledger has. */
public interface ChaincodeDefinitions {
    /**
     * The committed definition of a chaincode; empty if there is none. The {@code _lifecycle} chaincode itself has none: its rules are the
     * channel's.
     */
    Optional<ChaincodeDefinition> find(ChaincodeName name);
}
