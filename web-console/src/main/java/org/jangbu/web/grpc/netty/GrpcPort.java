package org.jangbu.web.grpc.netty;

import com.google.protobuf.ByteString;
import io.grpc.BindableService;
import io.grpc.CompressorRegistry;
import io.grpc.DecompressorRegistry;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jangbu.msp.renewal.TlsFiles;
import org.jangbu.web.grpc.CallGuard;
import org.jangbu.web.grpc.GrpcLimits;

/**
 * One node's port. TLS and sockets are Java's own: native libraries would stay behind in the server when the application is deployed anew.
 */
public final class GrpcPort {
    private static final int LONGEST_HEADERS = 16 << 10;
    /** Bytes that a client may send ahead on one call before anybody asks for them. */
    private static final int WINDOW = 1 << 20;

    private static final int HANDSHAKE_SECONDS = 20;
    private static final int KEEP_ALIVE_SECONDS = 60;
    private static final int KEEP_ALIVE_TIMEOUT_SECONDS = 20;
    /** Clients of Fabric ping once a minute. */
    private static final int PERMITTED_PING_SECONDS = 30;

    private final Server server;

    private GrpcPort(Server server) {
        this.server = server;
    }

    /**
     * Who a port shows itself as.
     *
     * @param tls the node's folder of that name
     * @param clients the TLS authorities under which clients' certificates must stand, in PEM; empty if clients need none
     */
    public record Identity(String node, Path tls, String keySecret, Optional<Supplier<Set<ByteString>>> clients) {
        /** Never the secret. */
        @Override
        public String toString() {
            return node;
        }
    }

    /**
     * Begins to listen.
     *
     * @throws IOException if the address is taken or the TLS files cannot be used
     */
    public static GrpcPort open(
            InetSocketAddress address,
            Identity identity,
            List<BindableService> services,
            GrpcLimits limits,
            PortThreads threads)
            throws IOException {
        CallGuard guard = new CallGuard(limits.calls(), limits.bytes());
        NettyServerBuilder builder = NettyServerBuilder.forAddress(address)
                .channelFactory(() -> new LimitedServerChannel(limits.connections()))
                .bossEventLoopGroup(threads.accepting())
                .workerEventLoopGroup(threads.connections())
                .executor(threads.calls())
                .sslContext(tls(identity))
                .handshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS)
                .maxInboundMessageSize(limits.messageBytes())
                .maxInboundMetadataSize(LONGEST_HEADERS)
                .maxConcurrentCallsPerConnection(limits.callsPerConnection())
                .flowControlWindow(WINDOW)
                .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .keepAliveTimeout(KEEP_ALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .permitKeepAliveTime(PERMITTED_PING_SECONDS, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                // A few bytes could unpack to more than the server has room for; no client of Fabric compresses.
                .decompressorRegistry(DecompressorRegistry.emptyInstance().with(io.grpc.Codec.Identity.NONE, false))
                .compressorRegistry(CompressorRegistry.newEmptyInstance());
        guard.on(builder);
        services.forEach(builder::addService);
        return new GrpcPort(builder.build().start());
    }

    /** The port that it listens at. */
    public int port() {
        return server.getPort();
    }

    /** Takes no further calls; those under way may end. */
    public void shutdown() {
        server.shutdown();
    }

    /** Waits for the calls under way, and cuts them off when the time is over. False if that was needed. */
    public boolean await(long millis) throws InterruptedException {
        if (server.awaitTermination(millis, TimeUnit.MILLISECONDS)) {
            return true;
        }
        server.shutdownNow();
        server.awaitTermination(millis, TimeUnit.MILLISECONDS);
        return false;
    }

    private static SslContext tls(Identity identity) throws IOException {
        NodeCertificate certificate = new NodeCertificate(
                identity.node(), new TlsFiles(identity.tls(), identity.keySecret()), System::nanoTime);
        SslContextBuilder builder = GrpcSslContexts.configure(SslContextBuilder.forServer(certificate), SslProvider.JDK)
                .protocols("TLSv1.3", "TLSv1.2");
        identity.clients()
                .ifPresent(authorities ->
                        builder.clientAuth(ClientAuth.REQUIRE).trustManager(new ClientTrust(authorities)));
        return builder.build();
    }
}
