package org.jangbu.msp.ca;

import java.util.Optional;

/** What a caller may do, by its own attributes and affiliation. */
final class Rights {
    private final RegisteredIdentity caller;

    Rights(RegisteredIdentity caller) {
        this.caller = caller;
    }

    /** Whether it may register and see others at all. */
    boolean isRegistrar() {
        return !roles().isEmpty();
    }

    void requireRegistrar() throws CaException {
        if (!isRegistrar()) {
            throw CaException.authorization(CaError.NOT_REGISTRAR, caller.id() + " is not a registrar");
        }
    }

    /** Refuses a caller for whom an attribute of yes or no is not yes. */
    void require(String attribute, CaError error) throws CaException {
        if (!caller.attributes().isTrue(attribute)) {
            throw CaException.authorization(error, caller.id() + " does not have " + attribute);
        }
    }

    /** Whether it may act on identities of a type. */
    boolean actsOn(IdentityType type) {
        return Texts.listed(roles(), "*") || Texts.listed(roles(), type.value());
    }

    void requireType(IdentityType type) throws CaException {
        requireRegistrar();
        if (!actsOn(type)) {
            throw CaException.authorization(
                    CaError.NOT_AFFILIATED, caller.id() + " does not have authority over the type " + type);
        }
    }

    void requireWithin(Affiliation affiliation) throws CaException {
        if (!caller.affiliation().contains(affiliation)) {
            throw CaException.authorization(
                    CaError.NOT_AFFILIATED,
                    caller.id() + " does not have authority over the affiliation " + affiliation);
        }
    }

    /** Refuses a caller who may not act on somebody else. */
    void requireOver(RegisteredIdentity other) throws CaException {
        requireWithin(other.affiliation());
        requireType(other.type());
    }

    /** Whether it may look at certificates of others. */
    void requireSightOfCertificates() throws CaException {
        Optional<String> roles = caller.attributes().value(Attributes.ROLES);
        if (roles.isEmpty() && !caller.attributes().isTrue(Attributes.REVOKER)) {
            throw CaException.authorization(
                    CaError.AUTHORIZATION, caller.id() + " is neither a registrar nor a revoker");
        }
    }

    private String roles() {
        return caller.attributes().value(Attributes.ROLES).orElse("");
    }
}
