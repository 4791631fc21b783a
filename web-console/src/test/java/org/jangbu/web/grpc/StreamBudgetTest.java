package org.jangbu.web.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockData;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.gateway.ChaincodeEventsResponse;
import org.hyperledger.fabric.protos.gateway.GatewayGrpc;
import org.hyperledger.fabric.protos.gateway.SignedChaincodeEventsRequest;
import org.hyperledger.fabric.protos.orderer.SeekInfo;
import org.hyperledger.fabric.protos.orderer.SeekNextCommit;
import org.hyperledger.fabric.protos.orderer.SeekPosition;
import org.hyperledger.fabric.protos.orderer.SeekSpecified;
import org.hyperledger.fabric.protos.peer.ChaincodeAction;
import org.hyperledger.fabric.protos.peer.ChaincodeActionPayload;
import org.hyperledger.fabric.protos.peer.ChaincodeEndorsedAction;
import org.hyperledger.fabric.protos.peer.ChaincodeEvent;
import org.hyperledger.fabric.protos.peer.DeliverGrpc;
import org.hyperledger.fabric.protos.peer.DeliverResponse;
import org.hyperledger.fabric.protos.peer.EndorserGrpc;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.ProposalResponsePayload;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.hyperledger.fabric.protos.peer.Transaction;
import org.hyperledger.fabric.protos.peer.TransactionAction;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.ledger.block.Growth;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.channel.ChannelConfigReader;
import org.jangbu.model.TransactionsFilter;
import org.jangbu.msp.policy.SignedData;
import org.jangbu.peer.event.ChaincodeEventCursor;
import org.jangbu.peer.event.DeliverDoor;
import org.jangbu.peer.event.DeliverSession;
import org.jangbu.peer.event.FollowedChain;
import org.jangbu.web.view.Vectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What streams of blocks and events take of a port's budget, and that they give it back, over a real connection. */
class StreamBudgetTest {
    private static final int MOST_BYTES = 150_000;
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final CallGuard guard = new CallGuard(10, MOST_BYTES);
    private final Chain chain = new Chain();
    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private Server server;
    private ManagedChannel channel;

    @BeforeEach
    void start() throws Exception {
        DeliverDoor door = new DeliverDoor(
                name -> Optional.of(chain),
                new DeliverDoor.Readers() {
                    @Override
                    public Optional<String> refusal(ChannelConfig config, SignedData request) {
                        return Optional.empty();
                    }

                    @Override
                    public Optional<String> lapse(ChannelConfig config, SignedData request) {
                        return Optional.empty();
                    }
                },
                Clock.fixed(NOW, ZoneOffset.UTC),
                Duration.ofMinutes(15));
        NettyServerBuilder builder = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(new DeliverGrpc.DeliverImplBase() {
                    @Override
                    public StreamObserver<Envelope> deliver(StreamObserver<DeliverResponse> out) {
                        return DeliverStream.begin(out, door, new Blocks(), executor);
                    }
                })
                .addService(new GatewayGrpc.GatewayImplBase() {
                    @Override
                    public void chaincodeEvents(
                            SignedChaincodeEventsRequest request, StreamObserver<ChaincodeEventsResponse> out) {
                        ChaincodeEventStream.begin(
                                out,
                                new ChaincodeEventCursor(chain, "basic", chain.height(), Optional.empty()),
                                () -> {},
                                executor);
                    }
                })
                .addService(new EndorserGrpc.EndorserImplBase() {
                    @Override
                    public void processProposal(SignedProposal proposal, StreamObserver<ProposalResponse> out) {
                        out.onNext(ProposalResponse.newBuilder()
                                .setPayload(proposal.getProposalBytes())
                                .build());
                        out.onCompleted();
                    }
                });
        guard.on(builder);
        server = builder.build().start();
        channel = NettyChannelBuilder.forAddress(server.getListenSockets().get(0))
                .usePlaintext()
                .build();
    }

    @AfterEach
    void stop() throws Exception {
        channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
        server.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
        executor.shutdownNow();
    }

    @Test
    void a_stream_of_blocks_that_is_closed_for_want_of_memory_follows_no_longer() throws Exception {
        Received<DeliverResponse> received = new Received<>();
        follow(received);
        chain.grow(block(2 * MOST_BYTES));
        assertThat(received.failure()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        await(() -> chain.growth.followers() == 0);
    }

    @Test
    void a_stream_of_events_that_is_closed_for_want_of_memory_follows_no_longer() throws Exception {
        Received<ChaincodeEventsResponse> received = new Received<>();
        GatewayGrpc.newStub(channel).chaincodeEvents(SignedChaincodeEventsRequest.getDefaultInstance(), received);
        await(() -> chain.growth.followers() == 1);
        chain.grow(blockWithEvent(2 * MOST_BYTES));
        assertThat(received.failure()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        await(() -> chain.growth.followers() == 0);
    }

    @Test
    void what_a_quiet_stream_has_delivered_takes_no_memory_from_others() throws Exception {
        givesBack(100_000);
    }

    @Test
    void a_small_answer_of_a_quiet_stream_takes_no_memory_from_others() throws Exception {
        givesBack(900);
    }

    private void givesBack(int delivered) throws Exception {
        Received<DeliverResponse> received = new Received<>();
        follow(received);
        chain.grow(block(delivered));
        assertThat(received.first.get(20, TimeUnit.SECONDS).getBlock().getSerializedSize())
                .isGreaterThan(delivered);
        await(() -> guard.budget().bytes() == 0);
        assertThat(guard.budget().calls()).isEqualTo(1);
        ByteString words = ByteString.copyFrom(new byte[MOST_BYTES / 2 - 100]);
        assertThat(EndorserGrpc.newBlockingStub(channel)
                        .processProposal(SignedProposal.newBuilder()
                                .setProposalBytes(words)
                                .build())
                        .getPayload())
                .isEqualTo(words);
    }

    /** Asks for all blocks from the next one on, and stays. */
    private void follow(StreamObserver<DeliverResponse> received) {
        DeliverGrpc.newStub(channel).deliver(received).onNext(nextBlocks());
        await(() -> chain.growth.followers() == 1);
    }

    private static Envelope nextBlocks() {
        SeekInfo seek = SeekInfo.newBuilder()
                .setStart(SeekPosition.newBuilder().setNextCommit(SeekNextCommit.getDefaultInstance()))
                .setStop(SeekPosition.newBuilder()
                        .setSpecified(SeekSpecified.newBuilder().setNumber(Long.MAX_VALUE)))
                .build();
        return envelope(HeaderType.DELIVER_SEEK_INFO, seek.toByteString());
    }

    private static Envelope envelope(HeaderType type, ByteString data) {
        ChannelHeader header = ChannelHeader.newBuilder()
                .setType(type.getNumber())
                .setChannelId("mychannel")
                .setTimestamp(Timestamp.newBuilder().setSeconds(NOW.getEpochSecond()))
                .build();
        return Envelope.newBuilder()
                .setPayload(Payload.newBuilder()
                        .setHeader(Header.newBuilder().setChannelHeader(header.toByteString()))
                        .setData(data)
                        .build()
                        .toByteString())
                .build();
    }

    private static Block block(int size) {
        return block(ByteString.copyFrom(new byte[size]));
    }

    private static Block block(ByteString envelope) {
        return Block.newBuilder()
                .setHeader(BlockHeader.newBuilder().setNumber(3))
                .setData(BlockData.newBuilder().addData(envelope))
                .build();
    }

    private static Block blockWithEvent(int size) {
        ChaincodeEvent event = ChaincodeEvent.newBuilder()
                .setChaincodeId("basic")
                .setPayload(ByteString.copyFrom(new byte[size]))
                .build();
        ProposalResponsePayload response = ProposalResponsePayload.newBuilder()
                .setExtension(ChaincodeAction.newBuilder()
                        .setEvents(event.toByteString())
                        .build()
                        .toByteString())
                .build();
        ChaincodeActionPayload action = ChaincodeActionPayload.newBuilder()
                .setAction(ChaincodeEndorsedAction.newBuilder().setProposalResponsePayload(response.toByteString()))
                .build();
        Transaction transaction = Transaction.newBuilder()
                .addActions(TransactionAction.newBuilder().setPayload(action.toByteString()))
                .build();
        Block block = block(envelope(HeaderType.ENDORSER_TRANSACTION, transaction.toByteString())
                .toByteString());
        return TransactionsFilter.of(List.of(TxValidationCode.VALID)).in(block);
    }

    private static void await(BooleanSupplier reached) {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!reached.getAsBoolean() && System.nanoTime() < limit) {
            Thread.onSpinWait();
        }
        assertThat(reached.getAsBoolean()).isTrue();
    }

    /** Whole blocks. */
    private static final class Blocks implements DeliverStream.Answers<DeliverResponse> {
        @Override
        public DeliverResponse status(org.hyperledger.fabric.protos.common.Status status) {
            return DeliverResponse.newBuilder().setStatus(status).build();
        }

        @Override
        public DeliverResponse block(DeliverSession session, Block block) {
            return DeliverResponse.newBuilder().setBlock(block).build();
        }
    }

    /** The first message of a stream, or how it failed. */
    private static final class Received<A> implements StreamObserver<A> {
        private final CompletableFuture<A> first = new CompletableFuture<>();
        private final CompletableFuture<Throwable> failure = new CompletableFuture<>();

        Status.Code failure() throws Exception {
            return Status.fromThrowable(failure.get(20, TimeUnit.SECONDS)).getCode();
        }

        @Override
        public void onNext(A message) {
            first.complete(message);
        }

        @Override
        public void onError(Throwable thrown) {
            failure.complete(thrown);
        }

        @Override
        public void onCompleted() {
            failure.complete(new IllegalStateException("completed"));
        }
    }

    /** The recorded chain's first blocks, and one more as soon as the test says so. */
    private static final class Chain implements FollowedChain {
        private static final long RECORDED = 3;

        private final Growth growth = new Growth();
        private volatile Optional<Block> added = Optional.empty();

        void grow(Block block) {
            added = Optional.of(block);
            growth.grown();
        }

        @Override
        public long height() {
            return added.isPresent() ? RECORDED + 1 : RECORDED;
        }

        @Override
        public Optional<Block> block(long number) {
            return added;
        }

        @Override
        public ChannelConfig config() {
            try {
                return ChannelConfigReader.read(Vectors.block(2));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public Growth.Registration follow(Runnable wake) {
            return growth.follow(wake);
        }
    }
}
