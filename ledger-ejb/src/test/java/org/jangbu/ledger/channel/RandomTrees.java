package org.jangbu.ledger.channel;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Random;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigPolicy;
import org.hyperledger.fabric.protos.common.ConfigValue;
import org.hyperledger.fabric.protos.common.Policy;

/** Configuration trees without sense, of a few names each, so that two of them have much in common. */
final class RandomTrees {
    private static final List<String> NAMES = List.of("A", "b", "c-1", "D.2");
    private static final int DEPTH = 4;

    private final Random random;

    RandomTrees(Random random) {
        this.random = random;
    }

    ConfigGroup tree() {
        return group(1);
    }

    private ConfigGroup group(int depth) {
        ConfigGroup.Builder group =
                ConfigGroup.newBuilder().setVersion(random.nextInt(3)).setModPolicy(guard());
        for (String name : NAMES) {
            if (random.nextInt(3) == 0) {
                group.putValues(name, value());
            }
            if (random.nextInt(3) == 0) {
                group.putPolicies(name, policy());
            }
            if (depth < DEPTH && random.nextInt(3) == 0) {
                group.putGroups(name, group(depth + 1));
            }
        }
        return group.build();
    }

    /** The tree with a few things added, changed and taken away; versions are left as they are, or made senseless. */
    ConfigGroup changed(ConfigGroup tree) {
        ConfigGroup.Builder group = tree.toBuilder();
        for (int i = random.nextInt(3); i > 0; i--) {
            change(group);
        }
        tree.getGroupsMap().forEach((name, child) -> {
            if (group.containsGroups(name)) {
                group.putGroups(name, changed(child));
            }
        });
        return group.build();
    }

    private void change(ConfigGroup.Builder group) {
        String name = NAMES.get(random.nextInt(NAMES.size()));
        switch (random.nextInt(8)) {
            case 0 -> group.putValues(name, value());
            case 1 -> group.putPolicies(name, policy());
            case 2 -> group.putGroups(name, group(DEPTH));
            case 3 -> group.removeValues(name);
            case 4 -> group.removePolicies(name);
            case 5 -> group.removeGroups(name);
            case 6 -> group.setModPolicy(guard());
            default -> group.setVersion(random.nextInt(9));
        }
    }

    private ConfigValue value() {
        return ConfigValue.newBuilder()
                .setVersion(random.nextInt(3))
                .setValue(ByteString.copyFromUtf8("value " + random.nextInt(3)))
                .setModPolicy(guard())
                .build();
    }

    private ConfigPolicy policy() {
        return ConfigPolicy.newBuilder()
                .setVersion(random.nextInt(3))
                .setPolicy(Policy.newBuilder().setType(random.nextInt(2)))
                .setModPolicy(guard())
                .build();
    }

    private String guard() {
        return random.nextBoolean() ? "Admins" : "/Channel/Admins";
    }
}
