package org.jangbu.web.http;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jangbu.web.problem.Problem;
import org.jangbu.web.problem.ProblemCode;

/**
 * How many bytes of request bodies are in memory, over all requests. What a message is must be known whole before anything is done with it, so
 * many callers with large ones together would exhaust the heap; what does not fit is refused, and can be sent again.
 */
public final class BodyMemory {
    /** So many bytes of a body are not counted: a thread's worth of them is always there. */
    static final int FREE = 64 << 10;

    private final long most;
    private final AtomicLong held = new AtomicLong();

    /** @param most most bytes at once, beyond what is free */
    public BodyMemory(long most) {
        this.most = most;
    }

    /** Bytes that are held now. */
    long held() {
        return held.get();
    }

    /** A body that is counted as it is read. */
    Body count(ServletInputStream body) {
        return new Body(body);
    }

    /** One request's body. What it took is given back once, when the request has been answered. */
    final class Body extends ServletInputStream {
        private final ServletInputStream in;
        private final AtomicBoolean released = new AtomicBoolean();
        private long read;
        private long taken;

        private Body(ServletInputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            int next = in.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = in.read(buffer, offset, length);
            count(Math.max(0, count));
            return count;
        }

        private void count(int bytes) {
            read += bytes;
            long more = Math.max(0, read - FREE) - taken;
            if (more == 0) {
                return;
            }
            if (held.addAndGet(more) > most) {
                held.addAndGet(-more);
                throw Problem.of(
                                ProblemCode.UNAVAILABLE,
                                "this server has enough large messages in memory already; try again later")
                        .exception();
            }
            taken += more;
        }

        /** The request has been answered. */
        void release() {
            if (released.compareAndSet(false, true)) {
                held.addAndGet(-taken);
            }
        }

        @Override
        public boolean isFinished() {
            return in.isFinished();
        }

        @Override
        public boolean isReady() {
            return in.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            in.setReadListener(listener);
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
