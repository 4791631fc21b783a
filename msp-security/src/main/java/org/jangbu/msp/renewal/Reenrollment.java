package org.jangbu.msp.renewal;

import java.security.cert.X509Certificate;
import org.jangbu.msp.crypto.SigningKey;

/** Asks an authority for another certificate for somebody who has one. */
public interface Reenrollment {
    /** Fabric CA's profile of certificates for TLS. */
    String TLS_PROFILE = "tls";

    /** Fabric CA's profile of certificates to sign with. */
    String IDENTITY_PROFILE = "";

    /**
     * What the authority has issued; nobody has checked yet that it is what was asked for.
     *
     * @param caller whose certificate is about to end
     * @throws RenewalException if the authority cannot be reached, refuses, or answers what cannot be understood
     */
    X509Certificate reenroll(CaPlace authority, Caller caller, SigningRequest request, String profile)
            throws RenewalException, InterruptedException;

    /** Who asks: the certificate, and its key, which signs the call. */
    record Caller(X509Certificate certificate, SigningKey key) {}
}
