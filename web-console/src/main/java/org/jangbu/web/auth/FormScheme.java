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
import java.util.Optional;
import org.jangbu.ledger.state.StateUnavailableException;
import org.jangbu.msp.realm.SignInRefusedException;
import org.jangbu.msp.realm.SignInUnavailableException;
import org.jangbu.web.http.RequestPath;
import org.jangbu.web.log.WebLog;
import org.jspecify.annotations.Nullable;

/**
 * The console's sign-in: the page hands the credentials over, a session remembers who signed in. The session's id changes at that moment,
 * so that nobody can be led into a session prepared by another. A visitor who shows a good client certificate needs no session.
 */
@ApplicationScoped
public class FormScheme implements Scheme {
    @Inject
    IdentityStoreHandler identities;

    @Inject
    Admission admission;

    @Inject
    CertificateScheme certificate;

    @Override
    public AuthenticationStatus authenticate(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        Credential offered = context.getAuthParameters().getCredential();
        if (context.isAuthenticationRequest() && offered != null) {
            return signIn(request, context, offered);
        }
        Optional<SignedIn> known = stillWelcome(request.getSession(false));
        if (known.isPresent()) {
            return context.notifyContainerAboutLogin(
                    known.get().name(), known.get().groups());
        }
        return certificate
                .tryToEnter(request, context)
                .orElseGet(() -> context.isProtected() ? askToSignIn(request, response) : context.doNothing());
    }

    /** Whoever signed in, unless that one has been removed or revoked since. */
    private Optional<SignedIn> stillWelcome(@Nullable HttpSession session) {
        SignedIn known = SignedIn.of(session);
        if (known == null || session == null || !known.managed()) {
            return Optional.ofNullable(known);
        }
        Optional<SignedIn> now = admission
                .ofVouchedFor(known.name())
                .filter(Admission.Admitted::mayPass)
                .map(admitted -> new SignedIn(admitted.name(), admitted.groups(), true));
        if (now.isEmpty()) {
            SignedIn.forget(session);
        }
        return now;
    }

    private AuthenticationStatus signIn(HttpServletRequest request, HttpMessageContext context, Credential offered) {
        try {
            return begin(request, context, identities.validate(offered));
        } catch (SignInRefusedException e) {
            return notNow(request, SignInFailure.NOT_ADMITTED);
        } catch (SignInUnavailableException | StateUnavailableException e) {
            WebLog.LOG.signInUnavailable(String.valueOf(e.getMessage()));
            return notNow(request, SignInFailure.UNAVAILABLE);
        }
    }

    private AuthenticationStatus begin(
            HttpServletRequest request, HttpMessageContext context, CredentialValidationResult result) {
        if (result.getStatus() != CredentialValidationResult.Status.VALID) {
            return AuthenticationStatus.SEND_FAILURE;
        }
        String name = result.getCallerPrincipal().getName();
        Optional<Admission.Admitted> managed = admission.ofVouchedFor(name);
        if (managed.isPresent() && !managed.get().mayPass()) {
            return notNow(request, SignInFailure.NOT_ADMITTED);
        }
        new SignedIn(name, result.getCallerGroups(), managed.isPresent()).begin(request);
        return context.notifyContainerAboutLogin(result);
    }

    private static AuthenticationStatus notNow(HttpServletRequest request, SignInFailure why) {
        why.tell(request);
        return AuthenticationStatus.SEND_FAILURE;
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
