package org.jangbu.msp.membership;

import com.google.protobuf.ByteString;
import java.security.InvalidKeyException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jangbu.model.Sha256;
import org.jangbu.msp.crypto.LowSCertificate;

/** The identifier of those who certify: SHA-256 over the certificates of a chain without the identity's own, issuer first, root last. */
final class Certifiers {
    private Certifiers() {}

    /**
     * The identifier of a chain of authorities. A certificate that its issuer signed with high s counts as if it were signed with low s, as
     * in Fabric.
     *
     * @throws RefusedCertificateException if a certificate cannot be brought into that form
     */
    static ByteString identifier(List<X509Certificate> authorities) throws RefusedCertificateException {
        List<ByteString> pieces = new ArrayList<>();
        try {
            for (int i = 0; i < authorities.size(); i++) {
                X509Certificate issuer = authorities.get(Math.min(i + 1, authorities.size() - 1));
                pieces.add(LowSCertificate.encoded(authorities.get(i), issuer));
            }
        } catch (CertificateException | InvalidKeyException e) {
            throw new RefusedCertificateException("an authority's certificate is not usable: " + e.getMessage(), e);
        }
        return Sha256.of(pieces);
    }
}
