package org.jangbu.peer.lifecycle.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;
import org.hyperledger.fabric.protos.peer.ApplicationPolicy;
import org.hyperledger.fabric.protos.peer.ChaincodeAction;
import org.hyperledger.fabric.protos.peer.CollectionConfig;
import org.hyperledger.fabric.protos.peer.CollectionConfigPackage;
import org.hyperledger.fabric.protos.peer.CollectionPolicyConfig;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.ProposalResponsePayload;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.hyperledger.fabric.protos.peer.StaticCollectionConfig;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.hyperledger.fabric.protos.peer.lifecycle.ApproveChaincodeDefinitionForMyOrgArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.CommitChaincodeDefinitionArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryChaincodeDefinitionArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryChaincodeDefinitionResult;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryChaincodeDefinitionsResult;
import org.hyperledger.fabric.protos.peer.lifecycle.StateData;
import org.jangbu.chaincode.packaging.ChaincodePackage;
import org.jangbu.chaincode.packaging.InstalledPackages;
import org.jangbu.ledger.channel.FabricVectors;
import org.jangbu.ledger.privatedata.PrivateSet;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.ChannelId;
import org.jangbu.model.EndorserTransaction;
import org.jangbu.model.ParsedBlock;
import org.jangbu.model.ParsedTransaction;
import org.jangbu.model.ReadWriteSet;
import org.jangbu.msp.policy.PolicyLanguage;
import org.jangbu.peer.endorse.TestPeer;
import org.jangbu.peer.endorse.TestProposal;
import org.jangbu.peer.lifecycle.LifecycleKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Approvals and definitions endorsed here are, byte by byte, those of a real Fabric network; only what the own organisation approved is endorsed. */
class LifecycleVectorsTest {
    @TempDir
    Path folder;

    private TestPeer peer(int organization, int lastBlock) throws IOException {
        return peer(folder, organization, lastBlock);
    }

    /** A peer of the recorded network up to that block, with {@code _lifecycle}. */
    static TestPeer peer(Path folder, int organization, int lastBlock) throws IOException {
        TestPeer peer = TestPeer.upTo(organization, lastBlock);
        return peer.system(new LifecycleChaincode(
                peer.resources().node(),
                peer.resources().localMembership(),
                new NodePackages(
                        peer.resources().node(),
                        new InstalledPackages(folder.resolve("packages"), folder.resolve("work")),
                        ChaincodePackage.MAX_BYTES)));
    }

    @Test
    void approves_a_definition_with_the_very_results_that_fabric_peers_endorsed() throws Exception {
        for (int number : new int[] {3, 4}) {
            EndorserTransaction recorded = recorded(number);
            int organization = organization(recorded);
            TestPeer peer = peer(organization, number - 1);
            ProposalResponse response = peer.endorser().process(again(recorded, organization));

            assertThat(response.getResponse().getMessage()).isEmpty();
            assertThat(action(response)).isEqualTo(recorded.action());
            // What stays here is what the block has the hash of.
            PrivateSet kept = peer.ledger().waiting().get(0);
            assertThat(kept.hash())
                    .isEqualTo(recorded.readWriteSet().namespaces().stream()
                            .flatMap(namespace -> namespace.collections().stream())
                            .findFirst()
                            .orElseThrow()
                            .privateSetHash());
        }
    }

    @Test
    void commits_a_definition_with_the_very_results_that_fabric_peers_endorsed() throws Exception {
        EndorserTransaction recorded = recorded(5);
        ProposalResponse response = peer(1, 4).endorser().process(again(recorded, 1));
        assertThat(response.getResponse().getMessage()).isEmpty();
        assertThat(action(response)).isEqualTo(recorded.action());
    }

    @Test
    void an_approval_is_known_to_its_own_peers_once_its_block_has_come() throws Exception {
        EndorserTransaction recorded = recorded(3);
        int organization = organization(recorded);
        TestPeer peer = peer(organization, 2);
        ParsedBlock block = ParsedBlock.parse(FabricVectors.block(3));
        peer.ledger()
                .transients()
                .put(
                        List.of(new PrivateSet(
                                recorded.envelope().txId(),
                                "_lifecycle",
                                "_implicit_org_Org" + organization + "MSP",
                                setOf(peer, recorded, organization))),
                        3);
        peer.ledger().append(block.block(), List.of(TxValidationCode.VALID));

        LedgerApprovals approvals =
                new LedgerApprovals(peer.resources().node(), peer.resources().channels());
        ApproveChaincodeDefinitionForMyOrgArgs args = ApproveChaincodeDefinitionForMyOrgArgs.parseFrom(
                recorded.invocation().getChaincodeSpec().getInput().getArgs(1));
        ApproveChaincodeDefinitionForMyOrgArgs found =
                approvals.find(new ChannelId("mychannel"), "basic", 1).orElseThrow();
        assertThat(found.getVersion()).isEqualTo(args.getVersion());
        assertThat(found.getSource()).isEqualTo(args.getSource());
        assertThat(peer.ledger().waiting())
                .noneMatch(set -> set.txId().equals(recorded.envelope().txId()));
        // A peer that has the hashes alone knows of no approval.
        TestPeer other = peer(organization, 3);
        assertThat(new LedgerApprovals(
                                other.resources().node(), other.resources().channels())
                        .find(new ChannelId("mychannel"), "basic", 1))
                .isEmpty();
    }

    @Test
    void an_approval_whose_values_are_lost_can_be_given_again() throws Exception {
        EndorserTransaction recorded = recorded(3);
        int organization = organization(recorded);
        TestPeer peer = peer(organization, 5);
        assertThat(peer.endorser().process(again(recorded, organization)).hasEndorsement())
                .isTrue();
        assertThat(KVRWSet.parseFrom(peer.ledger().waiting().get(0).content()).getWritesList())
                .hasSize(6);
    }

    private static ByteString setOf(TestPeer peer, EndorserTransaction recorded, int organization) throws Exception {
        peer.endorser().process(again(recorded, organization));
        return peer.ledger().waiting().get(0).content();
    }

    @Test
    void endorses_nothing_that_the_organisation_has_not_approved_exactly() throws Exception {
        CommitChaincodeDefinitionArgs args = args(2, "2.0").build();
        assertThat(commit(args))
                .isEqualTo(
                        "failed to invoke backing implementation of 'CommitChaincodeDefinition': chaincode definition"
                                + " not agreed to by this org (Org1MSP)");
        assertThat(commitAfter(args(2, "2.1").build(), args)).contains("not agreed to");
        assertThat(commitAfter(args(2, "2.0").setInitRequired(true).build(), args))
                .contains("not agreed to");
        // What is not said means the default, on either side.
        assertThat(commitAfter(args(2, "2.0").setEndorsementPlugin("escc").build(), args))
                .isEmpty();
    }

    @Test
    void keeps_fabrics_rules_for_approvals() throws Exception {
        assertThat(approve(args(0, "2.0").setName("new-one").build()))
                .endsWith("requested sequence is 0, but first definable sequence number is 1");
        assertThat(approve(args(3, "2.0").build()))
                .endsWith("requested sequence 3 is larger than the next available sequence number 2");
        assertThat(approve(args(1, "2.0").build()))
                .contains("attempted to redefine the current committed sequence (1) for namespace basic with different"
                        + " parameters");
        assertThat(approve(args(2, "2.0").build())).isEmpty();
        ProposalResponse stranger = peer(1, 5)
                .endorser()
                .process(TestProposal.of("ApproveChaincodeDefinitionForMyOrg", "")
                        .chaincode("_lifecycle")
                        .by(FabricVectors.admin(2))
                        .signed());
        assertThat(stranger.getResponse().getMessage()).contains("failed ACL check");
    }

    @Test
    void keeps_fabrics_rules_for_sequence_name_version_and_collections() throws Exception {
        assertThat(commit(args(1, "2.0").build()))
                .endsWith("requested sequence is 1, but new definition must be sequence 2");
        assertThat(commit(args(2, "2.0").setName("new-one").build()))
                .endsWith("requested sequence is 2, but new definition must be sequence 1");
        assertThat(commit(args(2, "2.0").setName("a b").build())).contains("invalid chaincode name 'a b'");
        assertThat(commit(args(2, "2.0").setName("_lifecycle").build())).contains("invalid chaincode name");
        assertThat(commit(args(2, "2.0").setName("qscc").build())).contains("is the name of a system chaincode");
        assertThat(commit(args(2, "a/b").build())).contains("invalid chaincode version 'a/b'");
        assertThat(commit(args(2, "2.0").setCollections(collection("_x")).build()))
                .contains("invalid collection name '_x'");
        assertThat(commit(args(2, "2.0").setCollections(collection("x")).build()))
                .contains("collection member policy is not set");
    }

    @Test
    void keeps_the_collections_of_a_chaincode_and_for_how_long_their_data_live() throws Exception {
        CollectionConfigPackage three = collection("c", 3);
        assertThat(commitAfterCollections(three, CollectionConfigPackage.getDefaultInstance()))
                .endsWith("error validating chaincode definition: "
                        + "the proposed collection config does not contain previously defined collections");
        assertThat(commitAfterCollections(three, collection("d", 3)))
                .endsWith("existing collection [c] missing in the proposed collection configuration");
        assertThat(commitAfterCollections(three, collection("c", 4)))
                .endsWith("the BlockToLive in an existing collection [c] modified. Existing value [3]");
        assertThat(commitAfterCollections(
                        three,
                        three.toBuilder()
                                .addConfig(collection("d", 7).getConfig(0))
                                .build()))
                .as("further collections may come, and only approvals are wanting")
                .contains("chaincode definition not agreed to by this org");
    }

    /** Answers to the commit and to the approval of another definition, which must begin with the same complaint. */
    private String commitAfterCollections(CollectionConfigPackage committed, CollectionConfigPackage wanted)
            throws Exception {
        TestPeer peer = peer(1, 5);
        StateKey field = LifecycleKeys.field(new ChaincodeName("basic"), LifecycleKeys.COLLECTIONS);
        peer.ledger()
                .put(Map.of(
                        field,
                        StateData.newBuilder()
                                .setBytes(committed.toByteString())
                                .build()
                                .toByteString()));
        CommitChaincodeDefinitionArgs args =
                args(2, "2.0").setCollections(wanted).build();
        String commit =
                peer.endorser().process(commitProposal(args)).getResponse().getMessage();
        String approval =
                peer.endorser().process(approveProposal(args)).getResponse().getMessage();
        if (commit.contains("error validating")) {
            assertThat(approval).endsWith(commit.substring(commit.indexOf("error validating")));
        } else {
            assertThat(approval).isEmpty();
        }
        return commit;
    }

    private static CollectionConfigPackage collection(String name, long blockToLive) throws Exception {
        return CollectionConfigPackage.newBuilder()
                .addConfig(CollectionConfig.newBuilder()
                        .setStaticCollectionConfig(StaticCollectionConfig.newBuilder()
                                .setName(name)
                                .setBlockToLive(blockToLive)
                                .setMemberOrgsPolicy(CollectionPolicyConfig.newBuilder()
                                        .setSignaturePolicy(PolicyLanguage.parse("OR('Org1MSP.member')")))))
                .build();
    }

    @Test
    void refuses_plugins_that_nobody_can_have() throws Exception {
        for (String nothing : List.of("custom", "vscc", "limit:1.0", "limit:1.0:" + "AB".repeat(32), "\u0000")) {
            assertThat(approve(args(2, "2.0").setEndorsementPlugin(nothing).build()))
                    .contains("invalid endorsement plugin");
            assertThat(commit(args(2, "2.0").setEndorsementPlugin(nothing).build()))
                    .contains("invalid endorsement plugin");
        }
        for (String nothing : List.of("custom", "escc", "limit:1.0", "limit:1.0:" + "ab".repeat(31))) {
            assertThat(approve(args(2, "2.0").setValidationPlugin(nothing).build()))
                    .contains("invalid validation plugin");
            assertThat(commit(args(2, "2.0").setValidationPlugin(nothing).build()))
                    .contains("invalid validation plugin");
        }
    }

    /** Approving is what an organisation says; to sign the definition itself a peer must be able to follow it. */
    @Test
    void approves_a_plugin_that_is_not_here_and_does_not_endorse_its_commit() throws Exception {
        String plugin = "limit:1.0:" + "ab".repeat(32);
        CommitChaincodeDefinitionArgs validated =
                args(2, "2.0").setValidationPlugin(plugin).build();
        assertThat(commitAfter(validated, validated))
                .contains("peer peer0.org1.example.com could not follow this definition: plug-in " + plugin
                        + " is not here");
        CommitChaincodeDefinitionArgs endorsed =
                args(2, "2.0").setEndorsementPlugin(plugin).build();
        assertThat(commitAfter(endorsed, endorsed)).contains("is not here");
    }

    @Test
    void refuses_policies_that_nobody_could_judge() throws Exception {
        ByteString missing = ApplicationPolicy.newBuilder()
                .setChannelConfigPolicyReference("/Channel/Application/Nobody")
                .build()
                .toByteString();
        assertThat(commit(args(2, "2.0").setValidationParameter(missing).build()))
                .contains("endorsement policy: channel mychannel has no policy /Channel/Application/Nobody");
        ByteString empty = ApplicationPolicy.newBuilder()
                .setSignaturePolicy(SignaturePolicyEnvelope.newBuilder().setVersion(7))
                .build()
                .toByteString();
        assertThat(commit(args(2, "2.0").setValidationParameter(empty).build())).contains("endorsement policy: ");
        assertThat(commit(args(2, "2.0")
                        .setValidationParameter(ByteString.copyFrom(new byte[] {1}))
                        .build()))
                .contains("endorsement policy: it cannot be read");
    }

    @Test
    void answers_what_is_defined_and_404_for_what_is_not() throws Exception {
        TestPeer peer = peer(1, 5);
        ProposalResponse found = peer.endorser().process(query("basic"));
        QueryChaincodeDefinitionResult definition =
                QueryChaincodeDefinitionResult.parseFrom(found.getResponse().getPayload());
        assertThat(definition.getSequence()).isEqualTo(1);
        assertThat(definition.getVersion()).isEqualTo("1.0");
        assertThat(definition.getEndorsementPlugin()).isEqualTo("escc");

        ProposalResponse missing = peer.endorser().process(query("nothing"));
        assertThat(missing.getResponse().getStatus()).isEqualTo(404);
        assertThat(missing.getResponse().getMessage()).isEqualTo("namespace nothing is not defined");

        ProposalResponse all = peer.endorser()
                .process(TestProposal.of("QueryChaincodeDefinitions", "")
                        .chaincode("_lifecycle")
                        .signed());
        assertThat(QueryChaincodeDefinitionsResult.parseFrom(all.getResponse().getPayload())
                        .getChaincodeDefinitionsList())
                .singleElement()
                .satisfies(d -> assertThat(d.getName()).isEqualTo("basic"));
    }

    @Test
    void a_second_definition_writes_only_what_changes() throws Exception {
        CommitChaincodeDefinitionArgs args = args(2, "2.0").build();
        TestPeer peer = peer(1, 5);
        approve(peer, args);
        ProposalResponse response = peer.endorser().process(commitProposal(args));
        assertThat(keys(set(response), "_lifecycle").getWritesList())
                .extracting(w -> w.getKey())
                .containsExactly("namespaces/fields/basic/EndorsementInfo", "namespaces/fields/basic/Sequence");
    }

    private String commit(CommitChaincodeDefinitionArgs args) throws Exception {
        return peer(1, 5).endorser().process(commitProposal(args)).getResponse().getMessage();
    }

    private String approve(CommitChaincodeDefinitionArgs args) throws Exception {
        return peer(1, 5)
                .endorser()
                .process(approveProposal(args))
                .getResponse()
                .getMessage();
    }

    private String commitAfter(CommitChaincodeDefinitionArgs approved, CommitChaincodeDefinitionArgs wanted)
            throws Exception {
        TestPeer peer = peer(1, 5);
        approve(peer, approved);
        return peer.endorser().process(commitProposal(wanted)).getResponse().getMessage();
    }

    /** Endorses an approval and puts its hashes where its block would put them. */
    private static void approve(TestPeer peer, CommitChaincodeDefinitionArgs args) throws Exception {
        Map<StateKey, ByteString> hashes = new HashMap<>();
        for (ReadWriteSet.Namespace namespace :
                set(peer.endorser().process(approveProposal(args))).namespaces()) {
            for (ReadWriteSet.Collection collection : namespace.collections()) {
                collection
                        .hashes()
                        .getHashedWritesList()
                        .forEach(write -> hashes.put(
                                StateKey.hashed(namespace.name(), collection.name(), write.getKeyHash()),
                                write.getValueHash()));
            }
        }
        assertThat(hashes).hasSize(6);
        peer.ledger().put(hashes);
    }

    private static SignedProposal approveProposal(CommitChaincodeDefinitionArgs args) {
        ApproveChaincodeDefinitionForMyOrgArgs approval = ApproveChaincodeDefinitionForMyOrgArgs.newBuilder()
                .setSequence(args.getSequence())
                .setName(args.getName())
                .setVersion(args.getVersion())
                .setEndorsementPlugin(args.getEndorsementPlugin())
                .setValidationPlugin(args.getValidationPlugin())
                .setInitRequired(args.getInitRequired())
                .setCollections(args.getCollections())
                .build();
        return TestProposal.of()
                .chaincode("_lifecycle")
                .args(List.of(ByteString.copyFromUtf8("ApproveChaincodeDefinitionForMyOrg"), approval.toByteString()))
                .by(FabricVectors.admin(1))
                .signed();
    }

    static EndorserTransaction recorded(int number) {
        return ((ParsedTransaction.Endorser) ParsedBlock.parse(FabricVectors.block(number))
                        .transactions()
                        .get(0))
                .transaction();
    }

    static int organization(EndorserTransaction recorded) throws Exception {
        return SerializedIdentity.parseFrom(
                                recorded.envelope().signatureHeader().getCreator())
                        .getMspid()
                        .equals("Org1MSP")
                ? 1
                : 2;
    }

    static SignedProposal again(EndorserTransaction recorded, int organization) throws Exception {
        return TestProposal.of()
                .chaincode("_lifecycle")
                .args(recorded.invocation().getChaincodeSpec().getInput().getArgsList())
                .by(FabricVectors.admin(organization))
                .signed();
    }

    private static ChaincodeAction action(ProposalResponse response) throws Exception {
        return ChaincodeAction.parseFrom(
                ProposalResponsePayload.parseFrom(response.getPayload()).getExtension());
    }

    private static SignedProposal commitProposal(CommitChaincodeDefinitionArgs args) {
        return TestProposal.of()
                .chaincode("_lifecycle")
                .args(List.of(ByteString.copyFromUtf8("CommitChaincodeDefinition"), args.toByteString()))
                .signed();
    }

    private static SignedProposal query(String name) {
        return TestProposal.of()
                .chaincode("_lifecycle")
                .args(List.of(
                        ByteString.copyFromUtf8("QueryChaincodeDefinition"),
                        QueryChaincodeDefinitionArgs.newBuilder()
                                .setName(name)
                                .build()
                                .toByteString()))
                .signed();
    }

    private static CommitChaincodeDefinitionArgs.Builder args(long sequence, String version) {
        return CommitChaincodeDefinitionArgs.newBuilder()
                .setName("basic")
                .setSequence(sequence)
                .setVersion(version);
    }

    private static CollectionConfigPackage collection(String name) {
        return CollectionConfigPackage.newBuilder()
                .addConfig(CollectionConfig.newBuilder()
                        .setStaticCollectionConfig(
                                StaticCollectionConfig.newBuilder().setName(name)))
                .build();
    }

    private static ReadWriteSet set(ProposalResponse response) throws Exception {
        return ReadWriteSet.parse(action(response).getResults());
    }

    private static KVRWSet keys(ReadWriteSet set, String namespace) {
        return set.namespaces().stream()
                .filter(ns -> ns.name().equals(namespace))
                .findFirst()
                .orElseThrow()
                .keys();
    }
}
