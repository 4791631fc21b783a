package org.jangbu.msp.membership;

import java.security.cert.CertificateException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jangbu.msp.crypto.CertificateExtensions;
import org.jangbu.msp.log.MspLog;

/**
 * Revocation lists that this server knows beside those of channel configurations. They count at doors only: block validation must come to
 * the same verdict at every peer, and no other peer knows them. Whose list one is, its issuer's key and signature say. Immutable; a change
 * makes a new one, so that verdicts are kept for as long as the object stays the same.
 */
public final class RevocationNews {
    /** No lists. */
    public static final RevocationNews NONE = new RevocationNews(List.of(), RevocationLists.none());

    private final List<X509CRL> lists;
    private final RevocationLists revocations;

    private RevocationNews(List<X509CRL> lists, RevocationLists revocations) {
        this.lists = List.copyOf(lists);
        this.revocations = revocations;
    }

    /** These lists; those that do not say whose key signed them count for nothing and are told to the log. */
    public static RevocationNews of(Collection<X509CRL> lists) {
        List<X509CRL> usable = new ArrayList<>();
        for (X509CRL list : lists) {
            if (namesItsIssuersKey(list)) {
                usable.add(list);
            } else {
                MspLog.LOG.revocationListWithoutKey(
                        list.getIssuerX500Principal().getName());
            }
        }
        try {
            return usable.isEmpty() ? NONE : new RevocationNews(usable, new RevocationLists("", usable));
        } catch (CertificateException e) {
            throw new IllegalStateException("an extension that was read can be read", e);
        }
    }

    /** All lists of several. */
    static RevocationNews joined(List<RevocationNews> parts) {
        return of(parts.stream().flatMap(part -> part.lists.stream()).toList());
    }

    /**
     * Tests a certificate and the authorities above it.
     *
     * @param chain itself first, its root last
     * @throws RefusedCertificateException REVOKED
     */
    void check(List<X509Certificate> chain) throws RefusedCertificateException {
        for (int i = 0; i + 1 < chain.size(); i++) {
            revocations.check(chain.get(i), chain.get(i + 1));
        }
    }

    /** The lists themselves. */
    public List<X509CRL> lists() {
        return lists;
    }

    /** How many lists there are. */
    public int size() {
        return lists.size();
    }

    private static boolean namesItsIssuersKey(X509CRL list) {
        try {
            return CertificateExtensions.authorityKeyIdentifier(list).isPresent();
        } catch (CertificateException e) {
            return false;
        }
    }
}
