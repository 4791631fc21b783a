package org.jangbu.peer.lifecycle.node;

/** Why {@code _lifecycle} does not do what it is asked, in Fabric's words. */
final class LifecycleException extends Exception {
    private final int status;

    LifecycleException(String message) {
        this(500, message);
    }

    LifecycleException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** 404 where something is not there, 500 otherwise. */
    int status() {
        return status;
    }
}
