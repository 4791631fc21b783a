package org.jangbu.msp.renewal;

import org.jspecify.annotations.Nullable;

/** A certificate could not be renewed; nothing was changed. The message is fit for a log and for health. */
public final class RenewalException extends Exception {
    public RenewalException(String message) {
        super(message);
    }

    public RenewalException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
