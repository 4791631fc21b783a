package org.jangbu.peer.gateway;

import org.hyperledger.fabric.protos.common.Status;

/** The ordering service did not take an envelope. */
public final class BroadcastException extends Exception {
    private final Status status;

    /** @param status BAD_REQUEST, FORBIDDEN, NOT_FOUND, REQUEST_ENTITY_TOO_LARGE, SERVICE_UNAVAILABLE as Fabric's orderer answers them */
    public BroadcastException(Status status, String message) {
        super(message);
        this.status = status;
    }

    public BroadcastException(Status status, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    public Status status() {
        return status;
    }
}
