package org.jangbu.web.participation;

/** A request that is answered with an error. */
final class RefusedRequestException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String allow;

    RefusedRequestException(int status, String error) {
        this(status, error, "");
    }

    /** @param allow the methods that are allowed, for status 405 */
    RefusedRequestException(int status, String error, String allow) {
        super(error);
        this.status = status;
        this.allow = allow;
    }

    int status() {
        return status;
    }

    String allow() {
        return allow;
    }
}
