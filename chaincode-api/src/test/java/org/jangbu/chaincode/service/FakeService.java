package org.jangbu.chaincode.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.hyperledger.fabric.protos.peer.ChaincodeGrpc;
import org.hyperledger.fabric.protos.peer.ChaincodeID;
import org.hyperledger.fabric.protos.peer.ChaincodeInput;
import org.hyperledger.fabric.protos.peer.ChaincodeMessage;
import org.hyperledger.fabric.protos.peer.Response;
import org.jspecify.annotations.Nullable;

/** A chaincode server that does what a test tells it, and remembers what it was sent. */
final class FakeService extends ChaincodeGrpc.ChaincodeImplBase implements AutoCloseable {
    static final String PACKAGE = "fake_1.0:" + "a".repeat(64);

    private final Behaviour behaviour;
    private final Server server;
    private final List<ChaincodeMessage> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger streams = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private volatile @Nullable String name = PACKAGE;
    private volatile boolean reads = true;
    private volatile @Nullable String pausesAt;
    private volatile @Nullable ServerCallStreamObserver<ChaincodeMessage> paused;

    /** What to do with a message about a transaction. */
    interface Behaviour {
        void on(ChaincodeMessage message, StreamObserver<ChaincodeMessage> peer) throws Exception;
    }

    private FakeService(int port, @Nullable SslContext tls, Behaviour behaviour) throws IOException {
        this.behaviour = behaviour;
        NettyServerBuilder builder = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .maxInboundMessageSize(100 << 20)
                // Little, so that a peer feels at once that nothing is read.
                .flowControlWindow(1 << 16)
                .addService(this);
        this.server = (tls == null ? builder : builder.sslContext(tls)).build().start();
    }

    static FakeService start(Behaviour behaviour) throws IOException {
        return new FakeService(0, null, behaviour);
    }

    static FakeService start(int port, Behaviour behaviour) throws IOException {
        return new FakeService(port, null, behaviour);
    }

    static FakeService start(SslContext tls, Behaviour behaviour) throws IOException {
        return new FakeService(0, tls, behaviour);
    }

    /** Registers under another name, or not at all. */
    FakeService registeringAs(@Nullable String other) {
        name = other;
        return this;
    }

    /** Registers and then reads nothing any more. */
    FakeService deaf() {
        reads = false;
        return this;
    }

    /** Reads nothing after a transaction of this function, until it is told to go on. */
    FakeService pausingAt(String function) {
        pausesAt = function;
        return this;
    }

    /** Reads again. */
    void goOn() {
        ServerCallStreamObserver<ChaincodeMessage> call = paused;
        if (call == null) {
            throw new IllegalStateException("it does not pause");
        }
        call.request(1);
    }

    int port() {
        return server.getPort();
    }

    List<ChaincodeMessage> received() {
        return received;
    }

    /** Whether the peer said of this transaction that what it asked comes to nothing. */
    boolean wasRefused(String txId) {
        return received.stream()
                .anyMatch(m -> m.getType() == ChaincodeMessage.Type.ERROR
                        && m.getTxid().equals(txId));
    }

    int streams() {
        return streams.get();
    }

    int openStreams() {
        return open.get();
    }

    @Override
    public StreamObserver<ChaincodeMessage> connect(StreamObserver<ChaincodeMessage> peer) {
        streams.incrementAndGet();
        open.incrementAndGet();
        ServerCallStreamObserver<ChaincodeMessage> call = (ServerCallStreamObserver<ChaincodeMessage>) peer;
        call.setOnCancelHandler(open::decrementAndGet);
        call.disableAutoRequest();
        if (reads) {
            call.request(1);
        }
        String as = name;
        if (as != null) {
            peer.onNext(ChaincodeMessage.newBuilder()
                    .setType(ChaincodeMessage.Type.REGISTER)
                    .setPayload(ChaincodeID.newBuilder().setName(as).build().toByteString())
                    .build());
        }
        return new StreamObserver<>() {
            @Override
            public void onNext(ChaincodeMessage message) {
                received.add(message);
                try {
                    boolean pauses = message.getType() == ChaincodeMessage.Type.TRANSACTION
                            && function(message).equals(pausesAt);
                    if (pauses) {
                        paused = call;
                    }
                    if (message.getType() != ChaincodeMessage.Type.REGISTERED
                            && message.getType() != ChaincodeMessage.Type.READY) {
                        behaviour.on(message, peer);
                    }
                    if (!pauses) {
                        call.request(1);
                    }
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }

            @Override
            public void onError(Throwable t) {
                // The peer is gone; the cancel handler has counted it.
            }

            @Override
            public void onCompleted() {
                peer.onCompleted();
            }
        };
    }

    /** The first argument of a transaction. */
    static String function(ChaincodeMessage transaction) throws InvalidProtocolBufferException {
        return ChaincodeInput.parseFrom(transaction.getPayload()).getArgs(0).toStringUtf8();
    }

    /** A message of the same transaction. */
    static ChaincodeMessage.Builder of(ChaincodeMessage transaction, ChaincodeMessage.Type type) {
        return ChaincodeMessage.newBuilder()
                .setType(type)
                .setTxid(transaction.getTxid())
                .setChannelId(transaction.getChannelId());
    }

    /** The answer 200 with a payload. */
    static ChaincodeMessage completed(ChaincodeMessage transaction, String payload) {
        return of(transaction, ChaincodeMessage.Type.COMPLETED)
                .setPayload(Response.newBuilder()
                        .setStatus(200)
                        .setPayload(ByteString.copyFrom(payload, UTF_8))
                        .build()
                        .toByteString())
                .build();
    }

    @Override
    public void close() {
        server.shutdownNow();
        try {
            server.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
