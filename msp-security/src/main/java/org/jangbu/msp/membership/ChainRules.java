package org.jangbu.msp.membership;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.Extension;
import org.jangbu.msp.crypto.CertificateExtensions;
import org.jangbu.msp.crypto.CryptoProvider;

/**
 * When one certificate may stand above another in a chain: the rules of X.509 as Go's verification applies them, which is what Fabric
 * relies on.
 */
final class ChainRules {
    private static final int KEY_CERT_SIGN = 5;
    private static final Set<String> SERVER_USES = Set.of("1.3.6.1.5.5.7.3.1", "2.5.29.37.0");
    /** SHA-1 is missing on purpose. RSA is here because an RSA root may certify ECDSA identities. */
    private static final Set<String> SIGNATURES = Set.of(
            "SHA256withECDSA", "SHA384withECDSA", "SHA512withECDSA", "SHA256withRSA", "SHA384withRSA", "SHA512withRSA");

    private ChainRules() {}

    /** Whether the key of {@code issuer} signed {@code certificate} and may sign certificates. */
    static boolean issued(X509Certificate issuer, X509Certificate certificate) {
        boolean[] usage = issuer.getKeyUsage();
        if (!CertificateExtensions.isCa(issuer) || (usage != null && !usage[KEY_CERT_SIGN])) {
            return false;
        }
        if (!SIGNATURES.contains(certificate.getSigAlgName())) {
            return false;
        }
        try {
            CryptoProvider.ofThisServer().verify(certificate, issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Whether {@code issuer} may stand above the certificates below it (leaf first): path length and name constraints. */
    static boolean allowsBelow(X509Certificate issuer, List<X509Certificate> below) {
        int intermediates = below.size() - 1;
        return intermediates <= issuer.getBasicConstraints() && namesAllowed(issuer, below);
    }

    /** Whether it may be in a chain judged at this moment: valid then, no critical extension that nobody here understands. */
    static boolean standsAt(X509Certificate certificate, Instant moment) {
        return !moment.isBefore(certificate.getNotBefore().toInstant())
                && !moment.isAfter(certificate.getNotAfter().toInstant())
                && !certificate.hasUnsupportedCriticalExtension();
    }

    /** Whether every certificate that restricts its uses allows TLS servers: what Go asks for when it is not told otherwise. */
    static boolean usesAllowed(List<X509Certificate> chain) {
        for (X509Certificate certificate : chain) {
            try {
                List<String> uses = certificate.getExtendedKeyUsage();
                if (uses != null && uses.stream().noneMatch(SERVER_USES::contains)) {
                    return false;
                }
            } catch (CertificateParsingException e) {
                return false;
            }
        }
        return true;
    }

    private static boolean namesAllowed(X509Certificate issuer, List<X509Certificate> below) {
        byte[] extension = issuer.getExtensionValue(Extension.nameConstraints.getId());
        if (extension == null) {
            return true;
        }
        try {
            X509CertSelector selector = new X509CertSelector();
            selector.setNameConstraints(ASN1OctetString.getInstance(extension).getOctets());
            return below.stream().allMatch(selector::match);
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }
}
