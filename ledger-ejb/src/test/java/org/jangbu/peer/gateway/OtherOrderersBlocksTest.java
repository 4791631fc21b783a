package org.jangbu.peer.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.grpc.Server;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.orderer.AtomicBroadcastGrpc;
import org.hyperledger.fabric.protos.orderer.DeliverResponse;
import org.hyperledger.fabric.protos.orderer.SeekInfo;
import org.jangbu.ledger.block.BlockSource;
import org.jangbu.ledger.channel.FabricVectors;
import org.jangbu.ledger.channel.TestConfigurations;
import org.jangbu.model.ChannelId;
import org.jangbu.model.Sha256;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.policy.SignedData;
import org.jangbu.msp.renewal.CurrentTls;
import org.jangbu.msp.renewal.TlsFiles;
import org.jangbu.peer.endorse.ProposalQueue;
import org.jangbu.peer.endorse.TestPeer;
import org.jangbu.peer.gateway.grpc.GrpcPeerConnections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No orderer of this server orders the channel; those of other servers, behind gRPC, have its blocks. */
class OtherOrderersBlocksTest {
    private static final ChannelId CHANNEL = new ChannelId(TestPeer.CHANNEL);
    private static final String ORDERER_TLS = "ordererOrganizations/example.com/orderers/orderer.example.com/tls";
    private static final int HEIGHT = 11;

    private final ExecutorService executor = Executors.newFixedThreadPool(4);
    private Supplier<Optional<CurrentTls.Shown>> shown = TlsServers::client;
    private final GrpcPeerConnections connections =
            new GrpcPeerConnections(Executors.defaultThreadFactory(), executor, unused -> shown.get());
    private final List<Orderer> orderers = new ArrayList<>();
    private final Local local = new Local();

    @AfterEach
    void stop() {
        orderers.forEach(orderer -> orderer.server.shutdownNow());
        connections.close();
        executor.shutdownNow();
    }

    private Orderer orderer(Answer answer) throws IOException {
        return orderer(answer, ORDERER_TLS);
    }

    private Orderer orderer(Answer answer, String tls) throws IOException {
        Orderer orderer = new Orderer(answer, FabricVectors.folder(tls));
        orderers.add(orderer);
        return orderer;
    }

    private BlockSource source() {
        String[] addresses = orderers.isEmpty()
                ? new String[] {"localhost:7050"}
                : orderers.stream().map(Orderer::address).toArray(String[]::new);
        TestPeer peer = new TestPeer(1);
        peer.configured(TestConfigurations.withOrderers(TestPeer.channelConfig(), addresses));
        HostedPeer here = new HostedPeer(peer.resources(), new ProposalQueue(peer.endorser(), executor, 8, 100));
        return new OtherOrderersBlocks(
                        Set.of("localhost:7050"),
                        connections,
                        Clock.fixed(TestPeer.NOW, ZoneOffset.UTC),
                        channel -> channel.equals(CHANNEL) ? Optional.of(here) : Optional.empty())
                .behind(local);
    }

    @Test
    void blocks_that_are_not_ordered_here_come_from_an_orderer_that_the_configuration_names() throws Exception {
        Orderer honest = orderer(Orderer::honest);
        BlockSource source = source();
        assertThat(get(source.height(CHANNEL))).hasValue(HEIGHT);
        assertThat(get(source.blocks(CHANNEL, 3, 4))).isEqualTo(chain(3, 7));
        assertThat(get(source.blocks(CHANNEL, 9, 64)))
                .as("as many as there are")
                .isEqualTo(chain(9, HEIGHT));
        assertThat(get(source.blocks(CHANNEL, HEIGHT, 64))).as("none yet").isEmpty();
        assertThat(honest.requests).hasSize(4).allSatisfy(OtherOrderersBlocksTest::assertSigned);
        assertThat(seek(honest.requests.get(0)).getContentType()).isEqualTo(SeekInfo.SeekContentType.HEADER_WITH_SIG);
    }

    @Test
    void what_is_ordered_here_is_asked_of_nobody_else() throws Exception {
        Orderer other = orderer(Orderer::honest);
        local.height = OptionalLong.of(5);
        assertThat(get(source().height(CHANNEL))).hasValue(5);
        assertThat(get(source().blocks(CHANNEL, 1, 2))).isEqualTo(chain(1, 3));
        assertThat(other.requests).isEmpty();
    }

    @Test
    void an_orderer_that_is_down_or_refuses_is_passed_over() throws Exception {
        Orderer down = orderer(Orderer::honest);
        down.server.shutdownNow().awaitTermination();
        orderer((seek, out) -> end(out, Status.FORBIDDEN));
        orderer(Orderer::honest);
        assertThat(get(source().height(CHANNEL))).hasValue(HEIGHT);
        assertThat(get(source().blocks(CHANNEL, 1, 1))).isEqualTo(chain(1, 2));
    }

    @Test
    void whoever_was_of_no_help_with_a_block_is_asked_for_it_last() throws Exception {
        Orderer first = orderer(Orderer::honest);
        Orderer second = orderer(Orderer::honest);
        BlockSource source = source();
        get(source.blocks(CHANNEL, 1, 2));
        get(source.blocks(CHANNEL, 3, 2));
        assertThat(second.requests).as("the first helped").isEmpty();
        get(source.blocks(CHANNEL, 3, 2));
        assertThat(first.requests).hasSize(2);
        assertThat(second.requests).hasSize(1);
    }

    @Test
    void whoever_sends_more_than_was_asked_for_is_cut_off() throws Exception {
        orderer((seek, out) -> {
            ServerCallStreamObserver<DeliverResponse> call = (ServerCallStreamObserver<DeliverResponse>) out;
            while (!call.isCancelled()) {
                out.onNext(DeliverResponse.newBuilder()
                        .setBlock(Block.getDefaultInstance())
                        .build());
            }
        });
        assertThat(get(source().blocks(CHANNEL, 1, 3))).hasSize(4);
    }

    @Test
    void what_has_come_before_the_stream_breaks_is_not_lost() throws Exception {
        orderer((seek, out) -> {
            out.onNext(DeliverResponse.newBuilder()
                    .setBlock(FabricVectors.block(1))
                    .build());
            out.onError(io.grpc.Status.UNAVAILABLE.asRuntimeException());
        });
        assertThat(get(source().blocks(CHANNEL, 1, 3))).isEqualTo(chain(1, 2));
    }

    @Test
    void nobody_without_a_certificate_of_the_ordering_organisation_is_asked() throws Exception {
        Orderer impostor =
                orderer(Orderer::honest, "peerOrganizations/org1.example.com/peers/peer0.org1.example.com/tls");
        assertThatThrownBy(() -> get(source().height(CHANNEL)))
                .hasMessageContaining("orderer " + impostor.address())
                .hasMessageContaining("under the certificates of its organisation");
        assertThat(impostor.requests).isEmpty();
    }

    @Test
    void an_orderer_that_demands_a_certificate_tells_nothing_without_one() throws Exception {
        shown = Optional::empty;
        Orderer orderer = orderer(Orderer::honest);
        assertThatThrownBy(() -> get(source().height(CHANNEL))).hasMessageContaining("orderer " + orderer.address());
        assertThat(orderer.requests).isEmpty();
        shown = TlsServers::client;
        assertThat(get(source().height(CHANNEL))).hasValue(HEIGHT);
    }

    @Test
    void a_renewed_certificate_is_shown_with_the_next_request_which_is_bound_to_it(@TempDir Path tls) throws Exception {
        Orderer orderer = orderer(Orderer::honest);
        AtomicLong now = new AtomicLong();
        place("peers/peer0.org1.example.com/tls/server", tls);
        CurrentTls own = new CurrentTls(new TlsFiles(tls, ""), now::get, CurrentTls.Listener.NONE);
        shown = () -> Optional.of(own.get());
        X509Certificate first = own.get().certificate();
        get(source().height(CHANNEL));
        place("users/User1@org1.example.com/tls/client", tls);
        now.addAndGet(TimeUnit.SECONDS.toNanos(2));
        get(source().height(CHANNEL));

        X509Certificate second = own.get().certificate();
        assertThat(second).isNotEqualTo(first);
        assertThat(orderer.shown).containsExactly(first, second);
        assertThat(tlsHash(orderer.requests.get(0))).isEqualTo(Sha256.of(CertificateReader.encoded(first)));
        assertThat(tlsHash(orderer.requests.get(1))).isEqualTo(Sha256.of(CertificateReader.encoded(second)));
    }

    private static void place(String pair, Path tls) throws IOException {
        for (String kind : List.of(".crt", ".key")) {
            Files.copy(
                    FabricVectors.folder("peerOrganizations/org1.example.com/" + pair + kind),
                    tls.resolve("server" + kind),
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Test
    void where_all_orderers_are_of_this_server_there_is_nothing_to_wait_for() throws Exception {
        BlockSource alone = source();
        assertThat(get(alone.height(CHANNEL))).isEmpty();
        assertThatThrownBy(() -> get(alone.blocks(CHANNEL, 1, 1))).hasMessageContaining("ordered nowhere within reach");
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static List<Block> chain(int from, int to) {
        return FabricVectors.chain().subList(from, to);
    }

    private static ByteString tlsHash(Envelope request) throws Exception {
        return ChannelHeader.parseFrom(
                        Payload.parseFrom(request.getPayload()).getHeader().getChannelHeader())
                .getTlsCertHash();
    }

    private static void assertSigned(Envelope request) throws Exception {
        Payload payload = Payload.parseFrom(request.getPayload());
        ChannelHeader header = ChannelHeader.parseFrom(payload.getHeader().getChannelHeader());
        assertThat(header.getChannelId()).isEqualTo(CHANNEL.value());
        assertThat(Instant.ofEpochSecond(
                        header.getTimestamp().getSeconds(),
                        header.getTimestamp().getNanos()))
                .isEqualTo(TestPeer.NOW);
        SignedData signed = new SignedData(
                List.of(request.getPayload()),
                SignatureHeader.parseFrom(payload.getHeader().getSignatureHeader())
                        .getCreator(),
                request.getSignature());
        assertThat(TestPeer.channelConfig()
                        .policy("/Channel/Readers")
                        .orElseThrow()
                        .isSatisfiedBySignatures(List.of(signed)))
                .isTrue();
    }

    private static SeekInfo seek(Envelope request) throws Exception {
        return SeekInfo.parseFrom(Payload.parseFrom(request.getPayload()).getData());
    }

    private static void end(StreamObserver<DeliverResponse> out, Status status) {
        out.onNext(DeliverResponse.newBuilder().setStatus(status).build());
        out.onCompleted();
    }

    /** This server's own orderers. */
    private static final class Local implements BlockSource {
        private OptionalLong height = OptionalLong.empty();

        @Override
        public CompletionStage<OptionalLong> height(ChannelId channel) {
            return CompletableFuture.completedFuture(height);
        }

        @Override
        public CompletionStage<List<Block>> blocks(ChannelId channel, long from, int limit) {
            return CompletableFuture.completedFuture(chain((int) from, (int) from + limit));
        }
    }

    /** What an orderer answers. */
    private interface Answer {
        void to(SeekInfo seek, StreamObserver<DeliverResponse> out);
    }

    private static final class Orderer extends AtomicBroadcastGrpc.AtomicBroadcastImplBase {
        final List<Envelope> requests = new CopyOnWriteArrayList<>();
        final List<X509Certificate> shown = new CopyOnWriteArrayList<>();
        final Server server;
        private final Answer answer;
        private final int port;

        Orderer(Answer answer, Path tls) throws IOException {
            this.answer = answer;
            this.server = TlsServers.start(0, tls, this);
            this.port = server.getPort();
        }

        String address() {
            return "localhost:" + port;
        }

        /** As Fabric's does: whatever of the range there is, then a status. */
        static void honest(SeekInfo seek, StreamObserver<DeliverResponse> out) {
            boolean newest = seek.getStart().hasNewest();
            long number = newest ? HEIGHT - 1 : seek.getStart().getSpecified().getNumber();
            long stop = newest ? HEIGHT - 1 : seek.getStop().getSpecified().getNumber();
            for (; number <= stop && number < HEIGHT; number++) {
                out.onNext(DeliverResponse.newBuilder()
                        .setBlock(FabricVectors.block((int) number))
                        .build());
            }
            end(out, number > stop ? Status.SUCCESS : Status.NOT_FOUND);
        }

        @Override
        public StreamObserver<Envelope> deliver(StreamObserver<DeliverResponse> out) {
            shown.add(TlsServers.SHOWN.get());
            return new StreamObserver<>() {
                @Override
                public void onNext(Envelope request) {
                    requests.add(request);
                    try {
                        answer.to(seek(request), out);
                    } catch (Exception e) {
                        out.onError(io.grpc.Status.INTERNAL.withCause(e).asRuntimeException());
                    }
                }

                @Override
                public void onError(Throwable failure) {
                    // The client has gone.
                }

                @Override
                public void onCompleted() {
                    // What was asked for is being answered.
                }
            };
        }
    }
}
