package org.jangbu.web.grpc;

import io.grpc.ServerBuilder;

/** What stands before every service of a port: bounds for what strangers make it hold, and care for what services throw. */
public final class CallGuard {
    private final CallBudget budget;

    /**
     * A guard of one port.
     *
     * @param calls most at once
     * @param bytes of messages held at once
     */
    public CallGuard(int calls, long bytes) {
        this.budget = new CallBudget(calls, bytes);
    }

    /** Puts it before the services of a server that is being built. */
    public void on(ServerBuilder<?> server) {
        server.addStreamTracerFactory(budget);
        ClientCertificate certificate = new ClientCertificate();
        server.addTransportFilter(certificate);
        // The last is the first to see a call.
        server.intercept(certificate);
        server.intercept(new GuardedCalls());
    }

    CallBudget budget() {
        return budget;
    }
}
