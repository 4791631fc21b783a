package org.jangbu.msp.ca;

/**
 * A request that is refused. Nothing has been written then. Callers that are not known, or may not do what they asked for, are told so and
 * no more; the message is for the log.
 */
public final class CaException extends Exception {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final int status;
    private final CaError error;

    private CaException(int status, CaError error, String message) {
        super(message);
        this.status = status;
        this.error = error;
    }

    /** The caller is not who it says it is. */
    public static CaException authentication(CaError error, String message) {
        return new CaException(UNAUTHORIZED, error, message);
    }

    /** The caller may not do this. */
    static CaException authorization(CaError error, String message) {
        return new CaException(FORBIDDEN, error, message);
    }

    /** The request cannot be done; the caller is told why. */
    public static CaException of(int status, CaError error, String message) {
        if (status == UNAUTHORIZED) {
            throw new IllegalArgumentException("callers who are not known are not told why");
        }
        return new CaException(status, error, message);
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** What went wrong, for the log. */
    public CaError error() {
        return error;
    }

    /** What the caller is told went wrong. */
    public CaError remoteError() {
        if (status == UNAUTHORIZED) {
            return CaError.AUTHENTICATION;
        }
        return isHidden() ? CaError.AUTHORIZATION : error;
    }

    /** What the caller reads. */
    public String remoteMessage() {
        if (status == UNAUTHORIZED) {
            return "Authentication failure";
        }
        return isHidden() ? "Authorization failure" : String.valueOf(getMessage());
    }

    /** Refusals that tell a caller nothing it does not know: its own name, and a switch of the server. */
    private boolean isHidden() {
        return status == FORBIDDEN && error != CaError.COMMON_NAME && error != CaError.REMOVE_IDENTITY;
    }
}
