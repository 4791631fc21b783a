package org.jangbu.peer.gateway;

import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jangbu.ledger.channel.FabricVectors;
import org.jangbu.msp.renewal.CurrentTls;
import org.jangbu.msp.renewal.TlsFiles;

/**
 * Servers of one service each, behind TLS on the loopback interface, as nodes elsewhere have them who demand certificates of their clients: of the first
 * organisation's nodes.
 */
public final class TlsServers {
    private static final String CLIENT = "peerOrganizations/org1.example.com/peers/peer0.org1.example.com/tls";

    private TlsServers() {}

    /** What the first organisation's peer shows to them. */
    public static Optional<CurrentTls.Shown> client() {
        try {
            TlsFiles files = new TlsFiles(FabricVectors.folder(CLIENT), "");
            return Optional.of(new CurrentTls(files, System::nanoTime, CurrentTls.Listener.NONE).get());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The certificate that the client of the call in hand has shown. */
    static final Context.Key<X509Certificate> SHOWN = Context.key("shown");

    /** Keeps it for the service. */
    private static final ServerInterceptor KEEPING = new ServerInterceptor() {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            SSLSession session = Objects.requireNonNull(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION));
            try {
                Context shown = Context.current().withValue(SHOWN, (X509Certificate) session.getPeerCertificates()[0]);
                return Contexts.interceptCall(shown, call, headers, next);
            } catch (SSLPeerUnverifiedException e) {
                throw new IllegalStateException("the handshake demands a certificate", e);
            }
        }
    };

    /**
     * Starts one.
     *
     * @param port 0 for any
     * @param tls a node's folder of that name
     */
    public static Server start(int port, Path tls, BindableService service) throws IOException {
        return NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .sslContext(GrpcSslContexts.configure(
                                SslContextBuilder.forServer(
                                                tls.resolve("server.crt").toFile(),
                                                tls.resolve("server.key").toFile())
                                        .clientAuth(ClientAuth.REQUIRE)
                                        .trustManager(FabricVectors.folder(CLIENT)
                                                .resolve("ca.crt")
                                                .toFile()),
                                SslProvider.JDK)
                        .build())
                .addService(ServerInterceptors.intercept(service, KEEPING))
                .build()
                .start();
    }
}
