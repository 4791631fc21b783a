package org.jangbu.msp.membership;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jangbu.msp.crypto.CertificateExtensions;
import org.jangbu.msp.crypto.CryptoProvider;
import org.jangbu.msp.identity.IdentityException.Reason;
import org.jangbu.msp.log.MspLog;

/**
 * The revocation lists of an MSP. A list counts for a certificate when its authority key identifier is the issuer's subject key identifier
 * and the issuer signed it. When the certificate was revoked, and whether the list is still fresh, does not matter: a list works from the
 * configuration that brings it.
 */
final class RevocationLists {
    private final String mspId;
    private final List<Listed> lists = new ArrayList<>();

    /** @param mspId whose lists they are, for the log; empty if nobody has said */
    RevocationLists(String mspId, List<X509CRL> lists) throws CertificateException {
        this.mspId = mspId;
        for (X509CRL list : lists) {
            this.lists.add(Listed.of(list));
        }
    }

    static RevocationLists none() {
        return new RevocationLists();
    }

    private RevocationLists() {
        this.mspId = "";
    }

    /**
     * Tests a certificate against the lists of its issuer.
     *
     * @throws RefusedCertificateException REVOKED, or INVALID if a list names no authority key, as Fabric has it
     */
    void check(X509Certificate certificate, X509Certificate issuer) throws RefusedCertificateException {
        if (lists.isEmpty()) {
            return;
        }
        byte[] issuerKey = keyIdentifier(issuer);
        for (Listed list : lists) {
            byte[] authority = list.authority()
                    .orElseThrow(() -> new RefusedCertificateException(
                            "a revocation list of the MSP has no authority key identifier"));
            if (Arrays.equals(authority, issuerKey)
                    && list.serials().contains(certificate.getSerialNumber())
                    && signed(list.list(), issuer)) {
                throw new RefusedCertificateException(Reason.REVOKED, "the certificate is revoked");
            }
        }
    }

    private boolean signed(X509CRL list, X509Certificate issuer) {
        try {
            CryptoProvider.ofThisServer().verify(list, issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            MspLog.LOG.revocationListNotSignedByIssuer(
                    mspId, issuer.getSubjectX500Principal().getName());
            return false;
        }
    }

    private static byte[] keyIdentifier(X509Certificate issuer) throws RefusedCertificateException {
        try {
            return CertificateExtensions.subjectKeyIdentifier(issuer)
                    .orElseThrow(() -> new RefusedCertificateException("the issuer has no subject key identifier"));
        } catch (CertificateException e) {
            throw new RefusedCertificateException("the issuer's subject key identifier is not readable", e);
        }
    }

    private record Listed(X509CRL list, Optional<byte[]> authority, Set<BigInteger> serials) {
        static Listed of(X509CRL list) throws CertificateException {
            Set<BigInteger> serials = new HashSet<>();
            Set<? extends X509CRLEntry> entries = list.getRevokedCertificates();
            if (entries != null) {
                entries.forEach(entry -> serials.add(entry.getSerialNumber()));
            }
            return new Listed(list, CertificateExtensions.authorityKeyIdentifier(list), serials);
        }
    }
}
