package org.jangbu.msp.ca;

import java.util.Optional;
import org.jangbu.model.NodeName;

/**
 * The organisational unit {@code node:<name>}, by which a policy tells one node. This authority puts it only into certificates of peers and
 * orderers that were registered with the attribute {@value Attributes#NODE}; each name is given to one identity of an authority. Whoever
 * renews keeps it, so that a node keeps its place in every policy.
 */
final class NodeUnit {
    static final String PREFIX = "node:";
    /** An organisational unit has at most 64 characters. */
    private static final int LONGEST = 64 - PREFIX.length();

    private NodeUnit() {}

    /** The name of the node that attributes tell of. */
    static Optional<String> name(Attributes attributes) {
        return attributes.value(Attributes.NODE);
    }

    /** Why an identity of this type may not have these attributes; empty if it may. */
    static Optional<String> refusal(IdentityType type, Attributes attributes) {
        Optional<String> name = name(attributes);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        if (!type.mayBeNode()) {
            return Optional.of("only a peer or an orderer is a node");
        }
        return isNodeName(name.get()) ? Optional.empty() : Optional.of("not the name of a node");
    }

    private static boolean isNodeName(String name) {
        if (name.length() > LONGEST) {
            return false;
        }
        try {
            new NodeName(name);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
