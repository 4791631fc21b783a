package org.jangbu.web.auth;

import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** One way to authenticate a request. */
interface Scheme {
    /** Tells the container who calls, leaves the caller unknown where that is allowed, or answers with a challenge. */
    AuthenticationStatus authenticate(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context);
}
