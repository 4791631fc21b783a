package org.jangbu.web.access;

import com.google.protobuf.ByteString;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.function.BooleanSupplier;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.msp.realm.Caller;
import org.jangbu.msp.realm.CertifiedCaller;
import org.jangbu.msp.realm.ManagedIdentities;
import org.jangbu.web.problem.Problem;
import org.jangbu.web.problem.ProblemCode;
import org.jspecify.annotations.Nullable;

/** Whoever sent the request: a managed identity, for which the server signs, or the holder of a client certificate, who signs at home. */
@RequestScoped
public class CallerIdentity {
    /** Set by the application alone; the container's own principal tells no more than a name. */
    private static final String CERTIFIED = CertifiedCaller.class.getName();

    @Inject
    HttpServletRequest request;

    @Inject
    ManagedIdentities identities;

    /** Notes whom a client certificate names. To be called by whoever has authenticated the request. */
    public static void certified(HttpServletRequest request, CertifiedCaller caller) {
        request.setAttribute(CERTIFIED, caller);
    }

    /** Its identity and key. Throws the problem {@code no-identity} where the server keeps none for it. */
    public SigningIdentity signer() {
        if (certified() != null) {
            throw Problem.of(
                            ProblemCode.NO_IDENTITY,
                            "the server has no key of the caller, who came with a client certificate, and signs nothing for it")
                    .withValue(String.valueOf(certified()))
                    .exception();
        }
        return identities.signer(caller());
    }

    /** Its identity as ledgers ask for it: a {@code SerializedIdentity}. */
    public ByteString serialized() {
        CertifiedCaller certified = certified();
        return certified == null ? caller().serialized() : certified.serialized();
    }

    /** Tells at any time, also when the request is over, whether the server still knows it: a managed identity only while it is kept. */
    BooleanSupplier known() {
        if (certified() != null) {
            return () -> true;
        }
        Caller managed = caller();
        ManagedIdentities kept = identities;
        return () -> kept.keeps(managed);
    }

    private @Nullable CertifiedCaller certified() {
        return request.getAttribute(CERTIFIED) instanceof CertifiedCaller caller ? caller : null;
    }

    private Caller caller() {
        Principal principal = request.getUserPrincipal();
        if (principal == null) {
            throw Problem.of(ProblemCode.UNAUTHORIZED, "nobody is signed in").exception();
        }
        return identities
                .caller(principal)
                .orElseThrow(() -> Problem.of(ProblemCode.NO_IDENTITY, "the server keeps no identity for this caller")
                        .withValue(principal.getName())
                        .exception());
    }
}
