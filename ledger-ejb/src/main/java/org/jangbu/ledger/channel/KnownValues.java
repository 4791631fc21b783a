package org.jangbu.ledger.channel;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hyperledger.fabric.protos.common.ConfigGroup;

/** The values that Fabric knows in each group of a channel's configuration: with any other its tools and peers refuse the whole tree. */
final class KnownValues {
    private static final Set<String> CHANNEL = Set.of(
            "HashingAlgorithm",
            "BlockDataHashingStructure",
            "OrdererAddresses",
            ConfigPath.CONSORTIUM,
            ConfigPath.CAPABILITIES);
    private static final Set<String> ORDERER = Set.of(
            "ConsensusType",
            "BatchSize",
            "BatchTimeout",
            "KafkaBrokers",
            "ChannelRestrictions",
            "Orderers",
            ConfigPath.CAPABILITIES);
    private static final Set<String> APPLICATION = Set.of("ACLs", ConfigPath.CAPABILITIES);
    private static final Map<String, Set<String>> OF_ORGANIZATIONS = Map.of(
            ConfigPath.ORDERER, Set.of(ConfigPath.MSP, "Endpoints"),
            ConfigPath.APPLICATION, Set.of(ConfigPath.MSP, ConfigPath.ANCHOR_PEERS));

    private KnownValues() {}

    /** Paths of the values that are not known, in order. */
    static Set<String> strangers(ConfigGroup root) {
        Set<String> strangers = new TreeSet<>();
        String channel = "/" + ConfigPath.CHANNEL;
        add(strangers, channel, root, CHANNEL);
        Map.of(ConfigPath.ORDERER, ORDERER, ConfigPath.APPLICATION, APPLICATION).forEach((name, known) -> {
            ConfigGroup group = root.getGroupsOrDefault(name, ConfigGroup.getDefaultInstance());
            String path = channel + "/" + name;
            add(strangers, path, group, known);
            group.getGroupsMap()
                    .forEach((organization, content) -> add(
                            strangers, path + "/" + organization, content, OF_ORGANIZATIONS.getOrDefault(name, known)));
        });
        return strangers;
    }

    private static void add(Set<String> strangers, String path, ConfigGroup group, Set<String> known) {
        group.getValuesMap().keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> strangers.add(path + "/" + name));
    }
}
