package org.jangbu.chaincode.packaging;

import java.io.IOException;

/** A package did not come whole from where it was read: it broke off, or there is more of it than allowed. */
public final class PackageSourceException extends IOException {
    private final boolean tooLarge;

    PackageSourceException(String message, boolean tooLarge) {
        super(message);
        this.tooLarge = tooLarge;
    }

    PackageSourceException(String message, boolean tooLarge, IOException cause) {
        super(message, cause);
        this.tooLarge = tooLarge;
    }

    /** Whether there are more bytes than allowed; otherwise the source has failed. */
    public boolean isTooLarge() {
        return tooLarge;
    }
}
