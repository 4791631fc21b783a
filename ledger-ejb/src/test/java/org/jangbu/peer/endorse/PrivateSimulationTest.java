package org.jangbu.peer.endorse;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Map;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVMetadataWrite;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWriteHash;
import org.hyperledger.fabric.protos.peer.ChaincodeAction;
import org.hyperledger.fabric.protos.peer.CollectionConfig;
import org.hyperledger.fabric.protos.peer.CollectionConfigPackage;
import org.hyperledger.fabric.protos.peer.CollectionPolicyConfig;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.ProposalResponsePayload;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.hyperledger.fabric.protos.peer.StaticCollectionConfig;
import org.hyperledger.fabric.protos.peer.lifecycle.StateData;
import org.jangbu.chaincode.spi.ChaincodeHost;
import org.jangbu.chaincode.spi.ChaincodeHostException;
import org.jangbu.chaincode.spi.ChaincodeResult;
import org.jangbu.ledger.channel.FabricVectors;
import org.jangbu.ledger.privatedata.PrivateSet;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.ReadWriteSet;
import org.jangbu.model.Sha256;
import org.jangbu.msp.policy.PolicyLanguage;
import org.jangbu.peer.lifecycle.LifecycleKeys;
import org.jspecify.annotations.Nullable;
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

    @Test
    void a_range_shows_the_members_values_in_byte_order_and_leaves_no_trace() throws Exception {
        peer.ledger()
                .putPrivate(
                        TestPeer.CHAINCODE,
                        OWN,
                        Map.of("b", "2", "a", "1", "\uD83D\uDE00", "last", "\uFFFD", "before", "c", "3"));
        peer.runs(
                TestPeer.CHAINCODE,
                (call, host) -> Contract.ok(
                        rows(host, OWN, "", "") + "|" + rows(host, OWN, "b", "c") + "|" + rows(host, OTHERS, "", "")));
        ProposalResponse response =
                peer.endorser().process(TestProposal.of("range").signed());
        assertThat(response.getResponse().getPayload().toStringUtf8())
                .isEqualTo("a=1 b=2 c=3 \uFFFD=before \uD83D\uDE00=last |b=2 |");
        ByteString results = ChaincodeAction.parseFrom(
                        ProposalResponsePayload.parseFrom(response.getPayload()).getExtension())
                .getResults();
        assertThat(ReadWriteSet.parse(results).namespaces())
                .noneMatch(namespace -> namespace.name().equals(TestPeer.CHAINCODE)
                        && namespace.keys().getRangeQueriesInfoCount() > 0);
    }

    @Test
    void whoever_queries_private_data_must_not_write_before_or_after() throws Exception {
        peer.runs(TestPeer.CHAINCODE, (call, host) -> {
            host.putState("", "k", Contract.bytes("v"));
            return Contract.ok(rows(host, OWN, "", ""));
        });
        assertThat(message()).contains("Queries on pvt data is supported only in a read-only transaction");
        peer.runs(TestPeer.CHAINCODE, (call, host) -> {
            rows(host, OWN, "", "");
            host.putState(OWN, "k", Contract.bytes("v"));
            return Contract.ok("");
        });
        assertThat(message()).contains("Transaction has already performed queries on pvt data. Writes are not allowed");
        peer.runs(TestPeer.CHAINCODE, (call, host) -> Contract.ok(rows(host, "nowhere", "", "")));
        assertThat(message()).contains("collection [nowhere] not defined in the collection config");
    }

    @Test
    void rich_queries_ask_private_values_under_the_rules_of_their_ranges() throws Exception {
        peer.ledger()
                .putPrivate(
                        TestPeer.CHAINCODE, OWN, Map.of("a", "{\"size\":1}", "b", "{\"size\":2}", "c", "{\"size\":3}"));
        peer.runs(TestPeer.CHAINCODE, (call, host) -> Contract.ok(found(host, OWN)));
        ProposalResponse response =
                peer.endorser().process(TestProposal.of("query").signed());
        assertThat(response.getResponse().getPayload().toStringUtf8())
                .isEqualTo(TestPeer.CHAINCODE + " c={\"size\":3} " + TestPeer.CHAINCODE + " b={\"size\":2} ");
        ByteString results = ChaincodeAction.parseFrom(
                        ProposalResponsePayload.parseFrom(response.getPayload()).getExtension())
                .getResults();
        assertThat(ReadWriteSet.parse(results).namespaces())
                .noneMatch(namespace -> namespace.name().equals(TestPeer.CHAINCODE));

        peer.runs(TestPeer.CHAINCODE, (call, host) -> Contract.ok(found(host, "nowhere")));
        assertThat(message()).contains("collection [nowhere] not defined in the collection config");
        peer.runs(TestPeer.CHAINCODE, (call, host) -> {
            found(host, OWN);
            host.putState("", "k", Contract.bytes("v"));
            return Contract.ok("");
        });
        assertThat(message()).contains("Transaction has already performed queries on pvt data. Writes are not allowed");
    }

    @Test
    void a_range_that_a_commit_changes_while_it_is_read_is_read_again() throws Exception {
        peer.ledger().putPrivate(TestPeer.CHAINCODE, OWN, Map.of("a", "1"));
        int[] runs = {0};
        peer.runs(TestPeer.CHAINCODE, (call, host) -> {
            String seen = rows(host, OWN, "", "");
            if (runs[0] == 0) {
                runs[0]++;
                peer.ledger().putPrivate(TestPeer.CHAINCODE, OWN, Map.of("b", "2"));
                seen = seen + "overtaken";
            }
            return Contract.ok(seen);
        });
        assertThat(peer.endorser()
                        .process(TestProposal.of("range").signed())
                        .getResponse()
                        .getPayload()
                        .toStringUtf8())
                .isEqualTo("a=1 b=2 ");
    }

    @Test
    void of_metadata_the_clear_set_has_the_keys_alone_as_in_fabric() throws Exception {
        peer.runs(TestPeer.CHAINCODE, (call, host) -> {
            host.putStateMetadata(OWN, "k", "VALIDATION_PARAMETER", Contract.bytes("policy"));
            return Contract.ok("");
        });
        ProposalResponse response =
                peer.endorser().process(TestProposal.of("policy").signed());
        PrivateSet kept = peer.ledger().waiting().get(0);
        assertThat(KVRWSet.parseFrom(kept.content()).getMetadataWritesList())
                .containsExactly(KVMetadataWrite.newBuilder().setKey("k").build());
        assertThat(collection(response).privateSetHash()).isEqualTo(kept.hash());
        assertThat(collection(response).hashes().getMetadataWrites(0).getEntriesCount())
                .isEqualTo(1);
    }

    @Test
    void a_collection_for_members_alone_is_closed_to_the_clients_of_others_in_fabrics_words() throws Exception {
        define(
                collection("readers").setMemberOnlyRead(true).build(),
                collection("writers").setMemberOnlyWrite(true).build());
        peer.ledger().putPrivate(TestPeer.CHAINCODE, "readers", Map.of("k", "v"));
        peer.ledger().putPrivate(TestPeer.CHAINCODE, "writers", Map.of("k", "v"));
        Map<String, Contract> reads = Map.of(
                "get", (call, host) -> answer(host.getState("readers", "k")),
                "range", (call, host) -> Contract.ok(rows(host, "readers", "", "")),
                "metadata", (call, host) -> Contract.ok("" + host.getStateMetadata("readers", "k")));
        Map<String, Contract> writes = Map.of(
                "put",
                (call, host) -> {
                    host.putState("writers", "k", Contract.bytes("x"));
                    return Contract.ok("");
                },
                "delete",
                (call, host) -> {
                    host.deleteState("writers", "k");
                    return Contract.ok("");
                },
                "purge",
                (call, host) -> {
                    host.purgePrivateData("writers", "k");
                    return Contract.ok("");
                },
                "guard",
                (call, host) -> {
                    host.putStateMetadata("writers", "k", "VALIDATION_PARAMETER", Contract.bytes("x"));
                    return Contract.ok("");
                });
        for (Contract read : reads.values()) {
            assertThat(by(2, read).getResponse().getMessage())
                    .contains("tx creator does not have read access permission on privatedata in chaincodeName:"
                            + TestPeer.CHAINCODE + " collectionName: readers");
            assertThat(by(1, read).getResponse().getStatus()).isEqualTo(200);
        }
        for (Contract write : writes.values()) {
            assertThat(by(2, write).getResponse().getMessage())
                    .contains("tx creator does not have write access permission on privatedata in chaincodeName:"
                            + TestPeer.CHAINCODE + " collectionName: writers");
            assertThat(by(1, write).getResponse().getStatus()).isEqualTo(200);
        }
        assertThat(by(2, (call, host) -> answer(host.getPrivateDataHash("readers", "k")))
                        .getResponse()
                        .getStatus())
                .as("hashes are for everybody")
                .isEqualTo(200);
        assertThat(by(2, (call, host) -> answer(host.getState("writers", "k")))
                        .getResponse()
                        .getPayload()
                        .toStringUtf8())
                .isEqualTo("v");
    }

    @Test
    void while_a_chaincode_is_initialised_it_touches_no_private_data_in_fabrics_words() throws Exception {
        peer.defines(TestPeer.CHAINCODE, 2, "2.0", true);
        Map<String, Contract> calls = Map.of(
                "get", (call, host) -> answer(host.getState(OWN, "k")),
                "hash", (call, host) -> answer(host.getPrivateDataHash(OWN, "k")),
                "metadata", (call, host) -> Contract.ok("" + host.getStateMetadata(OWN, "k")),
                "range", (call, host) -> Contract.ok(rows(host, OWN, "", "")),
                "query", (call, host) -> Contract.ok("" + host.getQueryResult(OWN, "no query", null)),
                "put", (call, host) -> done(() -> host.putState(OWN, "k", Contract.bytes("x"))),
                "delete", (call, host) -> done(() -> host.deleteState(OWN, "k")),
                "purge", (call, host) -> done(() -> host.purgePrivateData(OWN, "k")),
                "guard", (call, host) -> done(() -> host.putStateMetadata(OWN, "k", "name", Contract.bytes("x"))));
        for (Map.Entry<String, Contract> call : calls.entrySet()) {
            peer.runs(TestPeer.CHAINCODE, call.getValue());
            SignedProposal init = TestProposal.of("x").init().signed();
            assertThat(peer.endorser().process(init).getResponse().getMessage())
                    .as(call.getKey())
                    .endsWith("private data APIs are not allowed in chaincode Init()");
        }
        peer.runs(TestPeer.CHAINCODE, (call, host) -> {
            try {
                host.getState("nowhere", "k");
            } catch (ChaincodeHostException refused) {
                return done(() -> host.putState("", "k", Contract.bytes("public")));
            }
            return Contract.answer(500, "not refused", "");
        });
        assertThat(peer.endorser()
                        .process(TestProposal.of("x").init().signed())
                        .getResponse()
                        .getStatus())
                .as("a contract may live with it")
                .isEqualTo(200);
    }

    @Test
    void a_chaincode_that_is_called_by_an_initialisation_is_not_initialised_itself() throws Exception {
        peer.defines(TestPeer.CHAINCODE, 2, "2.0", true);
        peer.defines("callee", 1, "1.0", false);
        peer.runs(TestPeer.CHAINCODE, (call, host) -> host.invokeChaincode("callee", "", call.args()));
        peer.runs("callee", (call, host) -> answer(host.getPrivateDataHash(OWN, "k")));
        assertThat(peer.endorser()
                        .process(TestProposal.of("x").init().signed())
                        .getResponse()
                        .getPayload()
                        .toStringUtf8())
                .isEqualTo("none");
    }

    private static ChaincodeResult done(Runnable call) {
        call.run();
        return Contract.ok("");
    }

    private static ChaincodeResult answer(byte @Nullable [] value) {
        return Contract.ok(value == null ? "none" : ByteString.copyFrom(value).toStringUtf8());
    }

    private ProposalResponse by(int organization, Contract contract) throws Exception {
        peer.runs(TestPeer.CHAINCODE, contract);
        return peer.endorser()
                .process(TestProposal.of("private")
                        .by(FabricVectors.user(organization))
                        .signed());
    }

    private static StaticCollectionConfig.Builder collection(String name) throws Exception {
        return StaticCollectionConfig.newBuilder()
                .setName(name)
                .setMemberOrgsPolicy(CollectionPolicyConfig.newBuilder()
                        .setSignaturePolicy(PolicyLanguage.parse("OR('Org1MSP.member')")));
    }

    private void define(StaticCollectionConfig... collections) {
        CollectionConfigPackage.Builder all = CollectionConfigPackage.newBuilder();
        for (StaticCollectionConfig collection : collections) {
            all.addConfig(CollectionConfig.newBuilder().setStaticCollectionConfig(collection));
        }
        StateKey field = LifecycleKeys.field(new ChaincodeName(TestPeer.CHAINCODE), LifecycleKeys.COLLECTIONS);
        peer.ledger()
                .put(Map.of(
                        field,
                        StateData.newBuilder()
                                .setBytes(all.build().toByteString())
                                .build()
                                .toByteString()));
    }

    private String message() throws Exception {
        return peer.endorser()
                .process(TestProposal.of("range").signed())
                .getResponse()
                .getMessage();
    }

    private static String rows(ChaincodeHost host, String collection, String start, String end) {
        StringBuilder rows = new StringBuilder();
        ChaincodeHost.Results<ChaincodeHost.KeyValue> results = host.getStateByRange(collection, start, end, null);
        while (results.hasNext()) {
            ChaincodeHost.KeyValue row = java.util.Objects.requireNonNull(results.next());
            rows.append(row.key())
                    .append('=')
                    .append(ByteString.copyFrom(row.value()).toStringUtf8())
                    .append(' ');
        }
        return rows.toString();
    }

    private static String found(ChaincodeHost host, String collection) {
        StringBuilder rows = new StringBuilder();
        ChaincodeHost.Results<ChaincodeHost.KeyValue> results = host.getQueryResult(
                collection, "{\"selector\":{\"size\":{\"$gt\":1}},\"sort\":[{\"size\":\"desc\"}]}", null);
        while (results.hasNext()) {
            ChaincodeHost.KeyValue row = java.util.Objects.requireNonNull(results.next());
            rows.append(row.namespace())
                    .append(' ')
                    .append(row.key())
                    .append('=')
                    .append(ByteString.copyFrom(row.value()).toStringUtf8())
                    .append(' ');
        }
        return rows.toString();
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
