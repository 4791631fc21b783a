package org.jangbu.web.auth;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jangbu.web.http.RequestPath;

/**
 * The console's sign-in: the page hands the credentials over, a session remembers who signed in. The session's id changes at that moment,
 * so that nobody can be led into a session prepared by another.
 */
@ApplicationScoped
public class FormScheme implements Scheme {
    @Inject
    IdentityStoreHandler identities;

    @Override
    public AuthenticationStatus authenticate(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        Credential offered = context.getAuthParameters().getCredential();
        if (context.isAuthenticationRequest() && offered != null) {
            return signIn(request, context, offered);
        }
        SignedIn known = SignedIn.of(request.getSession(false));
        if (known != null) {
            return context.notifyContainerAboutLogin(known.name(), known.groups());
        }
        return context.isProtected() ? askToSignIn(request, response) : context.doNothing();
    }

    private AuthenticationStatus signIn(HttpServletRequest request, HttpMessageContext context, Credential offered) {
        CredentialValidationResult result = identities.validate(offered);
        if (result.getStatus() != CredentialValidationResult.Status.VALID) {
            return AuthenticationStatus.SEND_FAILURE;
        }
        HttpSession session = request.getSession(true);
        request.changeSessionId();
        new SignedIn(result.getCallerPrincipal().getName(), result.getCallerGroups()).remember(session);
        return context.notifyContainerAboutLogin(result);
    }

    private static AuthenticationStatus askToSignIn(HttpServletRequest request, HttpServletResponse response) {
        RequestPath path = RequestPath.of(request);
        String page = request.getContextPath() + path.signIn();
        try {
            if ("partial/ajax".equals(request.getHeader("Faces-Request"))) {
                response.setContentType("text/xml;charset=UTF-8");
                response.getWriter()
                        .write("<?xml version=\"1.0\" encoding=\"UTF-8\"?><partial-response><redirect url=\"" + page
                                + "\"/></partial-response>");
            } else {
                response.sendRedirect(response.encodeRedirectURL(page));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return AuthenticationStatus.SEND_CONTINUE;
    }
}
