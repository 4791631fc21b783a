package org.jangbu.web.grpc.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.hyperledger.fabric.protos.peer.EndorserGrpc;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.jangbu.msp.cryptogen.CryptoConfig;
import org.jangbu.msp.cryptogen.NetworkMaterial;
import org.jangbu.web.grpc.GrpcLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node's port with certificates as a trial network has them. */
class GrpcPortTest {
    private static final GrpcLimits LIMITS = new GrpcLimits(3, 10, 10, 1 << 20, 8 << 20);

    @TempDir
    Path folder;

    private final ExecutorService calls = Executors.newCachedThreadPool();
    private final List<Thread> started = new ArrayList<>();
    private final List<ManagedChannel> channels = new ArrayList<>();
    private PortThreads threads;
    private final List<GrpcPort> ports = new ArrayList<>();
    private Path organizations;

    @BeforeEach
    void make_certificates() throws Exception {
        organizations = folder.resolve("organizations");
        NetworkMaterial.generate(organizations, CryptoConfig.parse("""
                PeerOrgs:
                  - Name: Org1
                    Domain: org1.example.com
                    Template:
                      Count: 2
                    Users:
                      Count: 1
                  - Name: Org2
                    Domain: org2.example.com
                    Users:
                      Count: 1
                """), Clock.systemUTC());
        threads = new PortThreads(
                task -> {
                    Thread thread = new Thread(task, "port");
                    synchronized (started) {
                        started.add(thread);
                    }
                    return thread;
                },
                calls);
    }

    @AfterEach
    void close() throws Exception {
        for (ManagedChannel channel : channels) {
            channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
        }
        for (GrpcPort port : ports) {
            port.shutdown();
            port.await(5_000);
        }
        threads.close();
        calls.shutdownNow();
    }

    private Path organization(int number) {
        return organizations.resolve("peerOrganizations/org" + number + ".example.com");
    }

    private Path tls(int peer) {
        return organization(1).resolve("peers/peer" + peer + ".org1.example.com/tls");
    }

    private void open(Optional<Supplier<Set<ByteString>>> clients) throws IOException {
        ports.add(GrpcPort.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new GrpcPort.Identity("peer0.org1.example.com", tls(0), "", clients),
                List.of(new EndorserGrpc.EndorserImplBase() {
                    @Override
                    public void processProposal(SignedProposal proposal, StreamObserver<ProposalResponse> out) {
                        out.onNext(ProposalResponse.getDefaultInstance());
                        out.onCompleted();
                    }
                }),
                LIMITS,
                threads));
    }

    private int number() {
        return ports.get(0).port();
    }

    private void call(TlsChannelCredentials.Builder credentials) throws IOException {
        call(credentials, false);
    }

    private void call(TlsChannelCredentials.Builder credentials, boolean patient) throws IOException {
        ManagedChannel channel = Grpc.newChannelBuilder(
                        "localhost:" + number(),
                        credentials
                                .trustManager(tls(0).resolve("ca.crt").toFile())
                                .build())
                .overrideAuthority("peer0.org1.example.com")
                .build();
        channels.add(channel);
        EndorserGrpc.EndorserBlockingStub stub = EndorserGrpc.newBlockingStub(channel);
        assertThat((patient ? stub.withWaitForReady() : stub)
                        .withDeadlineAfter(30, TimeUnit.SECONDS)
                        .processProposal(SignedProposal.getDefaultInstance()))
                .isNotNull();
    }

    private TlsChannelCredentials.Builder user(int organization) throws IOException {
        Path user = organization(organization).resolve("users/User1@org" + organization + ".example.com/tls");
        return TlsChannelCredentials.newBuilder()
                .keyManager(
                        user.resolve("client.crt").toFile(),
                        user.resolve("client.key").toFile());
    }

    @Test
    void clients_need_no_certificate_unless_told() throws Exception {
        open(Optional.empty());
        call(TlsChannelCredentials.newBuilder());
    }

    @Test
    void clients_that_must_show_a_certificate_show_one_of_an_organisation_of_this_moment() throws Exception {
        ByteString org1 = ByteString.copyFrom(
                Files.readAllBytes(organization(1).resolve("tlsca/tlsca.org1.example.com-cert.pem")));
        ByteString org2 = ByteString.copyFrom(
                Files.readAllBytes(organization(2).resolve("tlsca/tlsca.org2.example.com-cert.pem")));
        List<Set<ByteString>> known = new ArrayList<>(List.of(Set.of(org1)));
        open(Optional.of(() -> known.get(0)));
        call(user(1));
        assertRefused(TlsChannelCredentials.newBuilder());
        assertRefused(user(2));
        known.set(0, Set.of(org1, org2));
        call(user(2));
    }

    private void assertRefused(TlsChannelCredentials.Builder credentials) {
        StatusRuntimeException refused = catchThrowableOfType(StatusRuntimeException.class, () -> call(credentials));
        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void a_renewed_certificate_is_shown_from_the_next_connection_on() throws Exception {
        open(Optional.empty());
        X509Certificate before = shown();
        // Another pair under the same authority, put in place as renewal does: key first.
        Files.copy(tls(1).resolve("server.key"), tls(0).resolve("server.key"), StandardCopyOption.REPLACE_EXISTING);
        assertThat(shown()).as("half a pair is not shown").isEqualTo(before);
        Files.copy(tls(1).resolve("server.crt"), tls(0).resolve("server.crt"), StandardCopyOption.REPLACE_EXISTING);
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        X509Certificate after = shown();
        while (after.equals(before) && System.nanoTime() < limit) {
            after = shown();
        }
        assertThat(after.getSubjectX500Principal().getName()).contains("peer1.org1.example.com");
    }

    @Test
    void connections_beyond_the_bound_are_closed_and_places_are_given_back() throws Exception {
        open(Optional.empty());
        List<Socket> held = new ArrayList<>();
        for (int i = 0; i < LIMITS.connections(); i++) {
            held.add(new Socket(InetAddress.getLoopbackAddress(), number()));
        }
        try (Socket beyond = new Socket(InetAddress.getLoopbackAddress(), number())) {
            beyond.setSoTimeout(20_000);
            assertThat(closedByServer(beyond)).isTrue();
        }
        for (Socket socket : held) {
            socket.close();
        }
        call(TlsChannelCredentials.newBuilder(), true);
    }

    private static boolean closedByServer(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void nothing_of_a_port_is_left_when_it_is_closed() throws Exception {
        open(Optional.empty());
        call(TlsChannelCredentials.newBuilder());
        int number = number();
        close();
        assertThat(started).isNotEmpty().noneMatch(Thread::isAlive);
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), number).close())
                .isInstanceOf(IOException.class);
    }

    private X509Certificate shown() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Anything()}, new SecureRandom());
        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), number())) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    private static final class Anything implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
