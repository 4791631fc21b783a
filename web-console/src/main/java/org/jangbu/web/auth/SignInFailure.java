package org.jangbu.web.auth;

import jakarta.servlet.http.HttpServletRequest;

/** Why the console's form signed nobody in, as far as its visitor may know. */
public enum SignInFailure {
    /** Nobody is told which of the two. */
    WRONG_NAME_OR_PASSWORD,
    /** Both are right, and there is no certificate that passes. */
    NOT_ADMITTED,
    /** Nobody can tell now. */
    UNAVAILABLE;

    private static final String ATTRIBUTE = SignInFailure.class.getName();

    void tell(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /** What went wrong in a request in which nobody was signed in. */
    public static SignInFailure of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof SignInFailure told ? told : WRONG_NAME_OR_PASSWORD;
    }
}
