package org.jangbu.web.auth;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.CallerPrincipal;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import java.util.Optional;
import java.util.Set;
import org.jangbu.ledger.state.StateUnavailableException;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.realm.Caller;
import org.jangbu.msp.realm.Doorkeeper;
import org.jangbu.msp.realm.ManagedIdentities;
import org.jangbu.web.http.ProblemResponse;
import org.jangbu.web.log.WebLog;
import org.jangbu.web.problem.Problem;
import org.jangbu.web.problem.ProblemCode;

/**
 * Whether a managed identity that has proved who it is may pass this moment: knowing a password, or being vouched for, helps nobody whose
 * certificate is revoked or has expired.
 */
@ApplicationScoped
public class Admission {
    @Inject
    ManagedIdentities identities;

    @Inject
    Doorkeeper door;

    /** What was found: who it is with which groups, or why it may not pass. */
    public record Admitted(String name, Set<String> groups, Optional<String> refusal) {
        /** Tells the container, or answers with the problem. */
        AuthenticationStatus enter(HttpMessageContext context) {
            return refusal.map(reason -> challenge(context, Problem.of(ProblemCode.CERTIFICATE_REFUSED, reason)))
                    .orElseGet(() -> context.notifyContainerAboutLogin(name, groups));
        }

        boolean mayPass() {
            return refusal.isEmpty();
        }
    }

    /** The managed identity of a name that the container or an issuer vouches for; empty if there is none. */
    public Optional<Admitted> ofVouchedFor(String name) {
        return identities.caller(new CallerPrincipal(name)).map(this::judged);
    }

    private Admitted judged(Caller caller) {
        String name = caller.name().toString();
        try {
            door.check(caller.serialized());
            return new Admitted(name, caller.groups(), Optional.empty());
        } catch (IdentityException e) {
            WebLog.LOG.identityRefused(name, String.valueOf(e.getMessage()));
            return new Admitted(name, Set.of(), Optional.of(String.valueOf(e.getMessage())));
        } catch (StateUnavailableException e) {
            // Nothing can be read or signed before the ledgers are open; each call will be told so.
            return new Admitted(name, caller.groups(), Optional.empty());
        }
    }

    /** Refuses a caller, who may try again with name and password. */
    static AuthenticationStatus challenge(HttpMessageContext context, Problem problem) {
        context.getResponse().setHeader("WWW-Authenticate", "Basic realm=\"Jangbu\", charset=\"UTF-8\"");
        return refuse(context, problem);
    }

    /** Refuses a caller. */
    static AuthenticationStatus refuse(HttpMessageContext context, Problem problem) {
        ProblemResponse.refuse(context.getRequest(), context.getResponse(), problem);
        return AuthenticationStatus.SEND_FAILURE;
    }
}
