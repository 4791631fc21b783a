package org.jangbu.chaincode.spi;

/**
 * One deployed chaincode package, ready to run. Thread-safe: many invocations run at once, each with its own host.
 *
 * <p>A contract that throws, loops, recurses, exits or hoards ends its own invocation and nothing else.
 */
public interface ChaincodeRuntime extends AutoCloseable {
    /**
     * Runs one invocation to its end on the calling thread or on one of the runtime's own; returns when it ended or was ended.
     *
     * @return what the contract answered, whatever its status
     * @throws ChaincodeExecutionException if it did not answer: it ran out of time or memory, or the runtime lost it
     */
    ChaincodeResult invoke(Invocation invocation, ChaincodeHost host) throws ChaincodeExecutionException;

    /** Undeploys; running invocations are ended first. Leaves no thread and no class loader behind. */
    @Override
    void close();
}
