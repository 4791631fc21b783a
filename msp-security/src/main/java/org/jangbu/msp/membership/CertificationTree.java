package org.jangbu.msp.membership;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jangbu.msp.crypto.CertificateExtensions;

/**
 * The certificate authorities of an MSP, and the way from a certificate up to a root. Fabric wants exactly one way: with two it would be
 * unclear who vouches for the identity. Validity is judged one second after the certificate's own beginning, never by the clock, so that
 * the verdict is the same for ever.
 */
final class CertificationTree {
    /** Signature checks spent on one certificate: a tangled set of authorities must not stop a server. */
    private static final int MAX_CHECKS = 100;

    private final Set<X509Certificate> roots;
    private final Set<X509Certificate> intermediates;
    private final Set<X509Certificate> inner = new HashSet<>();

    /**
     * Checks the authorities themselves: each is a CA with a subject key identifier and has one chain.
     *
     * @throws RefusedCertificateException naming the certificate at fault
     */
    CertificationTree(Collection<X509Certificate> roots, Collection<X509Certificate> intermediates)
            throws RefusedCertificateException {
        this.roots = new LinkedHashSet<>(roots);
        this.intermediates = new LinkedHashSet<>(intermediates);
        for (X509Certificate authority : authorities()) {
            requireAuthority(authority);
        }
        for (X509Certificate intermediate : this.intermediates) {
            List<X509Certificate> chain = uniqueChain(intermediate);
            inner.addAll(chain.subList(1, chain.size()));
        }
    }

    private void requireAuthority(X509Certificate authority) throws RefusedCertificateException {
        try {
            if (!CertificateExtensions.isCa(authority)) {
                throw new RefusedCertificateException("is not a CA");
            }
            if (CertificateExtensions.subjectKeyIdentifier(authority).isEmpty()) {
                throw new RefusedCertificateException("has no subject key identifier");
            }
            uniqueChain(authority);
        } catch (RefusedCertificateException | java.security.cert.CertificateException e) {
            throw new RefusedCertificateException(
                    "the CA certificate of " + authority.getSubjectX500Principal() + " cannot stand: " + e.getMessage(),
                    e);
        }
    }

    /** Roots and intermediates. */
    List<X509Certificate> authorities() {
        List<X509Certificate> all = new ArrayList<>(roots);
        all.addAll(intermediates);
        return all;
    }

    boolean isRoot(X509Certificate certificate) {
        return roots.contains(certificate);
    }

    /** Whether it has a CA below it, and so may issue no identities itself. */
    boolean isInner(X509Certificate authority) {
        return inner.contains(authority);
    }

    /**
     * The one chain of a certificate, itself first, root last.
     *
     * @throws RefusedCertificateException if there is none or more than one
     */
    List<X509Certificate> uniqueChain(X509Certificate certificate) throws RefusedCertificateException {
        Search search = new Search(certificate.getNotBefore().toInstant().plusSeconds(1));
        List<List<X509Certificate>> chains = search.from(certificate);
        chains.removeIf(chain -> !ChainRules.usesAllowed(chain));
        if (chains.isEmpty()) {
            throw new RefusedCertificateException("the certificate does not chain to a root of the MSP");
        }
        if (chains.size() > 1) {
            throw new RefusedCertificateException(
                    "the certificate has " + chains.size() + " chains to roots of the MSP, it must have one");
        }
        return chains.get(0);
    }

    /** One walk upwards, over every way there is. */
    private final class Search {
        private final Instant moment;
        private final List<List<X509Certificate>> found = new ArrayList<>();
        private int checks;

        Search(Instant moment) {
            this.moment = moment;
        }

        List<List<X509Certificate>> from(X509Certificate certificate) throws RefusedCertificateException {
            if (!ChainRules.standsAt(certificate, moment)) {
                throw new RefusedCertificateException(
                        "the certificate has no validity or an unknown critical extension");
            }
            if (roots.contains(certificate)) {
                found.add(List.of(certificate));
            } else {
                climb(List.of(certificate));
            }
            return found;
        }

        private void climb(List<X509Certificate> below) throws RefusedCertificateException {
            for (X509Certificate root : roots) {
                if (maySignTopOf(below, root)) {
                    found.add(with(below, root));
                }
            }
            for (X509Certificate intermediate : intermediates) {
                if (maySignTopOf(below, intermediate)) {
                    climb(with(below, intermediate));
                }
            }
        }

        private boolean maySignTopOf(List<X509Certificate> below, X509Certificate issuer)
                throws RefusedCertificateException {
            X509Certificate top = below.get(below.size() - 1);
            if (!issuerIs(issuer, top) || contains(below, issuer)) {
                return false;
            }
            if (++checks > MAX_CHECKS) {
                throw new RefusedCertificateException("the MSP's authorities are too tangled to judge the certificate");
            }
            return ChainRules.standsAt(issuer, moment)
                    && ChainRules.allowsBelow(issuer, below)
                    && ChainRules.issued(issuer, top);
        }

        /** Names are compared byte by byte, as Go does. */
        private boolean issuerIs(X509Certificate issuer, X509Certificate certificate) {
            return Arrays.equals(
                    certificate.getIssuerX500Principal().getEncoded(),
                    issuer.getSubjectX500Principal().getEncoded());
        }

        /** The same authority may have several certificates; none may stand twice in a chain. */
        private boolean contains(List<X509Certificate> chain, X509Certificate issuer) {
            return chain.stream()
                    .anyMatch(c -> c.getSubjectX500Principal().equals(issuer.getSubjectX500Principal())
                            && c.getPublicKey().equals(issuer.getPublicKey()));
        }

        private List<X509Certificate> with(List<X509Certificate> below, X509Certificate issuer) {
            List<X509Certificate> chain = new ArrayList<>(below);
            chain.add(issuer);
            return chain;
        }
    }
}
