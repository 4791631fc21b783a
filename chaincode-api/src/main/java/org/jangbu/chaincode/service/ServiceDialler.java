package org.jangbu.chaincode.service;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jangbu.chaincode.packaging.ServiceEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections, each for one stream, on threads that end with their deployer: one for all connections, and another for looking up names, which may
 * take its time. A connection that is silent is tried by HTTP/2 pings: the chaincode protocol's own KEEPALIVE ends some shims.
 *
 * @param tls null for a connection in clear
 */
record ServiceDialler(
        EventLoopGroup connections,
        Executor lookups,
        @Nullable SslContext tls) {
    /** Fabric's shims put up with one ping a minute and no more. */
    private static final long PING_SECONDS = 65;

    private static final long PONG_SECONDS = 20;
    private static final String NOT_IN_TIME = "it is not connected and registered in time";

    /**
     * Begins to connect; the stream becomes ready or ends within the endpoint's time.
     *
     * @param attempt a name may have several addresses; each attempt takes the next
     */
    void dial(ServiceStream stream, ServiceEndpoint endpoint, ServiceLimits limits, int attempt) {
        try {
            var overtime = connections.schedule(
                    () -> stream.end(NOT_IN_TIME, NOT_IN_TIME),
                    endpoint.dialTimeout().toMillis(),
                    TimeUnit.MILLISECONDS);
            var unused = stream.ready().whenComplete((ready, failure) -> overtime.cancel(false));
            lookups.execute(() -> lookUpAndOpen(stream, endpoint, limits, attempt));
        } catch (RejectedExecutionException e) {
            stream.end("this server is being stopped", "this server is being stopped");
        }
    }

    private void lookUpAndOpen(ServiceStream stream, ServiceEndpoint endpoint, ServiceLimits limits, int attempt) {
        try {
            String host = endpoint.address().host();
            InetAddress[] found = InetAddress.getAllByName(host);
            InetAddress next = found[Math.floorMod(attempt, found.length)];
            stream.open(channel(
                    endpoint, new InetSocketAddress(next, endpoint.address().port()), limits));
        } catch (IOException | RuntimeException e) {
            stream.end("its address cannot be used", e.toString());
        }
    }

    private ManagedChannel channel(ServiceEndpoint endpoint, InetSocketAddress address, ServiceLimits limits) {
        NettyChannelBuilder builder = NettyChannelBuilder.forAddress(address)
                .overrideAuthority(endpoint.address().toString())
                .eventLoopGroup(connections)
                .channelType(NioSocketChannel.class)
                .directExecutor()
                .offloadExecutor(lookups)
                .proxyDetector(target -> null)
                .disableRetry()
                .maxInboundMessageSize(limits.readableBytes())
                .keepAliveTime(PING_SECONDS, TimeUnit.SECONDS)
                .keepAliveTimeout(PONG_SECONDS, TimeUnit.SECONDS);
        return (tls == null ? builder.usePlaintext() : builder.sslContext(tls)).build();
    }
}
