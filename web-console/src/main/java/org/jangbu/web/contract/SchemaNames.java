package org.jangbu.web.contract;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The names of a contract's schemas as an OpenAPI document may hold them: letters, digits, dots, hyphens, underscores. Whatever else a name
 * has becomes an underscore, and two that are the same then are told apart by a number.
 */
final class SchemaNames {
    private static final String COMPONENTS = "#/components/schemas/";
    private static final int LONGEST = 100;

    private final Map<String, String> documented = new LinkedHashMap<>();
    private final Set<String> taken;

    /** @param taken names that the document has for itself */
    SchemaNames(Set<String> taken) {
        this.taken = new HashSet<>(taken);
    }

    /** Notes a schema of the contract; answers its name in the document. */
    String add(String name) {
        return documented.computeIfAbsent(name, this::fresh);
    }

    /**
     * What the document's reference is for one of the contract's: {@code #/components/schemas/Asset}, or {@code Asset} alone as contracts in Go write it.
     * Empty for anything that is not there.
     */
    Optional<String> reference(String reference) {
        String name = reference.startsWith(COMPONENTS) ? reference.substring(COMPONENTS.length()) : reference;
        return Optional.ofNullable(documented.get(name.replace("~1", "/").replace("~0", "~")))
                .map(SchemaNames::to);
    }

    /** The reference to a schema of the document. */
    static String to(String documentedName) {
        return COMPONENTS + documentedName;
    }

    private String fresh(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9._-]", "_");
        plain = plain.isEmpty() ? "_" : plain.substring(0, Math.min(LONGEST, plain.length()));
        String fresh = plain;
        for (int number = 2; !taken.add(fresh); number++) {
            fresh = plain + "_" + number;
        }
        return fresh;
    }
}
