package org.jangbu.peer.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.grpc.Server;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.protos.peer.EndorserGrpc;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.jangbu.ledger.channel.FabricVectors;
import org.jangbu.msp.renewal.CurrentTls;
import org.jangbu.peer.endorse.Endorser;
import org.jangbu.peer.endorse.TestPeer;
import org.jangbu.peer.gateway.PeerConnections;
import org.jangbu.peer.gateway.PeerConnections.Destination;
import org.jangbu.peer.gateway.TlsServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One peer answers; the name server says nothing of another's name until the end. */
class GrpcPeerConnectionsTest {
    private static final Path TLS =
            FabricVectors.folder("peerOrganizations/org2.example.com/peers/peer0.org2.example.com/tls");
    private static final String SLOW = "slow.example.com";
    private static final Duration LONG = Duration.ofSeconds(15);
    private static final ProposalResponse ANSWER =
            Endorser.Answer.failure(404, "it has answered").response();

    private final CountDownLatch lookedUp = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final ExecutorService executor = Executors.newFixedThreadPool(4);
    private final Optional<CurrentTls.Shown> shown = TlsServers.client();
    private final GrpcPeerConnections byNode =
            new GrpcPeerConnections(Executors.defaultThreadFactory(), executor, unused -> shown, this::address);
    private final PeerConnections connections =
            byNode.of(new TestPeer(1).resources().node());
    private Server server;

    private InetAddress address(String host) throws UnknownHostException {
        if (host.equals(SLOW)) {
            lookedUp.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new UnknownHostException(host);
        }
        return InetAddress.getByName(host);
    }

    @BeforeEach
    void start() throws IOException {
        server = TlsServers.start(0, TLS, new EndorserGrpc.EndorserImplBase() {
            @Override
            public void processProposal(SignedProposal signed, StreamObserver<ProposalResponse> out) {
                out.onNext(ANSWER);
                out.onCompleted();
            }
        });
    }

    @AfterEach
    void stop() {
        release.countDown();
        server.shutdownNow();
        byNode.close();
        executor.shutdownNow();
    }

    @Test
    void a_name_server_that_does_not_answer_holds_up_no_call_to_a_known_node() throws Exception {
        assertThat(get(propose("localhost", LONG))).isEqualTo(ANSWER);
        var slow = propose(SLOW, LONG);
        assertThat(lookedUp.await(20, TimeUnit.SECONDS)).isTrue();
        CompletionStage<ProposalResponse> known = CompletableFuture.supplyAsync(
                        () -> propose("localhost", LONG), executor)
                .thenCompose(answer -> answer);
        assertThat(get(known)).isEqualTo(ANSWER);
        assertThat(slow.toCompletableFuture()).isNotDone();
    }

    @Test
    void a_call_ends_at_its_limit_while_the_name_is_still_looked_up() throws Exception {
        var slow = propose(SLOW, Duration.ofSeconds(1));
        assertThat(lookedUp.await(20, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> get(slow))
                .cause()
                .isInstanceOfSatisfying(
                        PeerConnections.UnreachableException.class,
                        e -> assertThat(e.late()).isTrue())
                .hasMessage("it did not answer within 1000 ms");
        assertThat(release.getCount()).as("the name server waits").isOne();
    }

    private CompletionStage<ProposalResponse> propose(String host, Duration limit) {
        return connections.propose(
                new Destination(host, server.getPort(), Set.of(authority())),
                SignedProposal.getDefaultInstance(),
                limit);
    }

    private static ByteString authority() {
        try {
            return ByteString.copyFrom(Files.readAllBytes(TLS.resolve("ca.crt")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
