package org.jangbu.msp.ca;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jangbu.msp.realm.EnrollmentId;

/** The attributes of one identity, in the order in which they came; each name once. */
public record Attributes(List<Attribute> all) {
    /** Which types of identities it may register, manage and see. */
    public static final String ROLES = "hf.Registrar.Roles";
    /** Which types those may register whom it registers. */
    public static final String DELEGATE_ROLES = "hf.Registrar.DelegateRoles";
    /** Which attributes it may give. */
    public static final String REGISTRAR_ATTRIBUTES = "hf.Registrar.Attributes";
    /** Whether it may revoke others. */
    public static final String REVOKER = "hf.Revoker";
    /** Whether it may have revocation lists made. */
    public static final String GEN_CRL = "hf.GenCRL";
    /** Whether it may become an intermediate authority. */
    public static final String INTERMEDIATE_CA = "hf.IntermediateCA";
    /** Whether it may change affiliations. */
    public static final String AFFILIATION_MANAGER = "hf.AffiliationMgr";
    /** Its enrolment id, kept by the registry. */
    public static final String ENROLLMENT_ID = "hf.EnrollmentID";
    /** Its type, kept by the registry. */
    public static final String TYPE = "hf.Type";
    /** Its affiliation, kept by the registry. */
    public static final String AFFILIATION = "hf.Affiliation";
    /** Jangbu's own: the node whose certificates these are; see {@link NodeUnit}. */
    public static final String NODE = "jangbu.node";

    /** Nothing is known. */
    public static final Attributes NONE = new Attributes(List.of());

    static final int MOST = 64;

    public Attributes {
        all = List.copyOf(all);
    }

    /** The value of an attribute, if there is one. */
    public Optional<String> value(String name) {
        return all.stream()
                .filter(attribute -> attribute.name().equals(name))
                .map(Attribute::value)
                .findFirst();
    }

    /** Whether it is there and true. */
    boolean isTrue(String name) {
        return value(name).flatMap(Texts::truth).orElse(false);
    }

    /** The same with others in place or in addition; an empty value takes the attribute away. */
    public Attributes with(List<Attribute> changes) {
        Map<String, Attribute> merged = new LinkedHashMap<>();
        all.forEach(attribute -> merged.put(attribute.name(), attribute));
        for (Attribute change : changes) {
            if (change.value().isEmpty()) {
                merged.remove(change.name());
            } else {
                merged.put(change.name(), change);
            }
        }
        return new Attributes(new ArrayList<>(merged.values()));
    }

    /** The same with what the registry itself says of whoever has them. */
    Attributes ofRegistry(EnrollmentId id, IdentityType type, Affiliation affiliation) {
        return saying(
                new Attribute(ENROLLMENT_ID, id.value(), true),
                new Attribute(TYPE, type.value(), true),
                new Attribute(AFFILIATION, affiliation.value(), true));
    }

    /** The same with others in place or in addition, empty values too: what the registry itself says. */
    Attributes saying(Attribute... facts) {
        Map<String, Attribute> merged = new LinkedHashMap<>();
        all.forEach(attribute -> merged.put(attribute.name(), attribute));
        for (Attribute fact : facts) {
            merged.put(fact.name(), fact);
        }
        return new Attributes(new ArrayList<>(merged.values()));
    }
}
