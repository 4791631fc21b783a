package org.jangbu.ledger.channel;

import java.util.Map;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigPolicy;
import org.hyperledger.fabric.protos.common.ConfigValue;
import org.jangbu.ledger.channel.ConfigElements.Element;
import org.jangbu.ledger.channel.ConfigElements.Kind;
import org.jangbu.ledger.channel.ConfigElements.Place;

/**
 * From elements back to a tree: each group's own message says which members it has, the elements what they hold now. An element without a
 * mod_policy could never be changed again, so it gets Admins, as in Fabric.
 */
record ConfigAssembly(Map<Place, Element> elements) {
    ConfigGroup root() throws ConfigUpdateException {
        return group("/" + ConfigPath.CHANNEL, ConfigPath.CHANNEL);
    }

    private ConfigGroup group(String path, String name) throws ConfigUpdateException {
        ConfigGroup own =
                required(Element.Group.class, new Place(Kind.GROUP, path, name)).group();
        ConfigGroup.Builder group = own.toBuilder().setModPolicy(guarded(own.getModPolicy()));
        for (String child : own.getGroupsMap().keySet()) {
            group.putGroups(child, group(path + "/" + child, child));
        }
        for (String member : own.getValuesMap().keySet()) {
            ConfigValue value = required(Element.Value.class, new Place(Kind.VALUE, path, member))
                    .value();
            group.putValues(
                    member,
                    value.toBuilder()
                            .setModPolicy(guarded(value.getModPolicy()))
                            .build());
        }
        for (String member : own.getPoliciesMap().keySet()) {
            ConfigPolicy policy = required(Element.Rule.class, new Place(Kind.POLICY, path, member))
                    .policy();
            group.putPolicies(
                    member,
                    policy.toBuilder()
                            .setModPolicy(guarded(policy.getModPolicy()))
                            .build());
        }
        return group.build();
    }

    private static String guarded(String modPolicy) {
        return modPolicy.isEmpty() ? ConfigPath.ADMINS : modPolicy;
    }

    private <E extends Element> E required(Class<E> kind, Place key) throws ConfigUpdateException {
        Element element = elements.get(key);
        if (element == null) {
            throw new ConfigUpdateException(key + " is listed in its group and does not exist");
        }
        return kind.cast(element);
    }
}
