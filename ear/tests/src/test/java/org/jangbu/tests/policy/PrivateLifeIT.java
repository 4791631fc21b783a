package org.jangbu.tests.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hyperledger.fabric.protos.peer.CollectionConfig;
import org.hyperledger.fabric.protos.peer.CollectionConfigPackage;
import org.hyperledger.fabric.protos.peer.CollectionPolicyConfig;
import org.hyperledger.fabric.protos.peer.StaticCollectionConfig;
import org.jangbu.msp.policy.PolicyLanguage;
import org.jangbu.tests.network.Fresh;
import org.jangbu.tests.network.NetworkTest;
import org.junit.jupiter.api.Test;

/** A private collection whose values live for two blocks, through a contract on seven peers: ranges, the end of values and hashes, purges. */
class PrivateLifeIT extends NetworkTest {
    private static final String BRIEF = "brief";
    private static final String LASTING = "lasting";

    @Test
    void private_values_are_read_in_ranges_end_after_their_blocks_and_are_purged() throws Exception {
        SevenNetwork seven = new SevenNetwork(Fresh.name("brief"));
        seven.define(
                "OR('AlphaMSP.peer', 'BetaMSP.peer', 'GammaMSP.peer')",
                CollectionConfigPackage.newBuilder()
                        .addConfig(collection(BRIEF, 2))
                        .addConfig(collection(LASTING, 0))
                        .build());
        submit(seven, "putPrivate", BRIEF, "b", "1");
        submit(seven, "putPrivate", LASTING, "k", "kept");
        submit(seven, "putPrivate", BRIEF, "a", "2");
        assertThat(seven.evaluate("privateRange", BRIEF, "", "")).isEqualTo("a=2;b=1;");
        assertThat(seven.evaluate("privateRange", BRIEF, "a", "b")).isEqualTo("a=2;");
        assertThat(seven.evaluate("getPrivate", BRIEF, "b")).isEqualTo("1");

        submit(seven, "purgePrivate", LASTING, "k");
        assertThat(seven.evaluate("privateRange", LASTING, "", "")).isEmpty();
        assertThat(seven.evaluate("privateHash", BRIEF, "b"))
                .as("two blocks later")
                .isEmpty();
        assertThat(seven.evaluate("privateRange", BRIEF, "", "")).isEqualTo("a=2;");
        submit(seven, "putPrivate", BRIEF, "a", "again");
        submit(seven, "putBytes", Fresh.name("key"), "01");
        submit(seven, "putBytes", Fresh.name("key"), "01");
        assertThat(seven.evaluate("getPrivate", BRIEF, "a"))
                .as("written in time")
                .isEqualTo("again");
        submit(seven, "putBytes", Fresh.name("key"), "01");
        assertThat(seven.evaluate("privateHash", BRIEF, "a")).isEmpty();
        assertThat(seven.evaluate("getPrivate", BRIEF, "a")).isEmpty();
        SevenNetwork.assertAlike();
    }

    /** One transaction, and with it one block. */
    private static void submit(SevenNetwork seven, String function, String... arguments) throws Exception {
        List<Integer> endorsers = seven.submitted(function, arguments);
        assertThat(endorsers).isNotEmpty();
    }

    private static CollectionConfig collection(String name, long blocks) throws Exception {
        return CollectionConfig.newBuilder()
                .setStaticCollectionConfig(StaticCollectionConfig.newBuilder()
                        .setName(name)
                        .setBlockToLive(blocks)
                        .setMemberOrgsPolicy(CollectionPolicyConfig.newBuilder()
                                .setSignaturePolicy(PolicyLanguage.parse(
                                        "OR('AlphaMSP.member', 'BetaMSP.member', 'GammaMSP.member')"))))
                .build();
    }
}
