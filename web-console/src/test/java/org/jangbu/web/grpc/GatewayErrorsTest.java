package org.jangbu.web.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.gateway.ChaincodeEventsRequest;
import org.hyperledger.fabric.protos.gateway.CommitStatusRequest;
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
import org.hyperledger.fabric.protos.peer.Endorsement;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.Response;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.ChannelId;
import org.jangbu.model.MspId;
import org.jangbu.model.NodeName;
import org.jangbu.model.TxId;
import org.jangbu.msp.client.Invocation;
import org.jangbu.msp.client.Proposals;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.peer.gateway.BroadcastException;
import org.jangbu.peer.gateway.EndorseException;
import org.jangbu.peer.gateway.EndorseException.Answer;
import org.jangbu.peer.gateway.EndorseException.Kind;
import org.jangbu.peer.gateway.Gateway;
import org.jangbu.peer.gateway.Routing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every failure of the gateway as a client sees it over a real connection: code, words and details, which Fabric's clients' users rely on. */
class GatewayErrorsTest {
    private static final String CHANNEL = "mychannel";
    private static final ByteString JUNK = ByteString.copyFromUtf8("junk");

    private final SigningIdentity user = StandInPeer.user(1);
    private final ExecutorService executor = Executors.newFixedThreadPool(2);
    private final Failing core = new Failing();
    private Optional<StandInPeer> door = Optional.empty();
    private Server server;
    private ManagedChannel channel;
    private GatewayGrpc.GatewayBlockingStub stub;

    @BeforeEach
    void start() throws Exception {
        door = Optional.of(new StandInPeer());
        PeerPlace place = new PeerPlace(
                new NodeName("peer0.org1.example.com"),
                new MspId("Org1MSP"),
                node -> node + ":7051",
                () -> door.map(peer -> peer));
        NettyServerBuilder builder = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(new GatewayService(place, core, executor));
        new CallGuard(100, 64 << 20).on(builder);
        server = builder.build().start();
        channel = NettyChannelBuilder.forAddress(server.getListenSockets().get(0))
                .usePlaintext()
                .build();
        stub = GatewayGrpc.newBlockingStub(channel).withDeadlineAfter(30, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
        server.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
        executor.shutdownNow();
    }

    private SignedProposal proposal() {
        return new Proposals(Clock.systemUTC(), new SecureRandom())
                .sign(
                        user,
                        new ChannelId(CHANNEL),
                        new ChaincodeName("basic"),
                        new Invocation(ByteString.copyFromUtf8("put"), List.of(), Map.of()))
                .proposal();
    }

    private void evaluate() {
        stub.evaluate(
                EvaluateRequest.newBuilder().setProposedTransaction(proposal()).build());
    }

    private void endorse(String... organizations) {
        stub.endorse(EndorseRequest.newBuilder()
                .setProposedTransaction(proposal())
                .addAllEndorsingOrganizations(List.of(organizations))
                .build());
    }

    private void submit() {
        stub.submit(SubmitRequest.newBuilder()
                .setChannelId(CHANNEL)
                .setPreparedTransaction(Envelope.newBuilder().setSignature(JUNK))
                .build());
    }

    private SignedCommitStatusRequest commitStatus(CommitStatusRequest.Builder request) {
        ByteString bytes = request.build().toByteString();
        return SignedCommitStatusRequest.newBuilder()
                .setRequest(bytes)
                .setSignature(user.sign(bytes))
                .build();
    }

    private CommitStatusRequest.Builder ofCommit() {
        return CommitStatusRequest.newBuilder()
                .setChannelId(CHANNEL)
                .setTransactionId("00")
                .setIdentity(user.serialized());
    }

    private void events(SeekPosition position) {
        ByteString bytes = ChaincodeEventsRequest.newBuilder()
                .setChannelId(CHANNEL)
                .setChaincodeId("basic")
                .setIdentity(user.serialized())
                .setStartPosition(position)
                .build()
                .toByteString();
        stub.chaincodeEvents(SignedChaincodeEventsRequest.newBuilder()
                        .setRequest(bytes)
                        .setSignature(user.sign(bytes))
                        .build())
                .forEachRemaining(event -> {});
    }

    @Test
    void before_the_ledgers_are_open_every_call_is_told_to_come_later() {
        door = Optional.empty();
        String words = "this server is not ready: its ledgers are not open";
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                this::evaluate,
                this::endorse,
                this::submit,
                () -> stub.commitStatus(commitStatus(ofCommit())),
                () -> events(SeekPosition.getDefaultInstance()))) {
            refused(call, Code.UNAVAILABLE, words);
        }
    }

    @Test
    void messages_that_lack_something_are_invalid() {
        refused(
                () -> stub.evaluate(EvaluateRequest.getDefaultInstance()),
                Code.INVALID_ARGUMENT,
                "failed to unpack transaction proposal: a signed proposal is required");
        refused(
                () -> stub.endorse(EndorseRequest.getDefaultInstance()),
                Code.INVALID_ARGUMENT,
                "the proposed transaction must contain a signed proposal");
        refused(
                () -> stub.submit(SubmitRequest.getDefaultInstance()),
                Code.INVALID_ARGUMENT,
                "a prepared transaction is required");
        refused(
                () -> stub.submit(SubmitRequest.newBuilder()
                        .setPreparedTransaction(Envelope.getDefaultInstance())
                        .build()),
                Code.INVALID_ARGUMENT,
                "prepared transaction must be signed");
        refused(
                () -> stub.commitStatus(SignedCommitStatusRequest.getDefaultInstance()),
                Code.INVALID_ARGUMENT,
                "a commit status request is required");
        refused(
                () -> stub.commitStatus(commitStatus(ofCommit().clearIdentity())),
                Code.INVALID_ARGUMENT,
                "no identity provided");
        refused(
                () -> stub.commitStatus(commitStatus(ofCommit().clearChannelId())),
                Code.INVALID_ARGUMENT,
                "no channel ID provided");
        refused(
                () -> stub.commitStatus(commitStatus(ofCommit().clearTransactionId())),
                Code.INVALID_ARGUMENT,
                "transaction ID should not be empty");
        refused(
                () -> stub.chaincodeEvents(SignedChaincodeEventsRequest.getDefaultInstance())
                        .forEachRemaining(event -> {}),
                Code.INVALID_ARGUMENT,
                "a chaincode events request is required");
    }

    @Test
    void bytes_that_are_no_message_are_invalid() {
        SignedProposal junk = SignedProposal.newBuilder().setProposalBytes(JUNK).build();
        begins(
                () -> stub.evaluate(EvaluateRequest.newBuilder()
                        .setProposedTransaction(junk)
                        .build()),
                Code.INVALID_ARGUMENT,
                "failed to unpack transaction proposal: ");
        begins(
                () -> stub.endorse(
                        EndorseRequest.newBuilder().setProposedTransaction(junk).build()),
                Code.INVALID_ARGUMENT,
                "");
        begins(
                () -> stub.commitStatus(
                        SignedCommitStatusRequest.newBuilder().setRequest(JUNK).build()),
                Code.INVALID_ARGUMENT,
                "invalid status request: ");
        begins(
                () -> stub.chaincodeEvents(SignedChaincodeEventsRequest.newBuilder()
                                .setRequest(JUNK)
                                .build())
                        .forEachRemaining(event -> {}),
                Code.INVALID_ARGUMENT,
                "invalid chaincode events request: ");
    }

    @Test
    void an_evaluation_that_no_peer_could_do_is_aborted() {
        for (Kind kind : List.of(Kind.UNAVAILABLE, Kind.CHAINCODE)) {
            core.failure = failed(kind, answer(1, kind == Kind.UNAVAILABLE ? 503 : 500, "its process is gone"));
            refused(
                    this::evaluate,
                    Code.ABORTED,
                    "failed to evaluate transaction, see attached details for more info",
                    detail(1, "its process is gone"));
        }
        core.failure = failed(Kind.UNAVAILABLE, answer(1, 504, "too late"));
        refused(this::evaluate, Code.DEADLINE_EXCEEDED, "evaluate timeout expired", detail(1, "too late"));
    }

    @Test
    void an_evaluation_that_is_refused_says_why() {
        core.failure = failed(Kind.CHAINCODE, answer(1, 400, "no such asset"));
        refused(
                this::evaluate,
                Code.UNKNOWN,
                "evaluate call to endorser returned error: chaincode response 400, no such asset",
                detail(1, "chaincode response 400, no such asset"));
        core.failure = failed(Kind.FORBIDDEN, answer(1, 500, "access denied"));
        refused(
                this::evaluate,
                Code.FAILED_PRECONDITION,
                "evaluate call to endorser returned error: access denied",
                detail(1, "access denied"));
        core.failure = failed(Kind.NOT_FOUND);
        core.words = "no peers available to evaluate chaincode basic in channel mychannel";
        refused(this::evaluate, Code.FAILED_PRECONDITION, core.words);
        core.serves = false;
        refused(this::evaluate, Code.UNAVAILABLE, "channel 'mychannel' not found");
    }

    @Test
    void an_endorsement_that_the_first_endorser_refuses_is_not_one() {
        core.failure = failed(Kind.CHAINCODE, answer(1, 500, "not today"));
        refused(
                this::endorse,
                Code.ABORTED,
                "failed to endorse transaction, see attached details for more info",
                detail(1, "not today"));
        core.failure = failed(Kind.UNAVAILABLE, answer(1, 504, "too late"));
        refused(
                this::endorse,
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
                this::endorse,
                Code.ABORTED,
                words,
                ErrorDetail.newBuilder()
                        .setAddress("elsewhere.example.com:443")
                        .setMspId("Org2MSP")
                        .setMessage("nobody answers there")
                        .build());
        core.failure = failed(Kind.MISMATCH, endorsed(1, "a"), endorsed(2, "b"));
        refused(this::endorse, Code.ABORTED, words, detail(2, "ProposalResponsePayloads do not match"));
        core.failure = failed(Kind.UNAVAILABLE, endorsed(1, "a"), answer(2, 504, "too late"));
        refused(
                this::endorse,
                Code.DEADLINE_EXCEEDED,
                "endorsement timeout expired while collecting endorsements",
                detail(2, "too late"));
        core.failure = failed(Kind.CHAINCODE, answer(2, 500, "not today"));
        refused(() -> endorse("Org2MSP"), Code.ABORTED, words, detail(2, "not today"));
    }

    @Test
    void an_endorsement_for_which_nobody_can_be_asked_says_so() {
        core.failure = failed(Kind.NOT_FOUND);
        core.words =
                "no combination of peers can be derived which satisfy the endorsement policy: No metadata was found for chaincode basic in channel mychannel";
        refused(this::endorse, Code.FAILED_PRECONDITION, core.words);
        core.failure = failed(Kind.UNAVAILABLE);
        core.words = "failed to find any endorsing peers for org(s): Org7MSP";
        refused(() -> endorse("Org7MSP"), Code.UNAVAILABLE, core.words);
        core.serves = false;
        refused(this::endorse, Code.FAILED_PRECONDITION, "channel 'mychannel' not found");
    }

    @Test
    void an_orderer_that_refuses_and_one_that_is_not_there_differ() {
        core.refusal = new BroadcastException(Status.BAD_REQUEST, "not an envelope");
        refused(
                this::submit,
                Code.ABORTED,
                "received unsuccessful response from orderer: status=BAD_REQUEST, info=not an envelope");
        core.refusal = new BroadcastException(
                Status.SERVICE_UNAVAILABLE, "this server is not connected to an ordering service yet");
        StatusRuntimeException away =
                refusal(this::submit, Code.UNAVAILABLE, "no orderers could successfully process transaction");
        assertThat(details(away)).singleElement().satisfies(detail -> {
            assertThat(detail.getMspId()).isEqualTo("OrdererMSP");
            assertThat(detail.getAddress())
                    .as("as the channel's configuration has it")
                    .isEqualTo("localhost:27050");
            assertThat(detail.getMessage()).isEqualTo("this server is not connected to an ordering service yet");
        });
        core.serves = false;
        refused(this::submit, Code.FAILED_PRECONDITION, "channel 'mychannel' not found");
    }

    @Test
    void whoever_may_not_ask_is_refused_whether_or_not_there_is_the_channel() {
        ByteString request = ofCommit().build().toByteString();
        refused(
                () -> stub.commitStatus(SignedCommitStatusRequest.newBuilder()
                        .setRequest(request)
                        .setSignature(StandInPeer.user(2).sign(request))
                        .build()),
                Code.PERMISSION_DENIED,
                "failed evaluating policy on signed data during check policy for [gateway/CommitStatus]: [signature set did not satisfy policy]");
        refused(
                () -> stub.commitStatus(commitStatus(ofCommit().setChannelId("elsewhere"))),
                Code.PERMISSION_DENIED,
                "failed to get policy manager for channel [elsewhere]");
    }

    @Test
    void a_commit_that_cannot_be_told_is_aborted_or_unavailable() {
        core.failure = failed(Kind.UNSATISFIED);
        core.words = "the index is broken";
        refused(() -> stub.commitStatus(commitStatus(ofCommit())), Code.ABORTED, "the index is broken");
        core.failure = failed(Kind.UNAVAILABLE);
        core.words = "the ledger cannot be read now; try again";
        refused(() -> stub.commitStatus(commitStatus(ofCommit())), Code.UNAVAILABLE, core.words);
    }

    @Test
    void events_begin_at_a_number_or_with_the_next_block_and_nowhere_else() {
        refused(
                () -> events(SeekPosition.newBuilder()
                        .setOldest(SeekOldest.getDefaultInstance())
                        .build()),
                Code.INVALID_ARGUMENT,
                "invalid start position type: *orderer.SeekPosition_Oldest");
        refused(
                () -> events(SeekPosition.newBuilder()
                        .setNewest(SeekNewest.getDefaultInstance())
                        .build()),
                Code.INVALID_ARGUMENT,
                "invalid start position type: *orderer.SeekPosition_Newest");
    }

    @Test
    void events_of_a_channel_that_the_peer_leaves_meanwhile_are_not_found() {
        door.orElseThrow().found = 1;
        refused(() -> events(SeekPosition.getDefaultInstance()), Code.NOT_FOUND, "channel 'mychannel' not found");
    }

    private static EndorseException failed(Kind kind, Answer... answers) {
        return new EndorseException(
                kind, new TxId("00"), answers.length == 0 ? "" : answers[answers.length - 1].words(), List.of(answers));
    }

    private static Answer answer(int organization, int status, String message) {
        return new Answer(
                new NodeName("peer0.org" + organization + ".example.com"),
                new MspId("Org" + organization + "MSP"),
                ProposalResponse.newBuilder()
                        .setResponse(Response.newBuilder().setStatus(status).setMessage(message))
                        .build());
    }

    private static Answer endorsed(int organization, String payload) {
        Answer refused = answer(organization, 200, "");
        return new Answer(
                refused.node(),
                refused.mspId(),
                refused.response().toBuilder()
                        .setPayload(ByteString.copyFromUtf8(payload))
                        .setEndorsement(Endorsement.newBuilder().setEndorser(JUNK))
                        .build());
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
        StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class, call);
        assertThat(failure.getStatus().getDescription()).isEqualTo(words);
        assertThat(failure.getStatus().getCode()).isEqualTo(code);
        return failure;
    }

    private static void begins(ThrowingCallable call, Code code, String words) {
        StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class, call);
        assertThat(failure.getStatus().getCode()).isEqualTo(code);
        assertThat(failure.getStatus().getDescription()).startsWith(words).isNotBlank();
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

    /** A core that fails as it is told. */
    private static final class Failing implements Gateway {
        EndorseException failure = failed(Kind.UNSATISFIED);
        BroadcastException refusal = new BroadcastException(Status.BAD_REQUEST, "");
        String words = "";
        boolean serves = true;

        private <T> CompletionStage<T> fails() {
            return CompletableFuture.failedFuture(
                    words.isEmpty()
                            ? failure
                            : new EndorseException(failure.kind(), failure.txId(), words, failure.answers()));
        }

        @Override
        public CompletionStage<ProposalResponse> evaluate(SignedProposal proposal, Routing routing) {
            return fails();
        }

        @Override
        public CompletionStage<PreparedTransaction> endorse(SignedProposal proposal, Routing routing) {
            return fails();
        }

        @Override
        public CompletionStage<List<Answer>> endorseByAll(SignedProposal proposal) {
            return fails();
        }

        @Override
        public CompletionStage<Void> submit(ChannelId channel, ByteString envelope) {
            return CompletableFuture.failedFuture(refusal);
        }

        @Override
        public CompletionStage<Optional<CommitStatus>> commitStatus(
                ChannelId channel, TxId txId, Duration limit, CompletionStage<?> abandoned) {
            return fails();
        }

        @Override
        public boolean serves(ChannelId channel) {
            return serves;
        }
    }
}
