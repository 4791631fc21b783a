package org.jangbu.msp.membership;

import com.google.protobuf.ByteString;
import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jangbu.msp.crypto.CertificateReader;

/** Reads the lists of certificates and revocation lists of a {@code FabricMSPConfig}. */
final class ConfiguredCertificates {
    private static final int MAX_ENTRIES = 1000;

    private ConfiguredCertificates() {}

    /** The authorities of a list of roots and one of intermediates. */
    static CertificationTree tree(List<ByteString> roots, List<ByteString> intermediates)
            throws GeneralSecurityException, RefusedCertificateException {
        if (roots.isEmpty()) {
            throw new RefusedCertificateException("at least one root certificate is needed");
        }
        return new CertificationTree(certificates(roots), certificates(intermediates));
    }

    static List<X509Certificate> certificates(List<ByteString> pems)
            throws GeneralSecurityException, RefusedCertificateException {
        requireFew(pems);
        List<X509Certificate> certificates = new ArrayList<>();
        for (ByteString pem : pems) {
            certificates.add(CertificateReader.first(pem.toByteArray()));
        }
        return certificates;
    }

    static List<X509CRL> revocationLists(List<ByteString> encoded)
            throws GeneralSecurityException, RefusedCertificateException {
        requireFew(encoded);
        List<X509CRL> lists = new ArrayList<>();
        for (ByteString list : encoded) {
            lists.add(CertificateReader.revocationList(list.toByteArray()));
        }
        return lists;
    }

    private static void requireFew(List<ByteString> entries) throws RefusedCertificateException {
        if (entries.size() > MAX_ENTRIES) {
            throw new RefusedCertificateException("more than " + MAX_ENTRIES + " certificates in one list");
        }
    }
}
