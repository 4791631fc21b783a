package org.jangbu.ordering.sequence;

/** The wire failed while something was being published: it may or may not be out. */
public final class PublishException extends Exception {
    public PublishException(String message, Throwable cause) {
        super(message, cause);
    }
}
