package org.jangbu.msp.realm;

import java.security.cert.X509Certificate;
import java.util.List;

/** Authorities that know people by id and secret and certify them. What they are asked is what they would be asked by the people themselves. */
public interface EnrollmentSource {
    /**
     * Whoever is meant by a name: one for each authority that has the id, of the MSP if the name says one.
     *
     * @throws SignInUnavailableException if that cannot be found out now
     */
    List<Registered> find(ManagedName name);

    /** Somebody in an authority's registry, as it was when it was asked. */
    interface Registered {
        /** Its MSP and id. */
        ManagedName name();

        /** The name of the authority. */
        String authorityName();

        /** Why it may not sign in here whatever it knows; empty if it may. */
        String refusal();

        /** Another text whenever the secret is another one; tells nothing of it. */
        String secretVersion();

        /**
         * Whether this is the secret. Wrong ones are counted as the authority counts them.
         *
         * @throws SignInUnavailableException if too many ask at once
         */
        boolean isRight(String secret);

        /**
         * A certificate under the authority's usual rules. To be called only with a secret known to be right.
         *
         * @param request PKCS #10, PEM
         * @param acceptance looks at the certificate before anything is written; nothing is if it refuses
         * @throws SignInRefusedException if the authority issues none, or it is not accepted
         */
        X509Certificate certify(String request, Acceptance acceptance);
    }

    /** Whether a certificate is of use. */
    @FunctionalInterface
    interface Acceptance {
        /** Throws {@link SignInRefusedException} if it is not. */
        void require(X509Certificate certificate);
    }
}
