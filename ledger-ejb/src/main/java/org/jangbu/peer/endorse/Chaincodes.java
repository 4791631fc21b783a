package org.jangbu.peer.endorse;

import org.jangbu.chaincode.spi.ChaincodeRuntime;
import org.jangbu.model.ChannelId;
import org.jangbu.peer.lifecycle.ChaincodeDefinition;

/** What runs the chaincodes of one peer. */
public interface Chaincodes {
    /**
     * The runtime of a chaincode as defined; deployed first if need be.
     *
     * @throws ChaincodeUnavailableException if this peer does not have it, may not run it, or failed to deploy it
     */
    ChaincodeRuntime runtime(ChannelId channel, ChaincodeDefinition definition) throws ChaincodeUnavailableException;

    /** Whether {@link #runtime} may be expected to answer, without deploying anything. */
    boolean has(ChannelId channel, ChaincodeDefinition definition);
}
