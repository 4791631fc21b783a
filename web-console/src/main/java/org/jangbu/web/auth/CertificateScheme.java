package org.jangbu.web.auth;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.jangbu.ledger.state.StateUnavailableException;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.realm.CertifiedCaller;
import org.jangbu.msp.realm.Doorkeeper;
import org.jangbu.web.access.CallerIdentity;
import org.jangbu.web.log.WebLog;
import org.jangbu.web.problem.Problem;
import org.jangbu.web.problem.ProblemCode;

/** A TLS client certificate, judged by the MSPs with each request. Such a caller may read and send what it has signed itself. */
@ApplicationScoped
public class CertificateScheme implements Scheme {
    @Inject
    Doorkeeper door;

    @Override
    public AuthenticationStatus authenticate(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        if (!context.isProtected()) {
            return context.doNothing();
        }
        try {
            Optional<X509Certificate> shown = ClientCertificate.of(request);
            return shown.isEmpty() ? context.doNothing() : enter(request, context, door.identify(shown.get()));
        } catch (IdentityException e) {
            WebLog.LOG.certificateRefused(String.valueOf(e.getMessage()));
            return Admission.challenge(
                    context, Problem.of(ProblemCode.CERTIFICATE_REFUSED, String.valueOf(e.getMessage())));
        } catch (StateUnavailableException e) {
            return Admission.refuse(context, Problem.of(ProblemCode.UNAVAILABLE, String.valueOf(e.getMessage())));
        }
    }

    /** Lets a caller in by its certificate if it shows a good one; says nothing where it does not. For pages, which offer a form then. */
    public Optional<AuthenticationStatus> tryToEnter(HttpServletRequest request, HttpMessageContext context) {
        try {
            Optional<X509Certificate> shown = ClientCertificate.of(request);
            return shown.isEmpty()
                    ? Optional.empty()
                    : Optional.of(enter(request, context, door.identify(shown.get())));
        } catch (IdentityException e) {
            WebLog.LOG.certificateRefused(String.valueOf(e.getMessage()));
            return Optional.empty();
        } catch (StateUnavailableException e) {
            return Optional.empty();
        }
    }

    private static AuthenticationStatus enter(
            HttpServletRequest request, HttpMessageContext context, CertifiedCaller caller) {
        CallerIdentity.certified(request, caller);
        return context.notifyContainerAboutLogin(caller.name(), caller.groups());
    }
}
