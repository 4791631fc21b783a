package org.jangbu.msp.realm;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hyperledger.fabric.protos.common.MSPRole.MSPRoleType;
import org.jangbu.model.MspId;

/** Roles as text: lower case, joined by commas in their order. */
final class Roles {
    private Roles() {}

    static String name(MSPRoleType role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    static String format(Set<MSPRoleType> roles) {
        return roles.stream().sorted().map(Roles::name).collect(Collectors.joining(","));
    }

    /** The groups of Jakarta Security: each role but member, as {@code client} and as {@code client@Org1MSP}. */
    static Set<String> groups(Set<MSPRoleType> roles, MspId mspId) {
        Set<String> groups = new TreeSet<>();
        for (MSPRoleType role : roles) {
            if (role != MSPRoleType.MEMBER) {
                groups.add(name(role));
                groups.add(name(role) + "@" + mspId);
            }
        }
        return groups;
    }

    /** @throws IllegalArgumentException if one is unknown */
    static Set<MSPRoleType> parse(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(name -> MSPRoleType.valueOf(name.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toSet());
    }
}
