package org.jangbu.web.auth;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.jangbu.ledger.state.StateUnavailableException;
import org.jangbu.msp.realm.ManagedIdentities;
import org.jangbu.msp.realm.SignInRefusedException;
import org.jangbu.msp.realm.SignInUnavailableException;
import org.jangbu.web.log.WebLog;
import org.jangbu.web.problem.Problem;
import org.jangbu.web.problem.ProblemCode;

/**
 * HTTP Basic, with each request. A session cookie counts for nothing here: a page elsewhere cannot make a browser act for somebody who is
 * signed in to the console.
 */
@ApplicationScoped
public class BasicScheme implements Scheme {
    /** The same for everybody: it must not tell which names there are. */
    private static final String WRONG_OR_NOT_CLEAR =
            "name or password is wrong; an id that several authorities know needs its MSP before it, Org1MSP/id";

    @Inject
    IdentityStoreHandler identities;

    @Inject
    ManagedIdentities managed;

    @Inject
    Admission admission;

    @Override
    public AuthenticationStatus authenticate(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        if (!context.isProtected()) {
            return context.doNothing();
        }
        Optional<BasicCredentials> sent = BasicCredentials.parse(request.getHeader("Authorization"));
        if (sent.isEmpty()) {
            return challenge(context, "credentials are missing");
        }
        try {
            return enter(context, sent.get());
        } catch (SignInRefusedException e) {
            return Admission.challenge(
                    context, Problem.of(ProblemCode.CERTIFICATE_REFUSED, String.valueOf(e.getMessage())));
        } catch (SignInUnavailableException | StateUnavailableException e) {
            WebLog.LOG.signInUnavailable(String.valueOf(e.getMessage()));
            return Admission.refuse(context, Problem.of(ProblemCode.UNAVAILABLE, String.valueOf(e.getMessage())));
        }
    }

    private AuthenticationStatus enter(HttpMessageContext context, BasicCredentials sent) {
        CredentialValidationResult result =
                identities.validate(new UsernamePasswordCredential(sent.name(), sent.password()));
        if (result.getStatus() != CredentialValidationResult.Status.VALID) {
            return challenge(context, managed.asksAuthorities() ? WRONG_OR_NOT_CLEAR : "name or password is wrong");
        }
        return admission
                .ofVouchedFor(result.getCallerPrincipal().getName())
                .map(admitted -> admitted.enter(context))
                .orElseGet(() -> context.notifyContainerAboutLogin(result));
    }

    private static AuthenticationStatus challenge(HttpMessageContext context, String detail) {
        return Admission.challenge(context, Problem.of(ProblemCode.UNAUTHORIZED, detail));
    }
}
