package org.jangbu.msp.ca;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which attributes a registrar may give to whom. It needs the attribute's name, or a pattern for it, in its own {@code
 * hf.Registrar.Attributes}; of the attributes that give rights it can give no more than it has.
 */
final class AttributeRights {
    private static final Set<String> YES_OR_NO =
            Set.of(Attributes.REVOKER, Attributes.GEN_CRL, Attributes.INTERMEDIATE_CA, Attributes.AFFILIATION_MANAGER);
    private static final Set<String> KEPT_BY_REGISTRY =
            Set.of(Attributes.ENROLLMENT_ID, Attributes.TYPE, Attributes.AFFILIATION);

    private final RegisteredIdentity registrar;
    private final List<String> allowed;

    AttributeRights(RegisteredIdentity registrar) {
        this.registrar = registrar;
        this.allowed = Texts.list(
                registrar.attributes().value(Attributes.REGISTRAR_ATTRIBUTES).orElse(""));
    }

    /**
     * Refuses what the registrar may not give.
     *
     * @param before what the identity had; {@link Attributes#NONE} if it is new
     * @param changes what it shall get; an empty value takes away
     */
    void require(Attributes before, List<Attribute> changes) throws CaException {
        Attributes after = before.with(changes);
        for (Attribute change : changes) {
            Optional<String> refusal = refusal(change, after);
            if (refusal.isPresent()) {
                throw CaException.authorization(
                        CaError.REGISTRAR_ATTRIBUTES,
                        registrar.id() + " may not give the attribute " + change.name() + ": " + refusal.get());
            }
        }
    }

    private Optional<String> refusal(Attribute change, Attributes after) {
        String name = change.name();
        if (!mayName(name)) {
            return Optional.of("it is not among its " + Attributes.REGISTRAR_ATTRIBUTES);
        }
        if (KEPT_BY_REGISTRY.contains(name)) {
            return Optional.of("the registry keeps it");
        }
        if (YES_OR_NO.contains(name)) {
            return yesOrNo(change);
        }
        return switch (name) {
            case Attributes.ROLES -> roles(change);
            case Attributes.DELEGATE_ROLES -> delegateRoles(change, after);
            case Attributes.REGISTRAR_ATTRIBUTES -> registrarAttributes(change, after);
            default ->
                name.startsWith("hf.") ? Optional.of("no attribute hf. of that name is known") : Optional.empty();
        };
    }

    private boolean mayName(String name) {
        return allowed.stream()
                .anyMatch(entry -> entry.endsWith("*")
                        ? name.startsWith(entry.substring(0, entry.length() - 1))
                        : name.equals(entry));
    }

    private Optional<String> yesOrNo(Attribute change) {
        if (!registrar.attributes().isTrue(change.name())) {
            return Optional.of("it does not have it itself");
        }
        return change.value().isEmpty() || Texts.truth(change.value()).isPresent()
                ? Optional.empty()
                : Optional.of("it is neither true nor false");
    }

    private Optional<String> roles(Attribute change) {
        return isWithin(change.value(), own(Attributes.ROLES))
                ? Optional.empty()
                : Optional.of("it does not have all of these roles itself");
    }

    private Optional<String> delegateRoles(Attribute change, Attributes after) {
        if (!isWithin(change.value(), own(Attributes.DELEGATE_ROLES))) {
            return Optional.of("it may not delegate all of these roles itself");
        }
        return isWithin(change.value(), after.value(Attributes.ROLES).orElse(""))
                ? Optional.empty()
                : Optional.of("these are more than the identity's " + Attributes.ROLES);
    }

    private Optional<String> registrarAttributes(Attribute change, Attributes after) {
        for (String entry : Texts.list(change.value())) {
            if (!mayName(entry)) {
                return Optional.of(entry + " is not among its own");
            }
            if (entry.startsWith("hf.") && after.value(entry).isEmpty()) {
                return Optional.of("the identity does not have " + entry);
            }
        }
        return Optional.empty();
    }

    private String own(String attribute) {
        return registrar.attributes().value(attribute).orElse("");
    }

    private static boolean isWithin(String small, String large) {
        return Texts.listed(large, "*") || Texts.list(small).stream().allMatch(word -> Texts.listed(large, word));
    }
}
