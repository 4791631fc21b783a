package org.jangbu.web.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.jangbu.web.grpc.FailingGateway.answer;
import static org.jangbu.web.grpc.FailingGateway.endorsed;
import static org.jangbu.web.grpc.FailingGateway.failed;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.gateway.EndorseRequest;
import org.hyperledger.fabric.protos.gateway.ErrorDetail;
import org.hyperledger.fabric.protos.gateway.EvaluateRequest;
import org.hyperledger.fabric.protos.gateway.GatewayGrpc;
import org.hyperledger.fabric.protos.gateway.SignedChaincodeEventsRequest;
import org.hyperledger.fabric.protos.gateway.SignedCommitStatusRequest;
import org.hyperledger.fabric.protos.gateway.SubmitRequest;
import org.hyperledger.fabric.protos.orderer.SeekNewest;
import org.hyperledger.fabric.protos.orderer.SeekOldest;
import org.hyperledger.fabric.protos.orderer.SeekPosition;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.jangbu.model.MspId;
import org.jangbu.model.NodeName;
import org.jangbu.peer.gateway.BroadcastException;
import org.jangbu.peer.gateway.EndorseException.Answer;
import org.jangbu.peer.gateway.EndorseException.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every failure of the gateway as a client sees it over a real connection: code, words and details, which Fabric's clients' users rely on. */
class GatewayErrorsTest {
    private static final ByteString JUNK = ByteString.copyFromUtf8("junk");

    private final FailingGateway core = new FailingGateway();
    private GatewayConnection peer;
    private GatewayGrpc.GatewayBlockingStub stub;

    @BeforeEach
    void connect() throws Exception {
        peer = new GatewayConnection(core);
        stub = peer.stub();
    }

    @AfterEach
    void disconnect() throws Exception {
        peer.close();
    }

    @Test
    void before_the_ledgers_are_open_every_call_is_told_to_come_later() {
        peer.door = Optional.empty();
        String words = "this server is not ready: its ledgers are not open";
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                peer::evaluate,
                peer::endorse,
                peer::submit,
                () -> stub.commitStatus(peer.commitStatus(peer.ofCommit())),
                () -> peer.events(SeekPosition.getDefaultInstance()))) {
            refused(call, Code.UNAVAILABLE, words);
        }
    }

    @Test
    void messages_that_lack_something_are_invalid() {
        Map<ThrowingCallable, String> lacking = Map.of(
                () -> stub.evaluate(EvaluateRequest.getDefaultInstance()),
                "failed to unpack transaction proposal: a signed proposal is required",
                () -> stub.endorse(EndorseRequest.getDefaultInstance()),
                "the proposed transaction must contain a signed proposal",
                () -> stub.submit(SubmitRequest.getDefaultInstance()),
                "a prepared transaction is required",
                () -> stub.submit(SubmitRequest.newBuilder()
                        .setPreparedTransaction(Envelope.getDefaultInstance())
                        .build()),
                "prepared transaction must be signed",
                () -> stub.commitStatus(SignedCommitStatusRequest.getDefaultInstance()),
                "a commit status request is required",
                () -> stub.commitStatus(peer.commitStatus(peer.ofCommit().clearIdentity())),
                "no identity provided",
                () -> stub.commitStatus(peer.commitStatus(peer.ofCommit().clearChannelId())),
                "no channel ID provided",
                () -> stub.commitStatus(peer.commitStatus(peer.ofCommit().clearTransactionId())),
                "transaction ID should not be empty",
                () -> peer.events(SignedChaincodeEventsRequest.getDefaultInstance()),
                "a chaincode events request is required");
        lacking.forEach((call, words) -> refused(call, Code.INVALID_ARGUMENT, words));
    }

    @Test
    void bytes_that_are_no_message_are_invalid() {
        SignedProposal junk = SignedProposal.newBuilder().setProposalBytes(JUNK).build();
        Map<ThrowingCallable, String> unreadable = Map.of(
                () -> stub.evaluate(EvaluateRequest.newBuilder()
                        .setProposedTransaction(junk)
                        .build()),
                "failed to unpack transaction proposal: ",
                () -> stub.endorse(
                        EndorseRequest.newBuilder().setProposedTransaction(junk).build()),
                "",
                () -> stub.commitStatus(
                        SignedCommitStatusRequest.newBuilder().setRequest(JUNK).build()),
                "invalid status request: ",
                () -> peer.events(SignedChaincodeEventsRequest.newBuilder()
                        .setRequest(JUNK)
                        .build()),
                "invalid chaincode events request: ");
        unreadable.forEach((call, words) -> {
            io.grpc.Status status = failure(call).getStatus();
            assertThat(status.getCode()).isEqualTo(Code.INVALID_ARGUMENT);
            assertThat(status.getDescription()).startsWith(words).isNotBlank();
        });
    }

    @Test
    void an_evaluation_that_no_peer_could_do_is_aborted() {
        for (Kind kind : List.of(Kind.UNAVAILABLE, Kind.CHAINCODE)) {
            core.failure = failed(kind, answer(1, kind == Kind.UNAVAILABLE ? 503 : 500, "its process is gone"));
            refused(
                    peer::evaluate,
                    Code.ABORTED,
                    "failed to evaluate transaction, see attached details for more info",
                    detail(1, "its process is gone"));
        }
        core.failure = failed(Kind.UNAVAILABLE, answer(1, 504, "too late"));
        refused(peer::evaluate, Code.DEADLINE_EXCEEDED, "evaluate timeout expired", detail(1, "too late"));
    }

    @Test
    void an_evaluation_that_is_refused_says_why() {
        core.failure = failed(Kind.CHAINCODE, answer(1, 400, "no such asset"));
        refused(
                peer::evaluate,
                Code.UNKNOWN,
                "evaluate call to endorser returned error: chaincode response 400, no such asset",
                detail(1, "chaincode response 400, no such asset"));
        core.failure = failed(Kind.FORBIDDEN, answer(1, 500, "access denied"));
        refused(
                peer::evaluate,
                Code.FAILED_PRECONDITION,
                "evaluate call to endorser returned error: access denied",
                detail(1, "access denied"));
        core.failure = failed(Kind.NOT_FOUND);
        core.words = "no peers available to evaluate chaincode basic in channel mychannel";
        refused(peer::evaluate, Code.FAILED_PRECONDITION, core.words);
        core.serves = false;
        refused(peer::evaluate, Code.UNAVAILABLE, "channel 'mychannel' not found");
    }

    @Test
    void an_endorsement_that_the_first_endorser_refuses_is_not_one() {
        core.failure = failed(Kind.CHAINCODE, answer(1, 500, "not today"));
        refused(
                peer::endorse,
                Code.ABORTED,
                "failed to endorse transaction, see attached details for more info",
                detail(1, "not today"));
        core.failure = failed(Kind.UNAVAILABLE, answer(1, 504, "too late"));
        refused(
                peer::endorse,
                Code.DEADLINE_EXCEEDED,
                "endorsement timeout expired while collecting first endorsement",
                detail(1, "too late"));
    }

    @Test
    void too_few_endorsements_say_who_is_missing_and_where() {
        String words = "failed to collect enough transaction endorsements, see attached details for more info";
        Answer away = new Answer(
                new NodeName("peer0.org2.example.com"),
                new MspId("Org2MSP"),
                answer(2, 503, "nobody answers there").response(),
                Optional.of("elsewhere.example.com:443"));
        core.failure = failed(Kind.UNAVAILABLE, endorsed(1, "a"), away);
        refused(
                peer::endorse,
                Code.ABORTED,
                words,
                ErrorDetail.newBuilder()
                        .setAddress("elsewhere.example.com:443")
                        .setMspId("Org2MSP")
                        .setMessage("nobody answers there")
                        .build());
        core.failure = failed(Kind.MISMATCH, endorsed(1, "a"), endorsed(2, "b"));
        refused(peer::endorse, Code.ABORTED, words, detail(2, "ProposalResponsePayloads do not match"));
        core.failure = failed(Kind.UNAVAILABLE, endorsed(1, "a"), answer(2, 504, "too late"));
        refused(
                peer::endorse,
                Code.DEADLINE_EXCEEDED,
                "endorsement timeout expired while collecting endorsements",
                detail(2, "too late"));
        core.failure = failed(Kind.CHAINCODE, answer(2, 500, "not today"));
        refused(() -> peer.endorse("Org2MSP"), Code.ABORTED, words, detail(2, "not today"));
    }

    @Test
    void an_endorsement_for_which_nobody_can_be_asked_says_so() {
        core.failure = failed(Kind.NOT_FOUND);
        core.words =
                "no combination of peers can be derived which satisfy the endorsement policy: No metadata was found for chaincode basic in channel mychannel";
        refused(peer::endorse, Code.FAILED_PRECONDITION, core.words);
        core.failure = failed(Kind.UNAVAILABLE);
        core.words = "failed to find any endorsing peers for org(s): Org7MSP";
        refused(() -> peer.endorse("Org7MSP"), Code.UNAVAILABLE, core.words);
        core.serves = false;
        refused(peer::endorse, Code.FAILED_PRECONDITION, "channel 'mychannel' not found");
    }

    @Test
    void an_orderer_that_refuses_and_one_that_is_not_there_differ() {
        core.refusal = new BroadcastException(Status.BAD_REQUEST, "not an envelope");
        refused(
                peer::submit,
                Code.ABORTED,
                "received unsuccessful response from orderer: status=BAD_REQUEST, info=not an envelope");
        core.refusal = new BroadcastException(
                Status.SERVICE_UNAVAILABLE, "this server is not connected to an ordering service yet");
        StatusRuntimeException away =
                refusal(peer::submit, Code.UNAVAILABLE, "no orderers could successfully process transaction");
        assertThat(details(away)).singleElement().satisfies(detail -> {
            assertThat(detail.getMspId()).isEqualTo("OrdererMSP");
            assertThat(detail.getAddress())
                    .as("as the channel's configuration has it")
                    .isEqualTo("localhost:27050");
            assertThat(detail.getMessage()).isEqualTo("this server is not connected to an ordering service yet");
        });
        core.serves = false;
        refused(peer::submit, Code.FAILED_PRECONDITION, "channel 'mychannel' not found");
    }

    @Test
    void whoever_may_not_ask_is_refused_whether_or_not_there_is_the_channel() {
        ByteString request = peer.ofCommit().build().toByteString();
        refused(
                () -> stub.commitStatus(SignedCommitStatusRequest.newBuilder()
                        .setRequest(request)
                        .setSignature(StandInPeer.user(2).sign(request))
                        .build()),
                Code.PERMISSION_DENIED,
                "failed evaluating policy on signed data during check policy for [gateway/CommitStatus]: [signature set did not satisfy policy]");
        refused(
                () -> stub.commitStatus(peer.commitStatus(peer.ofCommit().setChannelId("elsewhere"))),
                Code.PERMISSION_DENIED,
                "failed to get policy manager for channel [elsewhere]");
    }

    @Test
    void a_commit_that_cannot_be_told_is_aborted_or_unavailable() {
        core.failure = failed(Kind.UNSATISFIED);
        core.words = "the index is broken";
        refused(() -> stub.commitStatus(peer.commitStatus(peer.ofCommit())), Code.ABORTED, "the index is broken");
        core.failure = failed(Kind.UNAVAILABLE);
        core.words = "the ledger cannot be read now; try again";
        refused(() -> stub.commitStatus(peer.commitStatus(peer.ofCommit())), Code.UNAVAILABLE, core.words);
    }

    @Test
    void events_begin_at_a_number_or_with_the_next_block_and_nowhere_else() {
        Map.of(
                        "Oldest",
                        SeekPosition.newBuilder().setOldest(SeekOldest.getDefaultInstance()),
                        "Newest",
                        SeekPosition.newBuilder().setNewest(SeekNewest.getDefaultInstance()))
                .forEach((name, position) -> refused(
                        () -> peer.events(position.build()),
                        Code.INVALID_ARGUMENT,
                        "invalid start position type: *orderer.SeekPosition_" + name));
    }

    @Test
    void events_of_a_channel_that_the_peer_leaves_meanwhile_are_not_found() {
        peer.door.orElseThrow().found = 1;
        refused(() -> peer.events(SeekPosition.getDefaultInstance()), Code.NOT_FOUND, "channel 'mychannel' not found");
    }

    private static ErrorDetail detail(int organization, String message) {
        return ErrorDetail.newBuilder()
                .setAddress("peer0.org" + organization + ".example.com:7051")
                .setMspId("Org" + organization + "MSP")
                .setMessage(message)
                .build();
    }

    private static void refused(ThrowingCallable call, Code code, String words, ErrorDetail... details) {
        assertThat(details(refusal(call, code, words))).containsExactly(details);
    }

    private static StatusRuntimeException refusal(ThrowingCallable call, Code code, String words) {
        StatusRuntimeException failure = failure(call);
        assertThat(failure.getStatus().getDescription()).isEqualTo(words);
        assertThat(failure.getStatus().getCode()).isEqualTo(code);
        return failure;
    }

    private static StatusRuntimeException failure(ThrowingCallable call) {
        return catchThrowableOfType(StatusRuntimeException.class, call);
    }

    private static List<ErrorDetail> details(StatusRuntimeException failure) {
        List<ErrorDetail> details = new ArrayList<>();
        try {
            for (com.google.protobuf.Any any :
                    Objects.requireNonNull(StatusProto.fromThrowable(failure)).getDetailsList()) {
                details.add(any.unpack(ErrorDetail.class));
            }
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
        return details;
    }
}
