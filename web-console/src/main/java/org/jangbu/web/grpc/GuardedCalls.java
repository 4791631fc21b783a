package org.jangbu.web.grpc;

import com.google.protobuf.MessageLite;
import io.grpc.ForwardingServerCall;
import io.grpc.ForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/** Keeps calls within their {@link CallBudget}, and turns whatever a service throws into a status that says no more than it should. */
final class GuardedCalls implements ServerInterceptor {
    private static final Status TOO_MANY =
            Status.RESOURCE_EXHAUSTED.withDescription("this server has too many calls open; try again later");
    private static final Status TOO_MUCH = Status.RESOURCE_EXHAUSTED.withDescription(
            "this server holds as many bytes of messages as it may; try again later");

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        CallBudget.Share share = CallBudget.current();
        Guarded<Q, A> guarded = new Guarded<>(call, share);
        if (!share.admitted()) {
            guarded.close(TOO_MANY, new Metadata());
            return new ServerCall.Listener<>() {};
        }
        share.onExceeded(() -> guarded.close(TOO_MUCH, new Metadata()));
        boolean single = call.getMethodDescriptor().getType().clientSendsOneMessage();
        return new Caught<>(next.startCall(guarded, headers), guarded, share, single);
    }

    /** A call whose end may come from several sides; only the first counts. */
    private static final class Guarded<Q, A> extends ForwardingServerCall.SimpleForwardingServerCall<Q, A> {
        private final CallBudget.Share share;
        private final boolean single;
        private boolean closed;

        Guarded(ServerCall<Q, A> call, CallBudget.Share share) {
            super(call);
            this.share = share;
            this.single = call.getMethodDescriptor().getType().serverSendsOneMessage();
        }

        @Override
        public synchronized void request(int messages) {
            if (!closed) {
                super.request(messages);
            }
        }

        @Override
        public synchronized void sendHeaders(Metadata headers) {
            if (!closed) {
                super.sendHeaders(headers);
            }
        }

        @Override
        public synchronized void sendMessage(A message) {
            if (closed) {
                return;
            }
            drained();
            if (share.send(((MessageLite) message).getSerializedSize())) {
                super.sendMessage(message);
                // What is below the threshold of the transport is never reported as having left.
                drained();
            } else {
                close(TOO_MUCH, new Metadata());
            }
        }

        /** Gives back what was sent before, if the transport has room for more. */
        synchronized void drained() {
            if (!closed && !single && isReady()) {
                share.outboundDone();
            }
        }

        @Override
        public synchronized void close(Status status, Metadata trailers) {
            if (!closed) {
                closed = true;
                super.close(status, trailers);
            }
        }
    }

    private static final class Caught<Q, A> extends ForwardingServerCallListener.SimpleForwardingServerCallListener<Q> {
        private final Guarded<Q, A> call;
        private final CallBudget.Share share;
        private final boolean single;

        Caught(ServerCall.Listener<Q> listener, Guarded<Q, A> call, CallBudget.Share share, boolean single) {
            super(listener);
            this.call = call;
            this.share = share;
            this.single = single;
        }

        @Override
        public void onMessage(Q message) {
            caught(() -> super.onMessage(message));
            if (!single) {
                share.inboundDone();
            }
        }

        @Override
        public void onHalfClose() {
            caught(super::onHalfClose);
        }

        @Override
        public void onReady() {
            call.drained();
            caught(super::onReady);
        }

        private void caught(Runnable step) {
            try {
                step.run();
            } catch (StatusRuntimeException e) {
                Metadata trailers = e.getTrailers();
                call.close(e.getStatus(), trailers == null ? new Metadata() : trailers);
            } catch (RuntimeException e) {
                StatusRuntimeException told =
                        Unary.unforeseen(call.getMethodDescriptor().getFullMethodName(), e);
                Metadata trailers = told.getTrailers();
                call.close(told.getStatus(), trailers == null ? new Metadata() : trailers);
            }
        }
    }
}
