package org.jangbu.tests.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.client.ChaincodeEvent;
import org.hyperledger.fabric.client.CloseableIterator;
import org.hyperledger.fabric.client.Commit;
import org.hyperledger.fabric.client.CommitStatusException;
import org.hyperledger.fabric.client.Contract;
import org.hyperledger.fabric.client.EndorseException;
import org.hyperledger.fabric.client.Gateway;
import org.hyperledger.fabric.client.GatewayException;
import org.hyperledger.fabric.client.GatewayRuntimeException;
import org.hyperledger.fabric.client.Network;
import org.hyperledger.fabric.client.Proposal;
import org.hyperledger.fabric.client.SubmittedTransaction;
import org.hyperledger.fabric.client.Transaction;
import org.hyperledger.fabric.client.identity.Signer;
import org.hyperledger.fabric.protos.gateway.ErrorDetail;
import org.jangbu.tests.network.Ledgers;
import org.jangbu.tests.network.NetworkTest;
import org.jangbu.tests.server.SevenPeers;
import org.jangbu.tests.server.TrialServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Fabric's own client for Java, as it comes from Maven Central, against a peer of this server. */
class GatewayClientIT extends NetworkTest {
    private static final String PEER1 = "peer0.org1.example.com:7051";
    private static final String CHANNEL = TrialServer.CHANNEL.value();

    private final String key = "grpc-" + UUID.randomUUID();
    private ManagedChannel channel;
    private Gateway gateway;
    private Contract values;
    private Contract probe;

    @BeforeEach
    void connect() throws Exception {
        channel = Peers.connect(1);
        gateway = Peers.client(1, channel).connect();
        Network fabric = gateway.getNetwork(CHANNEL);
        values = fabric.getContract("keyvalue");
        probe = fabric.getContract("probe");
    }

    @AfterEach
    void disconnect() throws Exception {
        gateway.close();
        Peers.close(channel);
    }

    /** Whatever the client wrote, and all before it, is as Fabric's rules want it. */
    @AfterAll
    static void blocks_are_sound() throws Exception {
        Ledgers.assertSoundAndEqual();
    }

    @Test
    void submits_a_transaction_and_evaluates_another() throws Exception {
        assertThat(text(values.submitTransaction("increment", key))).isEqualTo("1");
        assertThat(text(values.submitTransaction("increment", key))).isEqualTo("2");
        assertThat(text(values.evaluateTransaction("get", key))).isEqualTo("2");
    }

    @Test
    void reads_the_chain_through_system_chaincodes() throws Exception {
        Contract qscc = gateway.getNetwork(CHANNEL).getContract("qscc");
        byte[] block = qscc.evaluateTransaction("GetBlockByNumber", CHANNEL, "0");
        assertThat(org.hyperledger.fabric.protos.common.Block.parseFrom(block)).isEqualTo(network.block(0));
    }

    @Test
    void submits_without_waiting_and_learns_the_outcome_later() throws Exception {
        SubmittedTransaction submitted = values.newProposal("increment")
                .addArguments(key)
                .build()
                .endorse()
                .submitAsync();
        assertThat(text(submitted.getResult())).isEqualTo("1");
        org.hyperledger.fabric.client.Status status = submitted.getStatus();
        assertThat(status.isSuccessful()).isTrue();
        assertThat(status.getTransactionId()).isEqualTo(submitted.getTransactionId());
        assertThat(status.getBlockNumber()).isPositive().isLessThan(network.height());
    }

    @Test
    void signs_everything_offline() throws Exception {
        Signer signer = Peers.signer(1);
        try (Gateway unsigned = Gateway.newInstance()
                .identity(Peers.identity(1))
                .connection(channel)
                .connect()) {
            Proposal proposal = unsigned.getNetwork(CHANNEL)
                    .getContract("keyvalue")
                    .newProposal("increment")
                    .addArguments(key)
                    .build();
            Proposal signedProposal =
                    unsigned.newSignedProposal(proposal.getBytes(), signer.sign(proposal.getDigest()));
            Transaction transaction = signedProposal.endorse();
            Transaction signedTransaction =
                    unsigned.newSignedTransaction(transaction.getBytes(), signer.sign(transaction.getDigest()));
            Commit commit = signedTransaction.submitAsync();
            Commit signedCommit = unsigned.newSignedCommit(commit.getBytes(), signer.sign(commit.getDigest()));
            assertThat(signedCommit.getStatus().isSuccessful()).isTrue();
        }
        assertThat(text(values.evaluateTransaction("get", key))).isEqualTo("1");
    }

    @Test
    void a_client_of_another_organisation_is_served_at_the_same_door() throws Exception {
        try (Gateway other = Peers.client(2, channel).connect()) {
            Contract contract = other.getNetwork(CHANNEL).getContract("keyvalue");
            assertThat(text(contract.submitTransaction("increment", key))).isEqualTo("1");
        }
    }

    @Test
    void organisations_can_be_named() throws Exception {
        byte[] result = values.newProposal("increment")
                .addArguments(key)
                .setEndorsingOrganizations("Org2MSP", "Org1MSP")
                .build()
                .endorse()
                .submit();
        assertThat(text(result)).isEqualTo("1");
        GatewayException refused = catchThrowableOfType(
                GatewayException.class,
                () -> values.newProposal("increment")
                        .addArguments(key)
                        .setEndorsingOrganizations("Org1MSP", "Org7MSP")
                        .build()
                        .endorse());
        assertStatus(refused, Status.Code.UNAVAILABLE, "failed to find any endorsing peers for org(s): Org7MSP");
        assertThat(refused.getDetails()).isEmpty();
    }

    @Test
    void an_organisation_alone_makes_a_transaction_that_committers_refuse() throws Exception {
        Transaction transaction = values.newProposal("increment")
                .addArguments(key)
                .setEndorsingOrganizations("Org1MSP")
                .build()
                .endorse();
        assertThatThrownBy(transaction::submit)
                .isInstanceOf(org.hyperledger.fabric.client.CommitException.class)
                .hasMessageContaining("ENDORSEMENT_POLICY_FAILURE");
    }

    @Test
    void an_evaluation_that_the_contract_refuses_has_its_words() {
        GatewayException failure =
                catchThrowableOfType(GatewayException.class, () -> values.evaluateTransaction("get", key));
        String words = "chaincode response 500, there is no value under this key";
        assertStatus(failure, Status.Code.UNKNOWN, "evaluate call to endorser returned error: " + words);
        assertThat(failure.getDetails()).containsExactly(detail(PEER1, "Org1MSP", words));
    }

    @Test
    void an_endorsement_that_the_contract_refuses_has_its_words() {
        EndorseException failure = catchThrowableOfType(
                EndorseException.class, () -> probe.submitTransaction("refuse", "not on a Sunday"));
        assertStatus(failure, Status.Code.ABORTED, "failed to endorse transaction, see attached details for more info");
        assertThat(failure.getDetails())
                .containsExactly(detail(PEER1, "Org1MSP", "chaincode response 500, not on a Sunday"));
    }

    @Test
    void endorsers_that_differ_are_named() {
        EndorseException failure =
                catchThrowableOfType(EndorseException.class, () -> probe.submitTransaction("differ", key));
        assertStatus(
                failure,
                Status.Code.ABORTED,
                "failed to collect enough transaction endorsements, see attached details for more info");
        assertThat(failure.getDetails())
                .containsExactly(
                        detail("peer0.org2.example.com:9051", "Org2MSP", "ProposalResponsePayloads do not match"));
    }

    @Test
    void a_chaincode_that_is_not_there_is_said_to_be_missing() {
        Contract nothing = gateway.getNetwork(CHANNEL).getContract("nothing");
        assertStatus(
                catchThrowableOfType(GatewayException.class, () -> nothing.evaluateTransaction("get", key)),
                Status.Code.FAILED_PRECONDITION,
                "no peers available to evaluate chaincode nothing in channel " + CHANNEL);
        assertStatus(
                catchThrowableOfType(EndorseException.class, () -> nothing.submitTransaction("put", key, "1")),
                Status.Code.FAILED_PRECONDITION,
                "no combination of peers can be derived which satisfy the endorsement policy: No metadata was found for chaincode nothing in channel "
                        + CHANNEL);
    }

    @Test
    void a_channel_that_is_not_there_is_unavailable() {
        Contract elsewhere = gateway.getNetwork("elsewhere").getContract("keyvalue");
        assertStatus(
                catchThrowableOfType(GatewayException.class, () -> elsewhere.evaluateTransaction("get", key)),
                Status.Code.UNAVAILABLE,
                "channel 'elsewhere' not found");
    }

    @Test
    void a_stranger_is_refused_in_fabrics_words() throws Exception {
        Signer foreign = Peers.signer(2);
        try (Gateway forger = Peers.client(1, channel).signer(foreign).connect()) {
            Contract contract = forger.getNetwork(CHANNEL).getContract("keyvalue");
            String words = "error validating proposal: access denied: channel [" + CHANNEL + "] creator org [Org1MSP]";
            GatewayException evaluated =
                    catchThrowableOfType(GatewayException.class, () -> contract.evaluateTransaction("get", key));
            assertStatus(
                    evaluated, Status.Code.FAILED_PRECONDITION, "evaluate call to endorser returned error: " + words);
            assertThat(evaluated.getDetails()).containsExactly(detail(PEER1, "Org1MSP", words));
            EndorseException endorsed =
                    catchThrowableOfType(EndorseException.class, () -> contract.submitTransaction("increment", key));
            assertStatus(
                    endorsed, Status.Code.ABORTED, "failed to endorse transaction, see attached details for more info");
            assertThat(endorsed.getDetails()).containsExactly(detail(PEER1, "Org1MSP", words));

            Commit commit = values.newProposal("increment")
                    .addArguments(key)
                    .build()
                    .endorse()
                    .submitAsync();
            Commit forged = forger.newSignedCommit(commit.getBytes(), foreign.sign(commit.getDigest()));
            CommitStatusException refused = catchThrowableOfType(CommitStatusException.class, forged::getStatus);
            assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
            assertThat(refused.getStatus().getDescription()).contains("gateway/CommitStatus");
            assertThat(commit.getStatus().isSuccessful()).isTrue();
        }
    }

    @Test
    void a_channel_of_others_is_closed_though_its_peers_are_on_this_server() {
        Network theirs = gateway.getNetwork(SevenPeers.CHANNEL.value());
        String words =
                "error validating proposal: access denied: channel [" + SevenPeers.CHANNEL + "] creator org [Org1MSP]";
        GatewayException evaluated = catchThrowableOfType(
                GatewayException.class,
                () -> theirs.getContract("qscc").evaluateTransaction("GetChainInfo", SevenPeers.CHANNEL.value()));
        assertStatus(evaluated, Status.Code.FAILED_PRECONDITION, "evaluate call to endorser returned error: " + words);
        GatewayRuntimeException listened = catchThrowableOfType(GatewayRuntimeException.class, () -> {
            try (CloseableIterator<ChaincodeEvent> events = theirs.getChaincodeEvents("probe")) {
                events.next();
            }
        });
        assertThat(listened.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(listened.getStatus().getDescription())
                .isEqualTo("failed to get policy manager for channel [" + SevenPeers.CHANNEL + "]");
    }

    @Test
    void a_proposal_counts_once() throws Exception {
        Proposal proposal = values.newProposal("increment").addArguments(key).build();
        proposal.endorse().submit();
        GatewayException evaluated = catchThrowableOfType(GatewayException.class, proposal::evaluate);
        assertThat(evaluated.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(evaluated.getStatus().getDescription())
                .startsWith("evaluate call to endorser returned error: duplicate transaction found ["
                        + proposal.getTransactionId() + "]");
        EndorseException endorsed = catchThrowableOfType(EndorseException.class, proposal::endorse);
        assertThat(endorsed.getStatus().getCode()).isEqualTo(Status.Code.ABORTED);
        assertThat(endorsed.getTransactionId()).isEqualTo(proposal.getTransactionId());
        assertThat(endorsed.getDetails())
                .singleElement()
                .satisfies(detail -> assertThat(detail.getMessage())
                        .startsWith("duplicate transaction found [" + proposal.getTransactionId() + "]"));
    }

    @Test
    void the_orderer_says_why_it_does_not_take_a_transaction() throws Exception {
        Transaction transaction =
                values.newProposal("increment").addArguments(key).build().endorse();
        Transaction forged = gateway.newSignedTransaction(
                transaction.getBytes(), Peers.signer(2).sign(transaction.getDigest()));
        GatewayException refused = catchThrowableOfType(GatewayException.class, forged::submitAsync);
        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.ABORTED);
        assertThat(refused.getStatus().getDescription())
                .startsWith("received unsuccessful response from orderer: status=FORBIDDEN, info=");
    }

    @Test
    void who_waits_for_a_commit_that_never_comes_is_told_at_its_deadline() throws Exception {
        Transaction transaction =
                values.newProposal("increment").addArguments(key).build().endorse();
        // Known by a commit of its own, though never submitted.
        byte[] request = org.hyperledger.fabric.protos.gateway.SignedCommitStatusRequest.newBuilder()
                .setRequest(org.hyperledger.fabric.protos.gateway.CommitStatusRequest.newBuilder()
                        .setTransactionId(transaction.getTransactionId())
                        .setChannelId(CHANNEL)
                        .setIdentity(org.hyperledger.fabric.protos.msp.SerializedIdentity.newBuilder()
                                .setMspid("Org1MSP")
                                .setIdBytes(com.google.protobuf.ByteString.copyFrom(
                                        Peers.identity(1).getCredentials()))
                                .build()
                                .toByteString())
                        .build()
                        .toByteString())
                .build()
                .getRequest()
                .toByteArray();
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(request);
        var stub = org.hyperledger.fabric.protos.gateway.GatewayGrpc.newBlockingStub(channel)
                .withDeadlineAfter(500, TimeUnit.MILLISECONDS);
        io.grpc.StatusRuntimeException late = catchThrowableOfType(
                io.grpc.StatusRuntimeException.class,
                () -> stub.commitStatus(org.hyperledger.fabric.protos.gateway.SignedCommitStatusRequest.newBuilder()
                        .setRequest(com.google.protobuf.ByteString.copyFrom(request))
                        .setSignature(com.google.protobuf.ByteString.copyFrom(
                                Peers.signer(1).sign(digest)))
                        .build()));
        assertThat(late.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    }

    private static void assertStatus(GatewayException failure, Status.Code code, String description) {
        assertThat(failure.getStatus().getDescription()).isEqualTo(description);
        assertThat(failure.getStatus().getCode()).isEqualTo(code);
    }

    private static ErrorDetail detail(String address, String mspId, String message) {
        return ErrorDetail.newBuilder()
                .setAddress(address)
                .setMspId(mspId)
                .setMessage(message)
                .build();
    }

    private static String text(byte[] result) {
        return new String(result, StandardCharsets.UTF_8);
    }
}
