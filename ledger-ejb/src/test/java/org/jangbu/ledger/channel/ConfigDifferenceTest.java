package org.jangbu.ledger.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigPolicy;
import org.hyperledger.fabric.protos.common.ConfigUpdate;
import org.hyperledger.fabric.protos.common.ConfigValue;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.jangbu.model.ChannelId;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.msp.policy.Policy;
import org.jangbu.msp.policy.SignedData;
import org.junit.jupiter.api.Test;

class ConfigDifferenceTest {
    private static final ChannelId CHANNEL = new ChannelId("mychannel");

    @Test
    void computes_the_update_that_fabrics_own_tool_computed() throws Exception {
        Config config = Config.parseFrom(FabricVectors.updateFile("config.pb"));
        Config wanted = Config.parseFrom(FabricVectors.updateFile("mod.pb"));

        ConfigUpdate update = ConfigDifference.of(CHANNEL, config, wanted.getChannelGroup());

        assertThat(update).isEqualTo(ConfigUpdate.parseFrom(FabricVectors.updateFile("update.pb")));
    }

    @Test
    void the_update_of_fabrics_tool_gives_the_configuration_that_was_wanted() throws Exception {
        ChannelConfig current =
                ChannelConfigReader.read(CHANNEL, Config.parseFrom(FabricVectors.updateFile("config.pb")));
        ConfigGroup wanted =
                Config.parseFrom(FabricVectors.updateFile("mod.pb")).getChannelGroup();
        ConfigUpdate update = ConfigUpdate.parseFrom(FabricVectors.updateFile("update.pb"));

        Config result = ConfigUpdates.apply(current, TestConfigurations.update(update, FabricVectors.admin(1)));

        assertThat(result.getSequence()).isEqualTo(current.sequence() + 1);
        assertThat(unversioned(result.getChannelGroup())).isEqualTo(unversioned(wanted));
    }

    @Test
    void two_configurations_that_are_the_same_have_no_update() throws InvalidProtocolBufferException {
        Config config = Config.parseFrom(FabricVectors.updateFile("config.pb"));
        ConfigGroup otherVersion =
                config.getChannelGroup().toBuilder().setVersion(9).build();
        assertThatThrownBy(() -> ConfigDifference.of(CHANNEL, config, otherVersion))
                .isInstanceOf(ConfigUpdateException.class)
                .hasMessageContaining("the same");
    }

    @Test
    void a_tree_with_a_name_that_is_none_or_too_deep_is_refused() {
        ConfigGroup named = ConfigGroup.newBuilder()
                .putGroups("a/b", ConfigGroup.getDefaultInstance())
                .build();
        ConfigGroup deep = ConfigGroup.getDefaultInstance();
        for (int i = 0; i < 60; i++) {
            deep = ConfigGroup.newBuilder().putGroups("a", deep).build();
        }
        for (ConfigGroup bad : List.of(named, deep)) {
            assertThatThrownBy(() -> ConfigDifference.of(CHANNEL, Config.getDefaultInstance(), bad))
                    .isInstanceOf(ConfigUpdateException.class);
        }
    }

    @Test
    void what_is_computed_and_applied_is_what_was_wanted_with_each_change_one_version_ahead() throws Exception {
        RandomTrees trees = new RandomTrees(new Random(20_261_122));
        SigningIdentity admin = FabricVectors.admin(1);
        int changes = 0;
        for (int i = 0; i < 1_500; i++) {
            ConfigGroup before = trees.tree();
            ConfigGroup wanted = i % 4 == 0 ? trees.tree() : trees.changed(before);
            if (unversioned(before).equals(unversioned(wanted))) {
                continue;
            }
            changes++;
            ChannelConfig current = whereEverybodyMay(before);
            ConfigUpdate update = ConfigDifference.of(CHANNEL, current.config(), wanted);

            ConfigGroup result = ConfigUpdates.apply(current, TestConfigurations.update(update, admin))
                    .getChannelGroup();

            assertThat(unversioned(result)).isEqualTo(unversioned(wanted));
            requireVersions("/Channel", before, result);
        }
        assertThat(changes).isGreaterThan(1_000);
    }

    /** Nothing changes without a new version, nothing gets one without a change, and what is new begins at 0. */
    private static void requireVersions(String path, ConfigGroup before, ConfigGroup after) {
        after.getValuesMap().forEach((name, value) -> {
            ConfigValue was = before.getValuesMap().get(name);
            long expected = was == null
                    ? 0
                    : was.getVersion()
                            + (was.toBuilder()
                                            .clearVersion()
                                            .build()
                                            .equals(value.toBuilder()
                                                    .clearVersion()
                                                    .build())
                                    ? 0
                                    : 1);
            assertThat(value.getVersion()).as(path + "/" + name).isEqualTo(expected);
        });
        after.getPoliciesMap().forEach((name, policy) -> {
            ConfigPolicy was = before.getPoliciesMap().get(name);
            long expected = was == null
                    ? 0
                    : was.getVersion()
                            + (was.getModPolicy().equals(policy.getModPolicy())
                                            && was.getPolicy().equals(policy.getPolicy())
                                    ? 0
                                    : 1);
            assertThat(policy.getVersion()).as(path + "/" + name).isEqualTo(expected);
        });
        boolean members = before.getValuesMap()
                        .keySet()
                        .equals(after.getValuesMap().keySet())
                && before.getPoliciesMap()
                        .keySet()
                        .equals(after.getPoliciesMap().keySet())
                && before.getGroupsMap().keySet().equals(after.getGroupsMap().keySet())
                && before.getModPolicy().equals(after.getModPolicy());
        assertThat(after.getVersion()).as(path).isEqualTo(before.getVersion() + (members ? 0 : 1));
        after.getGroupsMap().forEach((name, child) -> {
            ConfigGroup was = before.getGroupsMap().get(name);
            if (was == null) {
                assertThat(child.getVersion()).as(path + "/" + name).isZero();
            } else {
                requireVersions(path + "/" + name, was, child);
            }
        });
    }

    private static ConfigGroup unversioned(ConfigGroup group) {
        ConfigGroup.Builder bare = ConfigGroup.newBuilder().setModPolicy(group.getModPolicy());
        group.getValuesMap()
                .forEach((name, value) ->
                        bare.putValues(name, value.toBuilder().clearVersion().build()));
        group.getPoliciesMap()
                .forEach((name, policy) ->
                        bare.putPolicies(name, policy.toBuilder().clearVersion().build()));
        group.getGroupsMap().forEach((name, child) -> bare.putGroups(name, unversioned(child)));
        return bare.build();
    }

    /** A channel of this tree in which any signature will do. */
    private static ChannelConfig whereEverybodyMay(ConfigGroup tree) throws ChannelConfigException {
        ChannelConfig real = ChannelConfigReader.read(FabricVectors.genesis());
        return new ChannelConfig(
                CHANNEL,
                3,
                Config.newBuilder().setSequence(3).setChannelGroup(tree).build(),
                real.membership(),
                new AnyPath(),
                real.orderer(),
                List.of(),
                List.of(),
                Map.of());
    }

    /** A policy at every path. */
    private static final class AnyPath extends java.util.AbstractMap<String, Policy> {
        @Override
        public Policy get(Object path) {
            return new Anybody();
        }

        @Override
        public Set<Entry<String, Policy>> entrySet() {
            return Set.of();
        }
    }

    private static final class Anybody implements Policy {
        @Override
        public boolean isSatisfiedBySignatures(List<SignedData> signatures) {
            return !signatures.isEmpty();
        }

        @Override
        public boolean isSatisfiedBy(List<Identity> signers) {
            return !signers.isEmpty();
        }

        @Override
        public Optional<String> missing(List<Identity> signers) {
            return Optional.empty();
        }

        @Override
        public Set<MSPPrincipal> principals() {
            return Set.of();
        }
    }
}
