package org.jangbu.ordering.sequence;

import java.util.UUID;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.model.ChannelId;

/** The wire on which orderers publish blocks. A block number can be published once. */
public interface BlockPublisher {
    /** What the wire said. */
    enum Outcome {
        /** The block stands, for everybody. */
        PUBLISHED,
        /** A block of that number has been published already, or is just being published by somebody else. */
        REFUSED
    }

    /**
     * Publishes a block under the name {@code <channel>:<number>}, all or nothing.
     *
     * @throws PublishException if the outcome is not known
     */
    Outcome publish(ChannelId channel, Block block) throws PublishException;

    /**
     * Sends a probe after all that has been published: once this orderer hears it, it has heard every block that was published before.
     *
     * @throws PublishException if it may not have been sent
     */
    void probe(ChannelId channel, UUID probe) throws PublishException;
}
