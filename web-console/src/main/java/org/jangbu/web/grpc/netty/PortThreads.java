package org.jangbu.web.grpc.netty;

import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** The threads of all ports: one accepts, a few move bytes, a bounded pool works. */
public final class PortThreads implements AutoCloseable {
    private static final String NO_NATIVE = "io.grpc.netty.shaded.io.netty.transport.noNative";
    private static final int QUIET_MILLIS = 50;
    private static final int PATIENCE_MILLIS = 5_000;

    private final EventLoopGroup accepting;
    private final EventLoopGroup connections;
    private final Executor calls;

    /**
     * Starts no thread yet.
     *
     * @param calls the application server's pool on which calls are worked on; stays with the caller
     */
    public PortThreads(ThreadFactory threads, Executor calls) {
        // This copy of Netty would load its native library merely to see whether it could.
        if (System.getProperty(NO_NATIVE) == null) {
            System.setProperty(NO_NATIVE, "true");
        }
        this.accepting = new NioEventLoopGroup(1, threads);
        this.connections =
                new NioEventLoopGroup(Math.max(2, Runtime.getRuntime().availableProcessors()), threads);
        this.calls = calls;
    }

    EventLoopGroup accepting() {
        return accepting;
    }

    EventLoopGroup connections() {
        return connections;
    }

    Executor calls() {
        return calls;
    }

    /** Ends the threads, and waits until they have. */
    @Override
    public void close() {
        accepting.shutdownGracefully(0, PATIENCE_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(PATIENCE_MILLIS);
        connections
                .shutdownGracefully(QUIET_MILLIS, PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(PATIENCE_MILLIS);
    }
}
