package org.jangbu.peer.event;

import org.hyperledger.fabric.protos.common.Status;

/** A request for blocks that is refused, with the status that its sender gets and words for the log. */
public final class SeekException extends Exception {
    private final Status status;

    public SeekException(Status status, String message) {
        super(message);
        this.status = status;
    }

    public SeekException(Status status, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    public Status status() {
        return status;
    }
}
