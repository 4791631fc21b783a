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
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.orderer.AtomicBroadcastGrpc;
import org.hyperledger.fabric.protos.orderer.BroadcastResponse;
import org.hyperledger.fabric.protos.peer.EndorserGrpc;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.model.Sha256;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.renewal.CurrentTls;
import org.jangbu.peer.gateway.PeerConnections;

/**
 * Connections to nodes of other servers, by TLS under the authorities of their organisation alone, kept while they are used; those by which another
 * certificate is shown are others. All share one thread; names are looked up on others, since that may take its time. Thread-safe.
 */
public final class GrpcPeerConnections implements PeerConnections.ByNode, AutoCloseable {
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
    private final Function<LocalNode, Optional<CurrentTls.Shown>> certificates;
    private final Resolver resolver;
    private final Map<Route, ManagedChannel> open = new LinkedHashMap<>(16, 0.75f, true);
    private boolean closed;

    /**
     * Where to, and as whom.
     *
     * @param shown what is shown to a node that demands a certificate
     */
    private record Route(PeerConnections.Destination destination, Optional<CurrentTls.Shown> shown) {}

    /** Looks up where a host is, which may take its time. */
    @FunctionalInterface
    interface Resolver {
        InetAddress address(String host) throws UnknownHostException;
    }

    /**
     * No connection at first.
     *
     * @param threads makes all threads of these connections; a server's managed ones
     * @param executor a bounded pool that goes on with what was answered
     * @param certificates what the nodes of this server show; asked often
     */
    public GrpcPeerConnections(
            ThreadFactory threads, Executor executor, Function<LocalNode, Optional<CurrentTls.Shown>> certificates) {
        this(threads, executor, certificates, InetAddress::getByName);
    }

    GrpcPeerConnections(
            ThreadFactory threads,
            Executor executor,
            Function<LocalNode, Optional<CurrentTls.Shown>> certificates,
            Resolver resolver) {
        this.loop = new NioEventLoopGroup(1, threads);
        this.executor = executor;
        this.certificates = certificates;
        this.resolver = resolver;
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
    public PeerConnections of(LocalNode node) {
        return new Showing(certificates.apply(node));
    }

    /** The connections by which this is shown. */
    private final class Showing implements PeerConnections {
        private final Optional<CurrentTls.Shown> shown;

        Showing(Optional<CurrentTls.Shown> shown) {
            this.shown = shown;
        }

        private Route route(Destination destination) {
            return new Route(destination, shown);
        }

        @Override
        public ByteString shownHash() {
            return shown.map(each -> Sha256.of(CertificateReader.encoded(each.certificate())))
                    .orElse(ByteString.EMPTY);
        }

        @Override
        public CompletionStage<ProposalResponse> propose(
                Destination destination, SignedProposal proposal, Duration limit) {
            return ask(
                    route(destination),
                    new NodeCall<>(
                            limit,
                            executor,
                            (channel, options, call) -> ClientCalls.asyncUnaryCall(
                                    channel.newCall(EndorserGrpc.getProcessProposalMethod(), options),
                                    proposal,
                                    call)));
        }

        @Override
        public CompletionStage<BroadcastResponse> broadcast(
                Destination destination, ByteString envelope, Duration limit) {
            Envelope parsed;
            try {
                parsed = Envelope.parseFrom(envelope);
            } catch (InvalidProtocolBufferException e) {
                return CompletableFuture.failedFuture(e);
            }
            return ask(route(destination), new NodeCall<>(limit, executor, (channel, options, call) -> {
                StreamObserver<Envelope> requests = ClientCalls.asyncBidiStreamingCall(
                        channel.newCall(AtomicBroadcastGrpc.getBroadcastMethod(), options), call);
                requests.onNext(parsed);
                requests.onCompleted();
            }));
        }

        @Override
        public CompletionStage<Delivered> deliver(Destination destination, BlockRequest request, Duration limit) {
            return ask(route(destination), new NodeCall<>(limit, executor, (channel, options, call) -> {
                StreamObserver<Envelope> requests = ClientCalls.asyncBidiStreamingCall(
                        channel.newCall(AtomicBroadcastGrpc.getDeliverMethod(), options),
                        new DeliveredBlocks(request, call));
                requests.onNext(request.seek());
                requests.onCompleted();
            }));
        }
    }

    private <A> CompletionStage<A> ask(Route route, NodeCall<A> call) {
        try {
            ManagedChannel known = known(route);
            if (known != null) {
                call.begin(known);
            } else {
                lookUpAndBegin(route, call);
            }
        } catch (RejectedExecutionException e) {
            call.fail("this server has too much to do");
        }
        return call.answer().whenComplete((response, failure) -> {
            if (failure != null && call.lostConnection()) {
                forget(route);
            }
        });
    }

    private void lookUpAndBegin(Route route, NodeCall<?> call) {
        Future<?> expiry = loop.schedule(call::expire, call.nanosLeft(), TimeUnit.NANOSECONDS);
        var unused = call.answer().whenComplete((response, failure) -> expiry.cancel(false));
        lookups.execute(() -> connectAndBegin(route, call, expiry));
    }

    /** @param expiry ends the call unless it begins before; from then on its own deadline holds */
    private void connectAndBegin(Route route, NodeCall<?> call, Future<?> expiry) {
        if (call.answer().isDone()) {
            return;
        }
        try {
            ManagedChannel channel = connection(route);
            if (expiry.cancel(false)) {
                call.begin(channel);
            }
        } catch (CertificateException e) {
            call.fail("its organisation names no TLS authority that can be used");
        } catch (IOException | RuntimeException e) {
            call.fail("its address cannot be used");
        }
    }

    private ManagedChannel connection(Route route) throws IOException, CertificateException {
        ManagedChannel known = known(route);
        return known != null ? known : kept(route, channel(route));
    }

    /** The one that was made, or another that somebody was quicker to make. */
    private synchronized ManagedChannel kept(Route route, ManagedChannel made) throws IOException {
        if (closed) {
            made.shutdownNow();
            throw new IOException("closed");
        }
        ManagedChannel known = open.putIfAbsent(route, made);
        if (known != null) {
            made.shutdownNow();
            return known;
        }
        if (open.size() > MOST_CONNECTIONS) {
            Route oldest = open.keySet().iterator().next();
            forget(oldest);
        }
        return made;
    }

    private synchronized @org.jspecify.annotations.Nullable ManagedChannel known(Route route) {
        return open.get(route);
    }

    /** Calls under way may end; the next one looks the address up again. */
    private synchronized void forget(Route route) {
        ManagedChannel channel = open.remove(route);
        if (channel != null) {
            channel.shutdown();
        }
    }

    /** May take its time, so nobody else must have to wait for it. */
    private ManagedChannel channel(Route route) throws IOException, CertificateException {
        PeerConnections.Destination destination = route.destination();
        InetSocketAddress address = new InetSocketAddress(resolver.address(destination.host()), destination.port());
        SslContextBuilder tls = SslContextBuilder.forClient()
                .trustManager(certificates(destination.authorities()))
                .protocols("TLSv1.3", "TLSv1.2");
        route.shown().ifPresent(each -> tls.keyManager(each.key(), each.chain()));
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
