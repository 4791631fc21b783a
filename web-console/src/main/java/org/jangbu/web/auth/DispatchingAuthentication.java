package org.jangbu.web.auth;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jangbu.web.http.RequestPath;

/**
 * The application's one authentication mechanism: there can be no second one in a web archive, so this one asks the scheme that is
 * responsible for the path. A client certificate will be one scheme more.
 */
@ApplicationScoped
public class DispatchingAuthentication implements HttpAuthenticationMechanism {
    @Inject
    BasicScheme basic;

    @Inject
    FormScheme form;

    @Override
    public AuthenticationStatus validateRequest(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        return scheme(request).authenticate(request, response, context);
    }

    @Override
    public void cleanSubject(HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        context.cleanClientSubject();
    }

    private Scheme scheme(HttpServletRequest request) {
        return RequestPath.of(request).isApi() ? basic : form;
    }
}
