package org.jangbu.chaincode.service;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.hyperledger.fabric.protos.peer.ChaincodeAdditionalParams;
import org.hyperledger.fabric.protos.peer.ChaincodeGrpc;
import org.hyperledger.fabric.protos.peer.ChaincodeID;
import org.hyperledger.fabric.protos.peer.ChaincodeMessage;
import org.jangbu.chaincode.spi.ChaincodeExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One stream to a service, from its first message to its last: the handshake, then all transactions at once, told apart by channel and transaction id.
 * Messages are taken one by one and never wait here, so that the stream's memory is bounded by one message and one request for each transaction; sending
 * waits until the service reads. Longer than most classes, because a stream's beginning, course and end have to agree.
 */
final class ServiceStream implements ClientResponseObserver<ChaincodeMessage, ChaincodeMessage> {
    /** What Fabric's peers say when a service is lost while it works. */
    private static final String TERMINATED = "chaincode stream terminated";

    /** What Fabric's peers offer to shims that know it; others pass over it. */
    private static final ByteString BATCHES = ChaincodeAdditionalParams.newBuilder()
            .setUseWriteBatch(true)
            .setMaxSizeWriteBatch(HostRequests.MAX_BATCH)
            .setUseGetMultipleKeys(true)
            .setMaxSizeGetMultipleKeys(HostRequests.MAX_BATCH)
            .build()
            .toByteString();

    private final String packageId;
    private final ServiceLimits limits;
    private final BiConsumer<ServiceStream, String> whenEnded;
    private final CompletableFuture<ServiceStream> ready = new CompletableFuture<>();
    private final Map<TransactionKey, ServiceCall> running = new ConcurrentHashMap<>();
    private final AbandonedTransactions abandoned = new AbandonedTransactions();

    /** Guards what is sent; whoever waits for the service to read waits for it. */
    private final Object sending = new Object();

    private volatile @Nullable ClientCallStreamObserver<ChaincodeMessage> requests;
    private @Nullable ManagedChannel channel;
    private volatile boolean registered;
    private volatile @Nullable String ended;
    private volatile boolean useful;

    /** Since when the service does not read, as of {@link System#nanoTime}; null while it reads. Guarded by {@link #sending}. */
    private @Nullable Long unreadySince;

    /** @param whenEnded is told once, with the reason for an operator */
    ServiceStream(String packageId, ServiceLimits limits, BiConsumer<ServiceStream, String> whenEnded) {
        this.packageId = packageId;
        this.limits = limits;
        this.whenEnded = whenEnded;
    }

    /** Completes when the service is registered; fails with {@link ChaincodeExecutionException} if that does not come about. */
    CompletableFuture<ServiceStream> ready() {
        return ready;
    }

    /** Whether a transaction was answered on it. */
    boolean wasUseful() {
        return useful;
    }

    /** Begins over a connection that is this stream's own and ends with it. */
    void open(ManagedChannel own) {
        synchronized (sending) {
            if (ended != null) {
                own.shutdownNow();
                return;
            }
            channel = own;
        }
        ChaincodeGrpc.newStub(own).connect(this);
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<ChaincodeMessage> stream) {
        synchronized (sending) {
            requests = stream;
        }
        stream.disableAutoRequestWithInitial(1);
        stream.setOnReadyHandler(() -> {
            synchronized (sending) {
                // Something may have been sent since it was found ready.
                if (stream.isReady()) {
                    unreadySince = null;
                }
                sendRefusals(stream);
                sending.notifyAll();
            }
        });
    }

    @Override
    public void onNext(ChaincodeMessage message) {
        if (registered) {
            dispatch(message);
        } else {
            register(message);
        }
        ClientCallStreamObserver<ChaincodeMessage> stream = requests;
        if (stream != null) {
            stream.request(1);
        }
    }

    @Override
    public void onError(Throwable failure) {
        Status status = Status.fromThrowable(failure);
        Throwable cause = status.getCause();
        while (cause != null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        end(
                registered ? TERMINATED : "no connection",
                status.getCode() + ": " + status.getDescription() + (cause == null ? "" : ": " + cause));
    }

    @Override
    public void onCompleted() {
        end(TERMINATED, "the service ended the stream");
    }

    private void register(ChaincodeMessage message) {
        String name = "";
        try {
            name = message.getType() == ChaincodeMessage.Type.REGISTER
                    ? ChaincodeID.parseFrom(message.getPayload()).getName()
                    : "";
        } catch (InvalidProtocolBufferException e) {
            ServiceLog.LOG.debug("unreadable registration", e);
        }
        if (!name.equals(packageId)) {
            String instead = message.getType() == ChaincodeMessage.Type.REGISTER
                    ? "registered as '" + brief(name) + "'"
                    : "sent " + Requests.name(message) + " before it registered";
            end("the service " + instead + ", not as package " + packageId, "it " + instead);
            return;
        }
        registered = true;
        synchronized (sending) {
            ClientCallStreamObserver<ChaincodeMessage> stream = requests;
            if (ended != null || stream == null) {
                return;
            }
            stream.onNext(ChaincodeMessage.newBuilder()
                    .setType(ChaincodeMessage.Type.REGISTERED)
                    .build());
            stream.onNext(ChaincodeMessage.newBuilder()
                    .setType(ChaincodeMessage.Type.READY)
                    .setPayload(BATCHES)
                    .build());
        }
        ready.complete(this);
    }

    private static String brief(String name) {
        return name.substring(0, Math.min(name.length(), 200)).replaceAll("\\p{Cntrl}", "?");
    }

    private void dispatch(ChaincodeMessage message) {
        TransactionKey key = TransactionKey.of(message);
        ServiceCall call = running.get(key);
        if (call == null) {
            stray(key, message);
        } else if (message.getSerializedSize() > limits.messageBytes()) {
            call.reject(
                    message,
                    "the chaincode sent a message of " + message.getSerializedSize() + " bytes; "
                            + limits.messageBytes() + " are allowed");
        } else if (!Requests.isRequest(message) && !Requests.isAnswer(message)) {
            call.fail("the chaincode sent " + Requests.name(message) + ", which asks nothing and answers nothing");
        } else if (call.offer(message)) {
            running.remove(key, call);
            useful = true;
        }
    }

    /** A word about a transaction that does not run. Who asks is told so: a shim's thread may wait for the reply. */
    private void stray(TransactionKey key, ChaincodeMessage message) {
        if (Requests.isAnswer(message)) {
            abandoned.remove(key);
        } else if (Requests.isRequest(message)) {
            refuse(
                    key,
                    Requests.name(message) + " failed: transaction ID: " + key.txId()
                            + ": the transaction does not run");
        }
        ServiceLog.LOG.debugf("Package %s: %s for a transaction that does not run", packageId, Requests.name(message));
    }

    /** Never waits. While the service does not read, the word is kept, if it is about a transaction that was abandoned. */
    private void refuse(TransactionKey key, String text) {
        ChaincodeMessage refusal = key.message(ChaincodeMessage.Type.ERROR)
                .setPayload(ByteString.copyFromUtf8(text))
                .build();
        synchronized (sending) {
            ClientCallStreamObserver<ChaincodeMessage> stream = requests;
            if (ended == null && stream != null && stream.isReady()) {
                write(stream, refusal);
            } else {
                abandoned.keep(key, refusal);
            }
        }
    }

    private void sendRefusals(ClientCallStreamObserver<ChaincodeMessage> stream) {
        while (ended == null && stream.isReady()) {
            ChaincodeMessage refusal = abandoned.nextRefusal();
            if (refusal == null) {
                return;
            }
            write(stream, refusal);
        }
    }

    /** Only for who holds {@link #sending}. */
    private void write(ClientCallStreamObserver<ChaincodeMessage> stream, ChaincodeMessage message) {
        stream.onNext(message);
        unreadySince = stream.isReady() ? null : Long.valueOf(System.nanoTime());
    }

    /** How much longer a service that does not read is borne. Only for who holds {@link #sending}. */
    private long patience(long now) {
        Long since = unreadySince;
        if (since == null) {
            unreadySince = now;
            return limits.timeout().toNanos();
        }
        return since + limits.timeout().toNanos() - now;
    }

    /** Lets a transaction begin. */
    ServiceCall begin(TransactionKey key) throws ChaincodeExecutionException {
        if (abandoned.contains(key)) {
            throw new ChaincodeExecutionException(
                    "the chaincode is still at work on an earlier run of this transaction");
        }
        ServiceCall call = new ServiceCall();
        if (running.putIfAbsent(key, call) != null) {
            throw new ChaincodeExecutionException("the chaincode is at work on this transaction already");
        }
        String reason = ended;
        if (reason != null) {
            running.remove(key, call);
            throw new ChaincodeExecutionException(reason);
        }
        return call;
    }

    /** A transaction is over, answered or not. The answer may come at this very moment. */
    void leave(TransactionKey key, ServiceCall call) {
        if (!call.isAnswered()) {
            abandoned.add(key);
        }
        running.remove(key, call);
        if (call.isAnswered()) {
            abandoned.remove(key);
        } else if (call.isAsking()) {
            refuse(key, "the transaction was ended");
        }
    }

    /**
     * Sends a message as soon as the service reads. A service that has read nothing for as long as an invocation may take is given up; one that only
     * does not read now, as when another transaction is sent much, costs no more than this call.
     *
     * @param deadline as of {@link System#nanoTime}
     */
    void send(ChaincodeMessage message, long deadline) throws ChaincodeExecutionException, InterruptedException {
        synchronized (sending) {
            ClientCallStreamObserver<ChaincodeMessage> stream = requests;
            while (ended == null && stream != null && !stream.isReady()) {
                long now = System.nanoTime();
                long patience = patience(now);
                if (patience <= 0) {
                    break;
                }
                long left = deadline - now;
                if (left <= 0) {
                    throw ServiceCall.overdue();
                }
                TimeUnit.NANOSECONDS.timedWait(sending, Math.min(left, patience));
            }
            if (ended == null && stream != null && stream.isReady()) {
                write(stream, message);
                return;
            }
        }
        end(TERMINATED, "it does not read what it is sent");
        throw new ChaincodeExecutionException(TERMINATED);
    }

    /**
     * Ends the stream, its connection and all that runs on it; the first reason counts.
     *
     * @param verdict for callers
     * @param reason for an operator
     */
    void end(String verdict, String reason) {
        ManagedChannel open;
        synchronized (sending) {
            if (ended != null) {
                return;
            }
            ended = verdict;
            open = channel;
            sending.notifyAll();
        }
        whenEnded.accept(this, reason);
        ready.completeExceptionally(new ChaincodeExecutionException(verdict));
        running.values().forEach(call -> call.fail(verdict));
        running.clear();
        if (open != null) {
            open.shutdownNow();
        }
    }

    /** Waits, within reason, until nothing of the connection is left. */
    void awaitEnd(long seconds) throws InterruptedException {
        ManagedChannel open;
        synchronized (sending) {
            open = channel;
        }
        if (open != null && !open.awaitTermination(seconds, TimeUnit.SECONDS)) {
            ServiceLog.LOG.notClosed(packageId);
        }
    }
}
