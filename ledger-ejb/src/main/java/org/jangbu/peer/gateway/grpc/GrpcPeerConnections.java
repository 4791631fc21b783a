package org.jangbu.peer.gateway.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.orderer.AtomicBroadcastGrpc;
import org.hyperledger.fabric.protos.orderer.BroadcastResponse;
import org.hyperledger.fabric.protos.peer.EndorserGrpc;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.jangbu.peer.gateway.PeerConnections;

/**
 * Connections to nodes of other servers, by TLS under the authorities of their organisation alone, kept while they are used. All share one thread; names are
 * looked up on others, since that may take its time. Thread-safe.
 */
public final class GrpcPeerConnections implements PeerConnections, AutoCloseable {
    /** The one that was used the longest ago makes room. */
    private static final int MOST_CONNECTIONS = 64;

    private static final int LOOKUP_THREADS = 2;
    private static final int MOST_LOOKUPS = 256;
    private static final long IDLE_SECONDS = 5;
    private static final long UNUSED_MINUTES = 5;
    private static final int CONNECT_MILLIS = 3_000;
    private static final long CLOSE_SECONDS = 5;
    /** As large as an answer of this server's own peers can be. */
    private static final int MOST_ANSWER_BYTES = 100 << 20;

    private final EventLoopGroup loop;
    private final ThreadPoolExecutor lookups;
    private final Executor executor;
    private final Map<Destination, ManagedChannel> open = new LinkedHashMap<>(16, 0.75f, true);
    private boolean closed;

    /**
     * No connection at first.
     *
     * @param threads makes all threads of these connections; a server's managed ones
     * @param executor a bounded pool that goes on with what was answered
     */
    public GrpcPeerConnections(ThreadFactory threads, Executor executor) {
        this.loop = new NioEventLoopGroup(1, threads);
        this.executor = executor;
        this.lookups = new ThreadPoolExecutor(
                LOOKUP_THREADS,
                LOOKUP_THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_LOOKUPS),
                threads);
        lookups.allowCoreThreadTimeOut(true);
    }

    @Override
    public CompletionStage<ProposalResponse> propose(Destination destination, SignedProposal proposal, Duration limit) {
        return ask(
                destination,
                new NodeCall<>(
                        limit,
                        executor,
                        (channel, options, call) -> ClientCalls.asyncUnaryCall(
                                channel.newCall(EndorserGrpc.getProcessProposalMethod(), options), proposal, call)));
    }

    @Override
    public CompletionStage<BroadcastResponse> broadcast(Destination destination, ByteString envelope, Duration limit) {
        Envelope parsed;
        try {
            parsed = Envelope.parseFrom(envelope);
        } catch (InvalidProtocolBufferException e) {
            return CompletableFuture.failedFuture(e);
        }
        return ask(destination, new NodeCall<>(limit, executor, (channel, options, call) -> {
            StreamObserver<Envelope> requests = ClientCalls.asyncBidiStreamingCall(
                    channel.newCall(AtomicBroadcastGrpc.getBroadcastMethod(), options), call);
            requests.onNext(parsed);
            requests.onCompleted();
        }));
    }

    @Override
    public CompletionStage<Delivered> deliver(Destination destination, BlockRequest request, Duration limit) {
        return ask(destination, new NodeCall<>(limit, executor, (channel, options, call) -> {
            StreamObserver<Envelope> requests = ClientCalls.asyncBidiStreamingCall(
                    channel.newCall(AtomicBroadcastGrpc.getDeliverMethod(), options),
                    new DeliveredBlocks(request, call));
            requests.onNext(request.seek());
            requests.onCompleted();
        }));
    }

    private <A> CompletionStage<A> ask(Destination destination, NodeCall<A> call) {
        try {
            ManagedChannel known = known(destination);
            if (known != null) {
                call.begin(known);
            } else {
                lookups.execute(() -> connectAndBegin(destination, call));
            }
        } catch (RejectedExecutionException e) {
            call.fail("this server has too much to do");
        }
        return call.answer().whenComplete((response, failure) -> {
            if (failure != null && call.lostConnection()) {
                forget(destination);
            }
        });
    }

    private void connectAndBegin(Destination destination, NodeCall<?> call) {
        try {
            call.begin(connection(destination));
        } catch (CertificateException e) {
            call.fail("its organisation names no TLS authority that can be used");
        } catch (IOException | RuntimeException e) {
            call.fail("its address cannot be used");
        }
    }

    private synchronized ManagedChannel connection(Destination destination) throws IOException, CertificateException {
        ManagedChannel known = open.get(destination);
        if (known != null) {
            return known;
        }
        if (closed) {
            throw new IOException("closed");
        }
        ManagedChannel made = channel(destination);
        open.put(destination, made);
        if (open.size() > MOST_CONNECTIONS) {
            Destination oldest = open.keySet().iterator().next();
            forget(oldest);
        }
        return made;
    }

    private synchronized @org.jspecify.annotations.Nullable ManagedChannel known(Destination destination) {
        return open.get(destination);
    }

    /** Calls under way may end; the next one looks the address up again. */
    private synchronized void forget(Destination destination) {
        ManagedChannel channel = open.remove(destination);
        if (channel != null) {
            channel.shutdown();
        }
    }

    private ManagedChannel channel(Destination destination) throws IOException, CertificateException {
        InetSocketAddress address =
                new InetSocketAddress(InetAddress.getByName(destination.host()), destination.port());
        SslContextBuilder tls = SslContextBuilder.forClient()
                .trustManager(certificates(destination.authorities()))
                .protocols("TLSv1.3", "TLSv1.2");
        return NettyChannelBuilder.forAddress(address)
                .overrideAuthority(destination.toString())
                .eventLoopGroup(loop)
                .channelType(NioSocketChannel.class)
                .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .executor(executor)
                .offloadExecutor(lookups)
                .proxyDetector(target -> null)
                .disableRetry()
                .idleTimeout(UNUSED_MINUTES, TimeUnit.MINUTES)
                .maxInboundMessageSize(MOST_ANSWER_BYTES)
                // Java's own TLS: no native library that would outlive the application.
                .sslContext(GrpcSslContexts.configure(tls, SslProvider.JDK).build())
                .build();
    }

    private static List<X509Certificate> certificates(Set<ByteString> pems) throws CertificateException, IOException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> certificates = new ArrayList<>();
        for (ByteString pem : pems) {
            try (InputStream in = pem.newInput()) {
                factory.generateCertificates(in)
                        .forEach(certificate -> certificates.add((X509Certificate) certificate));
            }
        }
        if (certificates.isEmpty()) {
            throw new CertificateException("there is none");
        }
        return certificates;
    }

    /** Cuts off what is under way, and ends the threads. */
    @Override
    public void close() {
        List<ManagedChannel> channels;
        synchronized (this) {
            closed = true;
            channels = List.copyOf(open.values());
            open.clear();
        }
        channels.forEach(ManagedChannel::shutdownNow);
        lookups.shutdownNow();
        loop.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(2 * CLOSE_SECONDS, TimeUnit.SECONDS);
    }
}
