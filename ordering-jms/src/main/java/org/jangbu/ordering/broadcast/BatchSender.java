package org.jangbu.ordering.broadcast;

/** The wire to the orderers. */
@FunctionalInterface
public interface BatchSender {
    /**
     * Sends a batch under its id; returns when the wire has taken it for good. Sending it again is without effect if it was taken before.
     *
     * @throws SendException if it was not taken, or if that is not known
     */
    void sendBatch(Batch batch) throws SendException;
}
