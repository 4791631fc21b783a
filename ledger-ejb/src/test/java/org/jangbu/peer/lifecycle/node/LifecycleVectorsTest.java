package org.jangbu.peer.lifecycle.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.peer.ChaincodeAction;
import org.hyperledger.fabric.protos.peer.CollectionConfig;
import org.hyperledger.fabric.protos.peer.CollectionConfigPackage;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.ProposalResponsePayload;
import org.hyperledger.fabric.protos.peer.StaticCollectionConfig;
import org.hyperledger.fabric.protos.peer.lifecycle.ApproveChaincodeDefinitionForMyOrgArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.ChaincodeSource;
import org.hyperledger.fabric.protos.peer.lifecycle.CommitChaincodeDefinitionArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryChaincodeDefinitionArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryChaincodeDefinitionResult;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryChaincodeDefinitionsResult;
import org.jangbu.ledger.channel.FabricVectors;
import org.jangbu.model.EndorserTransaction;
import org.jangbu.model.ParsedBlock;
import org.jangbu.model.ParsedTransaction;
import org.jangbu.model.ReadWriteSet;
import org.jangbu.peer.endorse.TestPeer;
import org.jangbu.peer.endorse.TestProposal;
import org.junit.jupiter.api.Test;

/** A definition written here is the definition that a real Fabric network wrote, and only what its own operator approved is endorsed. */
class LifecycleVectorsTest {
    private Optional<ApproveChaincodeDefinitionForMyOrgArgs> approval = Optional.empty();

    private TestPeer peer(boolean withDefinition) {
        TestPeer peer = withDefinition ? new TestPeer(1) : TestPeer.upTo(1, 4);
        return peer.system(new LifecycleChaincode(peer.resources().node(), (channel, chaincode, sequence) -> approval));
    }

    @Test
    void commits_a_definition_with_the_reads_and_writes_that_fabric_peers_endorsed() throws Exception {
        EndorserTransaction recorded = ((ParsedTransaction.Endorser)
                        ParsedBlock.parse(FabricVectors.block(5)).transactions().get(0))
                .transaction();
        List<ByteString> args =
                recorded.invocation().getChaincodeSpec().getInput().getArgsList();
        approve(CommitChaincodeDefinitionArgs.parseFrom(args.get(1)));

        ProposalResponse response = peer(false)
                .endorser()
                .process(TestProposal.of()
                        .chaincode("_lifecycle")
                        .args(args)
                        .by(FabricVectors.admin(1))
                        .signed());

        assertThat(response.getResponse().getMessage()).isEmpty();
        assertThat(response.hasEndorsement()).isTrue();
        assertThat(keys(set(response), "_lifecycle")).isEqualTo(keys(recorded.readWriteSet(), "_lifecycle"));
        assertThat(response.getResponse()).isEqualTo(recorded.action().getResponse());
    }

    @Test
    void endorses_nothing_that_the_operator_has_not_approved_exactly() throws Exception {
        CommitChaincodeDefinitionArgs args = args(2, "2.0").build();
        assertThat(commit(args))
                .isEqualTo(
                        "failed to invoke backing implementation of 'CommitChaincodeDefinition': chaincode definition"
                                + " not agreed to by this org (Org1MSP)");
        approve(args(2, "2.1").build());
        assertThat(commit(args)).contains("not agreed to");
        approve(args(2, "2.0").setInitRequired(true).build());
        assertThat(commit(args)).contains("not agreed to");
        // What is not said means the default, on either side.
        approve(args(2, "2.0").setEndorsementPlugin("escc").build());
        assertThat(commit(args)).isEmpty();
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
    void answers_what_is_defined_and_404_for_what_is_not() throws Exception {
        TestPeer peer = peer(true);
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
        approve(args);
        ProposalResponse response = peer(true).endorser().process(commitProposal(args));
        assertThat(keys(set(response), "_lifecycle").getWritesList())
                .extracting(w -> w.getKey())
                .containsExactly("namespaces/fields/basic/EndorsementInfo", "namespaces/fields/basic/Sequence");
    }

    private String commit(CommitChaincodeDefinitionArgs args) throws Exception {
        return peer(true).endorser().process(commitProposal(args)).getResponse().getMessage();
    }

    private static org.hyperledger.fabric.protos.peer.SignedProposal commitProposal(
            CommitChaincodeDefinitionArgs args) {
        return TestProposal.of()
                .chaincode("_lifecycle")
                .args(List.of(ByteString.copyFromUtf8("CommitChaincodeDefinition"), args.toByteString()))
                .signed();
    }

    private static org.hyperledger.fabric.protos.peer.SignedProposal query(String name) {
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

    private void approve(CommitChaincodeDefinitionArgs args) {
        approval = Optional.of(ApproveChaincodeDefinitionForMyOrgArgs.newBuilder()
                .setSequence(args.getSequence())
                .setName(args.getName())
                .setVersion(args.getVersion())
                .setEndorsementPlugin(args.getEndorsementPlugin())
                .setValidationPlugin(args.getValidationPlugin())
                .setValidationParameter(args.getValidationParameter())
                .setCollections(args.getCollections())
                .setInitRequired(args.getInitRequired())
                .setSource(ChaincodeSource.newBuilder()
                        .setLocalPackage(ChaincodeSource.Local.newBuilder().setPackageId("x:y")))
                .build());
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
        return ReadWriteSet.parse(ChaincodeAction.parseFrom(
                        ProposalResponsePayload.parseFrom(response.getPayload()).getExtension())
                .getResults());
    }

    private static KVRWSet keys(ReadWriteSet set, String namespace) {
        return set.namespaces().stream()
                .filter(ns -> ns.name().equals(namespace))
                .findFirst()
                .orElseThrow()
                .keys();
    }
}
