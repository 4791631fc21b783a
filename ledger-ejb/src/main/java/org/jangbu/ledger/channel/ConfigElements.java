package org.jangbu.ledger.channel;

import java.util.LinkedHashMap;
import java.util.Map;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigPolicy;
import org.hyperledger.fabric.protos.common.ConfigValue;

/**
 * A configuration tree flattened to its elements, each with a version and a policy that guards it: the form in which updates are judged.
 * Keys say the kind as well, since a group, a value and a policy of one name may stand side by side.
 */
record ConfigElements(Map<Place, Element> elements) {
    static final ConfigElements NONE = new ConfigElements(Map.of());

    enum Kind {
        GROUP,
        VALUE,
        POLICY
    }

    /**
     * Where an element stands.
     *
     * @param group path of the group it belongs to; of a group, of itself
     * @param name its own name
     */
    record Place(Kind kind, String group, String name) {
        @Override
        public String toString() {
            return kind + " " + (kind == Kind.GROUP ? group : group + "/" + name);
        }
    }

    /** One element: version, guard and the message itself. */
    sealed interface Element {
        long version();

        String modPolicy();

        record Group(ConfigGroup group) implements Element {
            @Override
            public long version() {
                return group.getVersion();
            }

            @Override
            public String modPolicy() {
                return group.getModPolicy();
            }
        }

        record Value(ConfigValue value) implements Element {
            @Override
            public long version() {
                return value.getVersion();
            }

            @Override
            public String modPolicy() {
                return value.getModPolicy();
            }
        }

        record Rule(ConfigPolicy policy) implements Element {
            @Override
            public long version() {
                return policy.getVersion();
            }

            @Override
            public String modPolicy() {
                return policy.getModPolicy();
            }
        }
    }

    static ConfigElements of(ConfigTree tree) {
        Map<Place, Element> elements = new LinkedHashMap<>();
        add(elements, "/" + ConfigPath.CHANNEL, ConfigPath.CHANNEL, tree.root());
        return new ConfigElements(elements);
    }

    private static void add(Map<Place, Element> elements, String path, String name, ConfigGroup group) {
        elements.put(new Place(Kind.GROUP, path, name), new Element.Group(group));
        group.getValuesMap()
                .forEach((key, value) -> elements.put(new Place(Kind.VALUE, path, key), new Element.Value(value)));
        group.getPoliciesMap()
                .forEach((key, policy) -> elements.put(new Place(Kind.POLICY, path, key), new Element.Rule(policy)));
        ConfigTree.sortedGroups(group).forEach((key, child) -> add(elements, path + "/" + key, key, child));
    }
}
