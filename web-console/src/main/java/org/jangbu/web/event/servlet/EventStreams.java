package org.jangbu.web.event.servlet;

import com.google.protobuf.ByteString;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jangbu.web.event.EventLimits;
import org.jangbu.web.event.Feed;
import org.jangbu.web.problem.Problem;
import org.jangbu.web.problem.ProblemCode;

/** The streams of events that are open. Thread-safe. */
public final class EventStreams {
    private final EventLimits limits;
    private final EventBudget budget;
    private final Executor executor;
    private final LongSupplier clock;
    /** With the time at which each began. */
    private final Map<EventStream, Long> open = new ConcurrentHashMap<>();

    private volatile boolean closed;

    /**
     * None at first.
     *
     * @param executor a bounded pool on which streams are written
     * @param clock in nanoseconds
     */
    public EventStreams(EventLimits limits, Executor executor, LongSupplier clock) {
        this.limits = limits;
        this.budget = new EventBudget(limits);
        this.executor = executor;
        this.clock = clock;
    }

    /**
     * Answers a request that has been made asynchronous with a stream of events. Throws the problem {@code unavailable} where there is no place for one more;
     * nothing is written then.
     *
     * @param caller a serialised identity
     */
    public void begin(AsyncContext request, ByteString caller, Feed feed) {
        if (closed || !budget.enter(caller)) {
            throw Problem.of(
                            ProblemCode.UNAVAILABLE,
                            "this server, or this caller, has as many streams of events as it may; try again later")
                    .exception();
        }
        EventStream stream;
        try {
            HttpServletResponse response = (HttpServletResponse) request.getResponse();
            response.setStatus(HttpServletResponse.SC_OK);
            response.setContentType("text/event-stream");
            response.setHeader("Cache-Control", "no-store");
            request.setTimeout(0);
            stream = new EventStream(
                    response.getOutputStream(), feed, budget, executor, clock, ended -> over(ended, request, caller));
        } catch (IOException | RuntimeException e) {
            budget.leave(caller);
            throw new IllegalStateException("no answer can be begun", e);
        }
        open.put(stream, clock.getAsLong());
        request.addListener(new Ending(stream));
        stream.begin();
    }

    private void over(EventStream stream, AsyncContext request, ByteString caller) {
        open.remove(stream);
        budget.leave(caller);
        try {
            request.complete();
        } catch (IllegalStateException e) {
            // The container has ended the request before.
            return;
        }
    }

    /** To be called about once a second. */
    public void tick() {
        long now = clock.getAsLong();
        open.forEach((stream, begun) -> {
            if (now - begun > limits.lifetime().toNanos()) {
                stream.end("it has lasted as long as it may");
            } else {
                stream.tick(limits);
            }
        });
    }

    /** How many are open. */
    public int count() {
        return budget.streams();
    }

    /** Ends all. */
    public void close() {
        closed = true;
        open.keySet().forEach(stream -> stream.end("the server stops"));
    }

    private record Ending(EventStream stream) implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent event) {
            stream.end("the request has ended");
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            stream.end("the request has timed out");
        }

        @Override
        public void onError(AsyncEvent event) {
            stream.end("the connection has failed");
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // Nobody starts it once more.
        }
    }
}
