package org.jangbu.peer.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hyperledger.fabric.protos.peer.CollectionConfig;
import org.hyperledger.fabric.protos.peer.CollectionConfigPackage;
import org.hyperledger.fabric.protos.peer.StaticCollectionConfig;
import org.hyperledger.fabric.protos.peer.lifecycle.StateData;
import org.hyperledger.fabric.protos.peer.lifecycle.StateMetadata;
import org.jangbu.ledger.privatedata.PrivateSet;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.TxId;
import org.jangbu.peer.endorse.JoinedChannel;
import org.jangbu.peer.endorse.MembersElsewhere;
import org.jangbu.peer.endorse.MemoryLedger;
import org.jangbu.peer.endorse.SimulationException;
import org.jangbu.peer.endorse.TestPeer;
import org.jangbu.peer.lifecycle.LifecycleKeys;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** To how many members private sets are to go before an endorsement is signed, where none of them is on this server. */
class HostedDistributionTest {
    private static final ChaincodeName CHAINCODE = new ChaincodeName("cc");

    private final MemoryLedger ledger = new MemoryLedger("peer0.org1.example.com", "mychannel");
    private final List<Integer> wanted = new ArrayList<>();

    @BeforeEach
    void define() {
        CollectionConfigPackage collections = CollectionConfigPackage.newBuilder()
                .addConfig(collection("strict", 2, 3))
                .addConfig(collection("easy", 0, 0))
                .build();
        ledger.put(Map.of(
                LifecycleKeys.metadata(CHAINCODE),
                StateMetadata.newBuilder()
                        .setDatatype(LifecycleKeys.DEFINITION_TYPE)
                        .build()
                        .toByteString(),
                LifecycleKeys.field(CHAINCODE, LifecycleKeys.COLLECTIONS),
                StateData.newBuilder()
                        .setBytes(collections.toByteString())
                        .build()
                        .toByteString()));
    }

    @Test
    void asks_for_as_many_as_the_collection_allows_and_fails_below_what_it_requires() throws Exception {
        distribute("strict", 2);
        distribute("strict", 3);
        assertThat(wanted).containsExactly(3, 3);
        assertThatThrownBy(() -> distribute("strict", 1))
                .isInstanceOf(SimulationException.class)
                .hasMessageContaining("required to disseminate private data of collection strict to at least 2 peers,"
                        + " but know of only 1 eligible peers");
    }

    @Test
    void values_that_nobody_would_keep_are_not_endorsed() throws Exception {
        distribute("easy", 1);
        distribute("_implicit_org_Org2MSP", 1);
        assertThat(wanted).containsExactly(1, 1);
        for (String collection : List.of("easy", "_implicit_org_Org2MSP")) {
            assertThatThrownBy(() -> distribute(collection, 0))
                    .isInstanceOf(SimulationException.class)
                    .hasMessageContaining("no peer within reach is a member of collection " + collection);
        }
    }

    private void distribute(String collection, int taken) throws SimulationException {
        MembersElsewhere elsewhere = (channel, set, most) -> {
            wanted.add(most);
            return taken;
        };
        new HostedDistribution(List::of, () -> elsewhere)
                .distribute(
                        new JoinedChannel(ledger, TestPeer::channelConfig),
                        List.of(new PrivateSet(new TxId("a".repeat(64)), "cc", collection, ByteString.EMPTY)));
    }

    private static CollectionConfig collection(String name, int required, int most) {
        return CollectionConfig.newBuilder()
                .setStaticCollectionConfig(StaticCollectionConfig.newBuilder()
                        .setName(name)
                        .setRequiredPeerCount(required)
                        .setMaximumPeerCount(most))
                .build();
    }
}
