package org.jangbu.ordering.sequence;

import java.util.UUID;
import org.jangbu.model.ChannelId;

/** Is told when all of a batch stands in published blocks. Called in the middle of things: must neither wait nor throw. */
@FunctionalInterface
public interface PublishedListener {
    void published(ChannelId channel, UUID batch);
}
