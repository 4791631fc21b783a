package org.jangbu.web.contract;

/** A contract has no metadata, or none that can be used; the message says why. */
final class UnusableMetadataException extends Exception {
    UnusableMetadataException(String message) {
        super(message);
    }

    UnusableMetadataException(String message, Throwable cause) {
        super(message, cause);
    }
}
