package org.jangbu.web.http;

import jakarta.inject.Inject;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Counts the bodies of REST calls while they are in memory. */
@WebFilter(urlPatterns = "/api/*", asyncSupported = true, dispatcherTypes = DispatcherType.REQUEST)
public class BodyMemoryFilter extends HttpFilter {
    private static final String STREAMED = BodyMemoryFilter.class.getName() + ".streamed";

    @Inject
    BodyMemory memory;

    /** Says, before anybody reads it, that a body is written to a file as it comes, and so not counted. */
    public static void streamed(HttpServletRequest request) {
        request.setAttribute(STREAMED, true);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Counted counted = new Counted(request);
        try {
            chain.doFilter(counted, response);
        } finally {
            counted.releaseWhenAnswered();
        }
    }

    private final class Counted extends HttpServletRequestWrapper implements AsyncListener {
        private BodyMemory.@Nullable Body body;

        Counted(HttpServletRequest request) {
            super(request);
        }

        @Override
        public synchronized ServletInputStream getInputStream() throws IOException {
            if (getAttribute(STREAMED) != null) {
                return super.getInputStream();
            }
            BodyMemory.Body counted = body;
            if (counted == null) {
                counted = memory.count(super.getInputStream());
                body = counted;
            }
            return counted;
        }

        private void releaseWhenAnswered() {
            if (isAsyncStarted()) {
                getAsyncContext().addListener(this);
            } else {
                release();
            }
        }

        private synchronized void release() {
            if (body != null) {
                body.release();
            }
        }

        @Override
        public void onComplete(AsyncEvent event) {
            release();
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            // It is completed after this.
        }

        @Override
        public void onError(AsyncEvent event) {
            // It is completed after this.
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // Listeners do not outlive a dispatch.
            event.getAsyncContext().addListener(this);
        }
    }
}
