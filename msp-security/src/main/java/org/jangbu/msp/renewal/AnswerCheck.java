package org.jangbu.msp.renewal;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.jangbu.msp.crypto.CertificateExtensions;
import org.jangbu.msp.crypto.CryptoProvider;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.identity.X509Identity;
import org.jangbu.msp.membership.ChannelMembership;

/**
 * Whether what an authority has issued can take the place of a certificate. An authority that lies or is broken must change nothing: not who
 * the node is, not what it may do, not where it stands in a policy.
 */
final class AnswerCheck {
    private static final String NODE_UNIT = "node:";
    private static final int MOST_ABOVE = 8;

    private final String node;
    private final RenewalRule rule;
    private final Clock clock;

    /** @param node the name of the node that both certificates are of */
    AnswerCheck(String node, RenewalRule rule, Clock clock) {
        this.node = node;
        this.rule = rule;
        this.clock = clock;
    }

    /** Checks a certificate to sign with: besides all else it must stand in the MSP as the former one does. */
    void identity(X509Identity former, X509Identity issued, SigningRequest request, ChannelMembership membership)
            throws RenewalException {
        common(former.certificate(), issued.certificate(), request);
        units(former.certificate(), issued.certificate());
        try {
            membership.validate(issued);
            require(
                    membership.standAlike(former, issued),
                    "in the MSP it has other roles, or is certified by others, than the one before");
        } catch (IdentityException e) {
            throw new RenewalException("the authority's answer is refused by the MSP: " + e.getMessage(), e);
        }
    }

    /**
     * Checks a certificate to show, and finds those between it and the root.
     *
     * @param authorities for TLS that the node's MSP names
     * @return the chain to show, without the root
     */
    List<X509Certificate> tls(
            X509Certificate former, X509Certificate issued, SigningRequest request, List<X509Certificate> authorities)
            throws RenewalException {
        common(former, issued, request);
        require(!CertificateExtensions.isCa(issued), "it is an authority's");
        require(
                new HashSet<>(SigningRequest.hosts(issued)).containsAll(SigningRequest.hosts(former)),
                "it is not valid for all hosts that the one before is valid for");
        require(uses(issued).containsAll(uses(former)), "it may not be used as the one before");
        return chain(issued, authorities);
    }

    private void common(X509Certificate former, X509Certificate issued, SigningRequest request)
            throws RenewalException {
        require(
                Arrays.equals(issued.getPublicKey().getEncoded(), request.key().getEncoded()),
                "it is for another key than the one in the request");
        require(names(former).equals(names(issued)), "it is for another subject: " + issued.getSubjectX500Principal());
        Instant now = clock.instant();
        require(
                !issued.getNotBefore().toInstant().isAfter(now),
                "it is not valid before " + issued.getNotBefore().toInstant() + ", and here it is " + now);
        require(
                issued.getNotAfter().toInstant().isAfter(now),
                "it has ended " + issued.getNotAfter().toInstant());
        require(
                rule.due(node, issued).isAfter(now),
                "it ends so early that it would have to be renewed at once: "
                        + issued.getNotAfter().toInstant());
    }

    /** Nothing of the subject may change but units. */
    private static Set<String> names(X509Certificate certificate) {
        Set<String> names = new TreeSet<>();
        X500Name subject =
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        for (RDN rdn : subject.getRDNs()) {
            for (AttributeTypeAndValue part : rdn.getTypesAndValues()) {
                if (!part.getType().equals(BCStyle.OU)) {
                    names.add(part.getType() + "=" + text(part.getValue()));
                }
            }
        }
        return names;
    }

    private static String text(ASN1Encodable value) {
        return IETFUtils.valueToString(value);
    }

    /** Policies tell a node by its units: none may be lost, and none that tells another node may be won. */
    private void units(X509Certificate former, X509Certificate issued) throws RenewalException {
        List<String> before = CertificateExtensions.organizationalUnits(former);
        List<String> after = CertificateExtensions.organizationalUnits(issued);
        Set<String> lost = new TreeSet<>(before);
        after.forEach(lost::remove);
        require(lost.isEmpty(), "it lacks the units " + lost);
        Set<String> won = new TreeSet<>(after);
        before.forEach(won::remove);
        won.removeIf(unit -> !unit.startsWith(NODE_UNIT) || unit.equals(NODE_UNIT + node));
        require(won.isEmpty(), "it tells another node: " + won);
    }

    private static Set<String> uses(X509Certificate certificate) throws RenewalException {
        try {
            List<String> uses = certificate.getExtendedKeyUsage();
            return uses == null ? Set.of() : Set.copyOf(uses);
        } catch (CertificateParsingException e) {
            throw new RenewalException("its uses cannot be read", e);
        }
    }

    private static List<X509Certificate> chain(X509Certificate leaf, List<X509Certificate> authorities)
            throws RenewalException {
        List<X509Certificate> chain = new ArrayList<>(List.of(leaf));
        X509Certificate last = leaf;
        while (chain.size() <= MOST_ABOVE) {
            X509Certificate issuer = issuer(last, authorities);
            if (issuer.getSubjectX500Principal().equals(issuer.getIssuerX500Principal())) {
                return chain;
            }
            chain.add(issuer);
            last = issuer;
        }
        throw new RenewalException("the authority's answer is refused: no root is above it");
    }

    private static X509Certificate issuer(X509Certificate of, List<X509Certificate> authorities)
            throws RenewalException {
        for (X509Certificate authority : authorities) {
            if (of.getIssuerX500Principal().equals(authority.getSubjectX500Principal()) && signed(of, authority)) {
                return authority;
            }
        }
        throw new RenewalException(
                "the authority's answer is refused: it was issued by none of the TLS authorities of the node's MSP");
    }

    private static boolean signed(X509Certificate certificate, X509Certificate issuer) {
        try {
            CryptoProvider.ofThisServer().verify(certificate, issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static void require(boolean condition, String otherwise) throws RenewalException {
        if (!condition) {
            throw new RenewalException("the authority's answer is refused: " + otherwise);
        }
    }
}
