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
 * responsible: under {@code /api} the one whose credentials were sent, else a client certificate; elsewhere the form.
 */
@ApplicationScoped
public class DispatchingAuthentication implements HttpAuthenticationMechanism {
    @Inject
    BasicScheme basic;

    @Inject
    BearerScheme bearer;

    @Inject
    CertificateScheme certificate;

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
        if (!RequestPath.of(request).isApi()) {
            return form;
        }
        String sent = request.getHeader("Authorization");
        if (BearerToken.parse(sent).isPresent()) {
            return bearer;
        }
        return sent == null && ClientCertificate.isShown(request) ? certificate : basic;
    }
}
