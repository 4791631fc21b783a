package org.jangbu.ordering.broadcast;

/** Bytes that claim to be a batch and are not. Nobody can repair them: the message is told to the log and dropped. */
public final class MalformedBatchException extends Exception {
    public MalformedBatchException(String reason) {
        super(reason);
    }

    public MalformedBatchException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
