package org.jangbu.peer.endorse;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Map;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWriteHash;
import org.hyperledger.fabric.protos.peer.ChaincodeAction;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.ProposalResponsePayload;
import org.jangbu.ledger.privatedata.PrivateSet;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.model.ReadWriteSet;
import org.jangbu.model.Sha256;
import org.junit.jupiter.api.Test;

/** Private data in simulations: hashes to the block, values to the members, and nothing to anybody else. */
class PrivateSimulationTest {
    private static final String OWN = "_implicit_org_Org1MSP";
    private static final String OTHERS = "_implicit_org_Org2MSP";

    private final TestPeer peer = new TestPeer(1);

    @Test
    void puts_hashes_into_the_results_and_keeps_the_values_here() throws Exception {
        peer.runs(TestPeer.CHAINCODE, (call, host) -> {
            host.putState(OWN, "z", Contract.bytes("salary 5000"));
            host.putState(OWN, "a", Contract.bytes("x"));
            host.putState(OWN, "a", Contract.bytes("salary 7000"));
            host.deleteState(OWN, "gone");
            return Contract.ok("done");
        });
        ProposalResponse response =
                peer.endorser().process(TestProposal.of("put").signed());

        assertThat(response.getPayload().toStringUtf8())
                .doesNotContain("salary")
                .doesNotContain("gone");
        ReadWriteSet.Collection hashed = collection(response);
        assertThat(hashed.name()).isEqualTo(OWN);
        assertThat(hashed.hashes().getHashedWritesList())
                .containsExactly(write("a", "salary 7000"), deletion("gone"), write("z", "salary 5000"));
        PrivateSet kept = peer.ledger().waiting().get(0);
        assertThat(kept.hash()).isEqualTo(hashed.privateSetHash());
        assertThat(KVRWSet.parseFrom(kept.content()).getWritesList())
                .extracting(w -> w.getKey() + "=" + w.getValue().toStringUtf8())
                .containsExactly("a=salary 7000", "gone=", "z=salary 5000");
        assertThat(response.getInterest().getChaincodes(0).getCollectionNamesList())
                .containsExactly(OWN);
    }

    @Test
    void a_value_counts_as_read_by_its_hash_and_version() throws Exception {
        StateKey key = StateKey.hashed(TestPeer.CHAINCODE, OWN, hash("k"));
        peer.ledger().put(Map.of(key, hash("v")));
        peer.runs(TestPeer.CHAINCODE, (call, host) -> {
            byte[] known = host.getPrivateDataHash(OWN, "k");
            host.getPrivateDataHash(OWN, "absent");
            return Contract.ok(known == null ? "none" : Integer.toString(known.length));
        });
        ProposalResponse response =
                peer.endorser().process(TestProposal.of("get").signed());

        assertThat(response.getResponse().getPayload().toStringUtf8()).isEqualTo("32");
        assertThat(collection(response).hashes().getHashedReadsList())
                .extracting(read -> read.getKeyHash(), read -> read.hasVersion())
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(hash("k"), true),
                        org.assertj.core.groups.Tuple.tuple(hash("absent"), false));
        assertThat(collection(response).privateSetHash()).isEmpty();
        assertThat(peer.ledger().waiting()).isEmpty();
    }

    @Test
    void a_peer_without_the_value_of_a_hash_says_so_and_endorses_nothing() throws Exception {
        peer.ledger().put(Map.of(StateKey.hashed(TestPeer.CHAINCODE, OWN, hash("k")), hash("v")));
        peer.runs(
                TestPeer.CHAINCODE,
                (call, host) ->
                        Contract.ok(ByteString.copyFrom(java.util.Objects.requireNonNull(host.getState(OWN, "k")))
                                .toStringUtf8()));
        ProposalResponse response =
                peer.endorser().process(TestProposal.of("get").signed());
        assertThat(response.hasEndorsement()).isFalse();
        assertThat(response.getResponse().getMessage())
                .contains("private data matching public hash version is not available");
    }

    @Test
    void refuses_collections_that_are_not_there_and_values_that_nobody_would_keep() throws Exception {
        assertThat(failure("nowhere")).contains("collection [nowhere] not defined in the collection config");
        assertThat(failure("_implicit_org_Org9MSP")).contains("not defined in the collection config");
        assertThat(failure(OTHERS)).contains("no peer within reach is a member of collection " + OTHERS);
        assertThat(peer.ledger().waiting()).isEmpty();
    }

    @Test
    void a_purge_is_a_deletion_that_says_more() throws Exception {
        peer.runs(TestPeer.CHAINCODE, (call, host) -> {
            host.purgePrivateData(OWN, "k");
            return Contract.ok("");
        });
        ProposalResponse response =
                peer.endorser().process(TestProposal.of("purge").signed());
        assertThat(collection(response).hashes().getHashedWrites(0))
                .isEqualTo(deletion("k").toBuilder().setIsPurge(true).build());
    }

    private String failure(String collection) throws Exception {
        peer.runs(TestPeer.CHAINCODE, (call, host) -> {
            host.putState(collection, "k", Contract.bytes("v"));
            return Contract.ok("");
        });
        return peer.endorser()
                .process(TestProposal.of("put").signed())
                .getResponse()
                .getMessage();
    }

    private static ReadWriteSet.Collection collection(ProposalResponse response) throws Exception {
        ByteString results = ChaincodeAction.parseFrom(
                        ProposalResponsePayload.parseFrom(response.getPayload()).getExtension())
                .getResults();
        List<ReadWriteSet.Collection> collections = ReadWriteSet.parse(results).namespaces().stream()
                .flatMap(namespace -> namespace.collections().stream())
                .toList();
        assertThat(collections).hasSize(1);
        return collections.get(0);
    }

    private static KVWriteHash write(String key, String value) {
        return KVWriteHash.newBuilder()
                .setKeyHash(hash(key))
                .setValueHash(hash(value))
                .build();
    }

    private static KVWriteHash deletion(String key) {
        return KVWriteHash.newBuilder().setKeyHash(hash(key)).setIsDelete(true).build();
    }

    private static ByteString hash(String text) {
        return Sha256.of(ByteString.copyFromUtf8(text));
    }
}
