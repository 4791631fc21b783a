package org.jangbu.web.auth;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.identity.IdentityException;

/** The certificate that a client showed in TLS: the client has its key, nothing else is known of it. */
final class ClientCertificate {
    private static final String STANDARD = "jakarta.servlet.request.X509Certificate";
    /** Undertow sets the standard attribute after authentication only; undertow-handlers.conf sets this one, in PEM, before. */
    private static final String EARLY = "org.jangbu.tls.client";

    private ClientCertificate() {}

    /** Whether the client showed one. */
    static boolean isShown(HttpServletRequest request) {
        return request.getAttribute(STANDARD) != null || request.getAttribute(EARLY) != null;
    }

    /**
     * The certificate; empty if none was shown.
     *
     * @throws IdentityException MALFORMED if it cannot be read as certificates are read here
     */
    static Optional<X509Certificate> of(HttpServletRequest request) throws IdentityException {
        if (request.getAttribute(STANDARD) instanceof X509Certificate[] chain && chain.length > 0) {
            return Optional.of(chain[0]);
        }
        if (!(request.getAttribute(EARLY) instanceof String pem)) {
            return Optional.empty();
        }
        try {
            return Optional.of(CertificateReader.only(text(pem).getBytes(StandardCharsets.US_ASCII)));
        } catch (CertificateException e) {
            throw new IdentityException(IdentityException.Reason.MALFORMED, "the certificate cannot be read", e);
        }
    }

    /**
     * The server's own encoder (Undertow's FlexBase64) leaves NUL characters behind the Base64 of a certificate of certain lengths, one in thirty.
     */
    static String text(String pem) {
        return pem.replace("\u0000", "");
    }
}
