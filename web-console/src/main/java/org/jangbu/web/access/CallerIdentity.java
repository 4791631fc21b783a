package org.jangbu.web.access;

import com.google.protobuf.ByteString;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.msp.realm.Caller;
import org.jangbu.msp.realm.ManagedIdentities;
import org.jangbu.web.problem.Problem;
import org.jangbu.web.problem.ProblemCode;

/** Whoever sent the request; acts only as its own managed identity. */
@RequestScoped
public class CallerIdentity {
    @Inject
    HttpServletRequest request;

    @Inject
    ManagedIdentities identities;

    /** Its identity and key. Throws the problem {@code no-identity} where the server keeps none for it. */
    public SigningIdentity signer() {
        return identities.signer(caller());
    }

    /** Its identity as ledgers ask for it: a {@code SerializedIdentity}. */
    public ByteString serialized() {
        return caller().serialized();
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
