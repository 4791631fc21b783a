package org.jangbu.peer.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.grpc.Server;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.orderer.AtomicBroadcastGrpc;
import org.hyperledger.fabric.protos.orderer.BroadcastResponse;
import org.jangbu.ledger.channel.FabricVectors;
import org.jangbu.ledger.channel.TestConfigurations;
import org.jangbu.model.ChannelId;
import org.jangbu.msp.renewal.CurrentTls;
import org.jangbu.peer.endorse.ProposalQueue;
import org.jangbu.peer.endorse.TestPeer;
import org.jangbu.peer.gateway.grpc.GrpcPeerConnections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** No orderer of this server orders the channel; those of other servers are behind gRPC. */
class OtherOrderersTest {
    private static final ChannelId CHANNEL = new ChannelId(TestPeer.CHANNEL);
    private static final ByteString ENVELOPE = Envelope.newBuilder()
            .setPayload(ByteString.copyFromUtf8("what is ordered"))
            .build()
            .toByteString();
    private static final Ordering NOT_HERE = (channel, envelope) -> CompletableFuture.failedFuture(
            new BroadcastException(Status.NOT_FOUND, "channel " + channel + " is not known to this orderer"));

    private final ExecutorService executor = Executors.newFixedThreadPool(4);
    private Optional<CurrentTls.Shown> shown = TlsServers.client();
    private final GrpcPeerConnections connections =
            new GrpcPeerConnections(Executors.defaultThreadFactory(), executor, unused -> shown);
    private final List<Orderer> orderers = new ArrayList<>();

    @AfterEach
    void stop() {
        orderers.forEach(orderer -> orderer.server.shutdownNow());
        connections.close();
        executor.shutdownNow();
    }

    private Orderer orderer(Status status, String info) throws IOException {
        return orderer(status, info, "ordererOrganizations/example.com/orderers/orderer.example.com/tls");
    }

    private Orderer orderer(Status status, String info, String tls) throws IOException {
        Orderer orderer = new Orderer(
                BroadcastResponse.newBuilder().setStatus(status).setInfo(info).build(), FabricVectors.folder(tls));
        orderers.add(orderer);
        return orderer;
    }

    private Ordering ordering(Ordering local) {
        String[] addresses = orderers.stream().map(Orderer::address).toArray(String[]::new);
        return ordering(local, addresses);
    }

    private Ordering ordering(Ordering local, String... addresses) {
        TestPeer peer = new TestPeer(1);
        peer.configured(TestConfigurations.withOrderers(TestPeer.channelConfig(), addresses));
        HostedPeer here = new HostedPeer(peer.resources(), new ProposalQueue(peer.endorser(), executor, 8, 100));
        return new OtherOrderers(
                        Set.of("localhost:7050"),
                        connections,
                        channel -> channel.equals(CHANNEL) ? Optional.of(here) : Optional.empty())
                .behind(local);
    }

    @Test
    void an_envelope_that_is_not_ordered_here_goes_to_an_orderer_that_the_configuration_names() throws Exception {
        Orderer first = orderer(Status.SUCCESS, "");
        Orderer second = orderer(Status.SUCCESS, "");
        ordering(NOT_HERE).broadcast(CHANNEL, ENVELOPE).toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertThat(first.taken).extracting(Envelope::toByteString).containsExactly(ENVELOPE);
        assertThat(second.taken).as("one has taken it").isEmpty();
    }

    @Test
    void what_is_taken_or_refused_here_goes_nowhere_else() throws Exception {
        Orderer other = orderer(Status.SUCCESS, "");
        ordering((channel, envelope) -> CompletableFuture.completedFuture(null))
                .broadcast(CHANNEL, ENVELOPE)
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        BroadcastException refused = failure(ordering((channel, envelope) ->
                CompletableFuture.failedFuture(new BroadcastException(Status.FORBIDDEN, "not a writer"))));
        assertThat(refused.status()).isEqualTo(Status.FORBIDDEN);
        assertThat(other.taken).isEmpty();
    }

    @Test
    void an_orderer_that_is_down_or_cannot_now_is_passed_over() throws Exception {
        Orderer down = orderer(Status.SUCCESS, "");
        down.server.shutdownNow().awaitTermination();
        orderer(Status.SERVICE_UNAVAILABLE, "too much to do");
        Orderer third = orderer(Status.SUCCESS, "");
        ordering(NOT_HERE).broadcast(CHANNEL, ENVELOPE).toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertThat(third.taken).hasSize(1);
    }

    @Test
    void where_none_can_take_it_the_last_reason_is_told() throws Exception {
        Orderer only = orderer(Status.SERVICE_UNAVAILABLE, "too much to do");
        BroadcastException busy = failure(ordering(NOT_HERE));
        assertThat(busy.status()).isEqualTo(Status.SERVICE_UNAVAILABLE);
        assertThat(busy).hasMessage("orderer " + only.address() + ": too much to do");
    }

    @Test
    void a_refusal_is_passed_on_and_no_other_is_asked() throws Exception {
        orderer(Status.FORBIDDEN, "implicit policy evaluation failed");
        Orderer second = orderer(Status.SUCCESS, "");
        BroadcastException refused = failure(ordering(NOT_HERE));
        assertThat(refused.status()).isEqualTo(Status.FORBIDDEN);
        assertThat(refused).hasMessage("implicit policy evaluation failed");
        assertThat(second.taken).isEmpty();
    }

    @Test
    void nobody_without_a_certificate_of_the_ordering_organisation_gets_an_envelope() throws Exception {
        Orderer impostor =
                orderer(Status.SUCCESS, "", "peerOrganizations/org1.example.com/peers/peer0.org1.example.com/tls");
        BroadcastException refused = failure(ordering(NOT_HERE));
        assertThat(refused.status()).isEqualTo(Status.SERVICE_UNAVAILABLE);
        assertThat(refused).hasMessageContaining("under the certificates of its organisation");
        assertThat(impostor.taken).isEmpty();
    }

    @Test
    void an_orderer_that_demands_a_certificate_takes_nothing_without_one() throws Exception {
        shown = Optional.empty();
        Orderer orderer = orderer(Status.SUCCESS, "");
        assertThat(failure(ordering(NOT_HERE)).status()).isEqualTo(Status.SERVICE_UNAVAILABLE);
        assertThat(orderer.taken).isEmpty();
    }

    @Test
    void without_an_address_that_is_not_this_servers_own_the_failure_stays_what_it_was() {
        assertThat(failure(ordering(NOT_HERE, "localhost:7050", "junk")).status())
                .isEqualTo(Status.NOT_FOUND);
    }

    private static BroadcastException failure(Ordering ordering) {
        Throwable[] cause = new Throwable[1];
        assertThatThrownBy(() -> ordering.broadcast(CHANNEL, ENVELOPE)
                        .toCompletableFuture()
                        .get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .satisfies(e -> cause[0] = e.getCause());
        return (BroadcastException) Optional.ofNullable(cause[0]).orElseThrow();
    }

    /** Answers every envelope alike. */
    private static final class Orderer extends AtomicBroadcastGrpc.AtomicBroadcastImplBase {
        final List<Envelope> taken = new CopyOnWriteArrayList<>();
        final Server server;
        private final BroadcastResponse answer;
        private final int port;

        Orderer(BroadcastResponse answer, Path tls) throws IOException {
            this.answer = answer;
            this.server = TlsServers.start(0, tls, this);
            this.port = server.getPort();
        }

        String address() {
            return "localhost:" + port;
        }

        @Override
        public StreamObserver<Envelope> broadcast(StreamObserver<BroadcastResponse> out) {
            return new StreamObserver<>() {
                @Override
                public void onNext(Envelope envelope) {
                    taken.add(envelope);
                    out.onNext(answer);
                }

                @Override
                public void onError(Throwable failure) {
                    // The client has gone.
                }

                @Override
                public void onCompleted() {
                    out.onCompleted();
                }
            };
        }
    }
}
