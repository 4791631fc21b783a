package org.jangbu.msp.ca;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.jangbu.msp.crypto.CertificateExtensions;
import org.jangbu.msp.realm.EnrollmentId;

/**
 * What a certificate says of its holder, in the words of the registry: the common name is the id; of the organisational units one tells the
 * type ({@code client} where none does), one may name the node, the others are the way down to the affiliation. Attributes in Fabric's
 * extension stay, but for those that give rights over the registry: a registrar gives them, never a certificate.
 */
record CertifiedHolder(EnrollmentId id, IdentityType type, Affiliation affiliation, Attributes attributes) {
    private static final Set<String> ROLES = Set.of("client", "peer", "admin", "orderer");
    private static final int LONGEST_ID = 64;

    /** @throws CertificateException if it does not say it in a way that this authority would */
    static CertifiedHolder of(X509Certificate certificate) throws CertificateException {
        try {
            return read(certificate);
        } catch (IllegalArgumentException e) {
            throw new CertificateException(e.getMessage(), e);
        }
    }

    private static CertifiedHolder read(X509Certificate certificate) throws CertificateException {
        List<String> names = commonNames(certificate);
        if (names.size() != 1 || names.get(0).length() > LONGEST_ID || !EnrollmentId.isValid(names.get(0))) {
            throw new CertificateException("the common name could not be an id");
        }
        List<String> units = CertificateExtensions.organizationalUnits(certificate);
        Map<String, String> said = AttributeExtension.read(certificate);
        IdentityType type = new IdentityType(one(units, ROLES::contains, "role").orElse("client"));
        Affiliation affiliation = affiliation(
                units.stream()
                        .filter(unit -> !ROLES.contains(unit) && !isNode(unit))
                        .toList(),
                said);
        List<Attribute> own = new ArrayList<>();
        one(units, CertifiedHolder::isNode, "node")
                .map(unit -> unit.substring(NodeUnit.PREFIX.length()))
                .ifPresent(node -> own.add(new Attribute(Attributes.NODE, node, false)));
        said.forEach((name, value) -> {
            if (!name.startsWith("hf.") && !name.startsWith("jangbu.")) {
                own.add(new Attribute(name, value, true));
            }
        });
        EnrollmentId id = new EnrollmentId(names.get(0));
        Attributes attributes = new Attributes(own).ofRegistry(id, type, affiliation);
        Optional<String> refusal = NodeUnit.refusal(type, attributes);
        if (refusal.isPresent() || attributes.all().size() > Attributes.MOST) {
            throw new CertificateException(refusal.orElse("it has too many attributes"));
        }
        return new CertifiedHolder(id, type, affiliation, attributes);
    }

    /**
     * Fabric CA writes all units into one part of the name, where they have no order; then its attribute tells the affiliation.
     */
    private static Affiliation affiliation(List<String> units, Map<String, String> said) {
        Affiliation told = new Affiliation(said.getOrDefault(Attributes.AFFILIATION, ""));
        return new HashSet<>(told.elements()).equals(new HashSet<>(units))
                ? told
                : new Affiliation(String.join(".", units));
    }

    private static boolean isNode(String unit) {
        return unit.startsWith(NodeUnit.PREFIX);
    }

    private static Optional<String> one(List<String> units, java.util.function.Predicate<String> wanted, String what)
            throws CertificateException {
        List<String> found = units.stream().filter(wanted).toList();
        if (found.size() > 1) {
            throw new CertificateException("several units tell a " + what);
        }
        return found.stream().findFirst();
    }

    private static List<String> commonNames(X509Certificate certificate) {
        X500Name subject =
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        return Stream.of(subject.getRDNs())
                .flatMap(part -> Stream.of(part.getTypesAndValues()))
                .filter(part -> part.getType().equals(BCStyle.CN))
                .map(AttributeTypeAndValue::getValue)
                .map(IETFUtils::valueToString)
                .toList();
    }
}
