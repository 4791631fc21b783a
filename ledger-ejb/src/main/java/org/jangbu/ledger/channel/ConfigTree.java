package org.jangbu.ledger.channel;

import java.util.Map;
import java.util.TreeMap;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.jangbu.model.ChannelId;

/** A configuration tree whose names and depth have been checked: what everything else here walks without further care. */
record ConfigTree(ChannelId channel, ConfigGroup root) {
    static ConfigTree of(ChannelId channel, ConfigGroup root) throws ChannelConfigException {
        check(channel, "/" + ConfigPath.CHANNEL, root, 1);
        return new ConfigTree(channel, root);
    }

    /** The group of that name below the root, which every channel of ours has. */
    ConfigGroup group(String name) throws ChannelConfigException {
        ConfigGroup group = root.getGroupsMap().get(name);
        if (group == null) {
            throw new ChannelConfigException(channel, "there is no group " + name);
        }
        return group;
    }

    /** The groups below {@code parent}, in the order of their names. */
    static Map<String, ConfigGroup> sortedGroups(ConfigGroup parent) {
        return new TreeMap<>(parent.getGroupsMap());
    }

    private static void check(ChannelId channel, String path, ConfigGroup group, int depth)
            throws ChannelConfigException {
        if (depth > ConfigPath.DEEPEST) {
            throw new ChannelConfigException(channel, "the tree is deeper than " + ConfigPath.DEEPEST + " groups");
        }
        requireNames(channel, path, group.getValuesMap().keySet());
        requireNames(channel, path, group.getPoliciesMap().keySet());
        requireNames(channel, path, group.getGroupsMap().keySet());
        for (Map.Entry<String, ConfigGroup> child : group.getGroupsMap().entrySet()) {
            check(channel, path + "/" + child.getKey(), child.getValue(), depth + 1);
        }
    }

    private static void requireNames(ChannelId channel, String path, Iterable<String> names)
            throws ChannelConfigException {
        for (String name : names) {
            if (!ConfigPath.isName(name)) {
                throw new ChannelConfigException(channel, ConfigPath.shown(name) + " below " + path + " is not a name");
            }
        }
    }
}
