package org.jangbu.msp.ca;

import java.util.List;
import org.jangbu.msp.realm.DerivedSecret;
import org.jangbu.msp.realm.EnrollmentId;

/** The first identity of a registry: nobody can register it, since nobody is there yet. */
final class Bootstrap {
    private static final String ALL = "*";
    private static final String YES = "true";

    private Bootstrap() {}

    static RegisteredIdentity administrator(EnrollmentId id, DerivedSecret secret) {
        IdentityType type = new IdentityType("client");
        Attributes attributes = new Attributes(List.of(
                new Attribute(Attributes.ROLES, ALL, false),
                new Attribute(Attributes.DELEGATE_ROLES, ALL, false),
                new Attribute(Attributes.REGISTRAR_ATTRIBUTES, ALL, false),
                new Attribute(Attributes.REVOKER, YES, false),
                new Attribute(Attributes.GEN_CRL, YES, false),
                new Attribute(Attributes.INTERMEDIATE_CA, YES, false),
                new Attribute(Attributes.AFFILIATION_MANAGER, YES, false),
                new Attribute(Attributes.ENROLLMENT_ID, id.value(), true),
                new Attribute(Attributes.TYPE, type.value(), true),
                new Attribute(Attributes.AFFILIATION, Affiliation.ROOT.value(), true)));
        return RegisteredIdentity.fresh(id, type, Affiliation.ROOT, attributes, secret, -1);
    }
}
