package org.jangbu.peer.gateway;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/** Servers of one service each, behind TLS on the loopback interface, as nodes elsewhere have them. */
final class TlsServers {
    private TlsServers() {}

    /**
     * Starts one.
     *
     * @param port 0 for any
     * @param tls a node's folder of that name
     */
    static Server start(int port, Path tls, BindableService service) throws IOException {
        return NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .sslContext(GrpcSslContexts.configure(
                                SslContextBuilder.forServer(
                                        tls.resolve("server.crt").toFile(),
                                        tls.resolve("server.key").toFile()),
                                SslProvider.JDK)
                        .build())
                .addService(service)
                .build()
                .start();
    }
}
