package org.jangbu.web.grpc;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many calls a port has open and how many bytes of messages it holds for them, over all connections: of those that are arriving, those that are being
 * worked on, and answers that nobody has read yet. What would go beyond is refused, and everything else goes on.
 */
final class CallBudget extends ServerStreamTracer.Factory {
    private static final Context.Key<Share> SHARE = Context.key("jangbu-call-share");

    private final int mostCalls;
    private final long mostBytes;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    CallBudget(int mostCalls, long mostBytes) {
        this.mostCalls = mostCalls;
        this.mostBytes = mostBytes;
    }

    @Override
    public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
        return new Share(calls.incrementAndGet() <= mostCalls);
    }

    /** Bytes held now. */
    long bytes() {
        return bytes.get();
    }

    /** Calls open now. */
    int calls() {
        return calls.get();
    }

    /** What the call of the current context has taken. */
    static Share current() {
        Share share = SHARE.get();
        if (share == null) {
            throw new IllegalStateException("a call without a budget");
        }
        return share;
    }

    /** One call's share. Used by the connection's thread and the call's. */
    final class Share extends ServerStreamTracer {
        private final boolean admitted;
        private final AtomicBoolean closed = new AtomicBoolean();
        private final Deque<Long> messages = new ArrayDeque<>();
        private long arriving;
        private long outbound;
        private boolean exceeded;
        private Runnable refusal = () -> {};

        private Share(boolean admitted) {
            this.admitted = admitted;
        }

        @Override
        public Context filterContext(Context context) {
            return context.withValue(SHARE, this);
        }

        /** Whether there was room for one call more. */
        boolean admitted() {
            return admitted;
        }

        /** Names what ends the call if its message does not fit; does it at once if that is known already. */
        void onExceeded(Runnable end) {
            boolean now;
            synchronized (this) {
                refusal = end;
                now = exceeded;
            }
            if (now) {
                end.run();
            }
        }

        @Override
        public void inboundWireSize(long size) {
            Runnable end = null;
            synchronized (this) {
                if (closed.get() || exceeded) {
                    return;
                }
                if (bytes.addAndGet(size) > mostBytes) {
                    // What is refused shall not keep others from being answered until it has gone.
                    bytes.addAndGet(-size);
                    exceeded = true;
                    end = refusal;
                } else {
                    arriving += size;
                }
            }
            if (end != null) {
                end.run();
            }
        }

        @Override
        public synchronized void inboundMessageRead(int number, long wireSize, long uncompressedSize) {
            messages.add(arriving);
            arriving = 0;
        }

        /** The oldest message that has arrived is dealt with. */
        synchronized void inboundDone() {
            Long size = messages.poll();
            if (size != null) {
                bytes.addAndGet(-size);
            }
        }

        /** Takes room for an answer; false if there is none. */
        synchronized boolean send(long size) {
            if (closed.get()) {
                return true;
            }
            if (bytes.addAndGet(size) > mostBytes) {
                bytes.addAndGet(-size);
                return false;
            }
            outbound += size;
            return true;
        }

        /** What was sent before has left. */
        synchronized void outboundDone() {
            bytes.addAndGet(-outbound);
            outbound = 0;
        }

        @Override
        public synchronized void streamClosed(Status status) {
            if (closed.compareAndSet(false, true)) {
                messages.forEach(size -> bytes.addAndGet(-size));
                messages.clear();
                bytes.addAndGet(-arriving);
                arriving = 0;
                outboundDone();
                calls.decrementAndGet();
            }
        }
    }
}
