package org.jangbu.ledger.channel;

import java.util.Map;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigPolicy;
import org.hyperledger.fabric.protos.common.ConfigUpdate;
import org.hyperledger.fabric.protos.common.ConfigValue;
import org.jangbu.model.ChannelId;

/**
 * The update that leads from one configuration to another, as Fabric's {@code configtxlator compute_update} writes it. Versions are taken
 * from the present tree alone: what somebody has written into those of the changed one counts for nothing.
 */
public final class ConfigDifference {
    private final ConfigGroup before;
    private final ConfigGroup after;
    private final ConfigGroup.Builder read = ConfigGroup.newBuilder();
    private final ConfigGroup.Builder written = ConfigGroup.newBuilder();

    /** Members that stay as they are: named only where the group itself gets a new version. */
    private final ConfigGroup.Builder kept = ConfigGroup.newBuilder();

    private boolean changed;
    private boolean newVersion;

    private ConfigDifference(ConfigGroup before, ConfigGroup after) {
        this.before = before;
        this.after = after;
        this.newVersion = !before.getModPolicy().equals(after.getModPolicy());
    }

    /**
     * Computes the update; unsigned.
     *
     * @throws ConfigUpdateException if there is no difference, or one of the trees breaks the rules of names and depth
     */
    public static ConfigUpdate of(ChannelId channel, Config current, ConfigGroup wanted) throws ConfigUpdateException {
        try {
            ConfigTree.of(channel, current.getChannelGroup());
            ConfigTree.of(channel, wanted);
        } catch (ChannelConfigException e) {
            throw new ConfigUpdateException(String.valueOf(e.getMessage()), e);
        }
        ConfigDifference difference = between(current.getChannelGroup(), wanted);
        if (!difference.changed) {
            throw new ConfigUpdateException("the changed configuration is the same as the present one");
        }
        return ConfigUpdate.newBuilder()
                .setChannelId(channel.value())
                .setReadSet(difference.read)
                .setWriteSet(difference.written)
                .build();
    }

    private static ConfigDifference between(ConfigGroup before, ConfigGroup after) {
        ConfigDifference difference = new ConfigDifference(before, after);
        difference.values();
        difference.policies();
        difference.groups();
        difference.finish();
        return difference;
    }

    private void values() {
        Map<String, ConfigValue> old = before.getValuesMap();
        after.getValuesMap().forEach((name, value) -> {
            ConfigValue same = old.get(name);
            if (same == null) {
                newVersion = true;
                written.putValues(name, value.toBuilder().clearVersion().build());
            } else if (same.getModPolicy().equals(value.getModPolicy())
                    && same.getValue().equals(value.getValue())) {
                kept.putValues(
                        name,
                        ConfigValue.newBuilder().setVersion(same.getVersion()).build());
            } else {
                changed = true;
                written.putValues(
                        name,
                        value.toBuilder().setVersion(same.getVersion() + 1).build());
            }
        });
        newVersion |= !after.getValuesMap().keySet().containsAll(old.keySet());
    }

    private void policies() {
        Map<String, ConfigPolicy> old = before.getPoliciesMap();
        after.getPoliciesMap().forEach((name, policy) -> {
            ConfigPolicy same = old.get(name);
            if (same == null) {
                newVersion = true;
                written.putPolicies(name, policy.toBuilder().clearVersion().build());
            } else if (same.getModPolicy().equals(policy.getModPolicy())
                    && same.getPolicy().equals(policy.getPolicy())) {
                kept.putPolicies(
                        name,
                        ConfigPolicy.newBuilder().setVersion(same.getVersion()).build());
            } else {
                changed = true;
                written.putPolicies(
                        name,
                        policy.toBuilder().setVersion(same.getVersion() + 1).build());
            }
        });
        newVersion |= !after.getPoliciesMap().keySet().containsAll(old.keySet());
    }

    private void groups() {
        Map<String, ConfigGroup> old = before.getGroupsMap();
        after.getGroupsMap().forEach((name, group) -> {
            ConfigGroup same = old.get(name);
            if (same == null) {
                newVersion = true;
                written.putGroups(name, created(group));
                return;
            }
            ConfigDifference inside = between(same, group);
            if (inside.changed) {
                changed = true;
                read.putGroups(name, inside.read.build());
                written.putGroups(name, inside.written.build());
            } else {
                kept.putGroups(name, inside.read.build());
            }
        });
        newVersion |= !after.getGroupsMap().keySet().containsAll(old.keySet());
    }

    /** A group that was not there begins at version 0, with all that is in it. */
    private static ConfigGroup created(ConfigGroup group) {
        return between(ConfigGroup.getDefaultInstance(), group)
                .written
                .setVersion(0)
                .setModPolicy(group.getModPolicy())
                .build();
    }

    private void finish() {
        read.setVersion(before.getVersion());
        written.setVersion(before.getVersion());
        if (newVersion) {
            changed = true;
            ConfigGroup same = kept.build();
            read.mergeFrom(same);
            written.mergeFrom(same).setVersion(before.getVersion() + 1).setModPolicy(after.getModPolicy());
        }
    }
}
