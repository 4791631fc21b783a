package org.jangbu.chaincode.plugin;

/**
 * Decides whether a peer signs what a simulation came to. It is asked once the contract has answered with a status below 400, and before
 * anything leaves the peer; what it accepts is signed by the node as {@code escc} would.
 *
 * <p>A plug-in is found by {@link java.util.ServiceLoader} in a jar of its own; one object serves all channels and peers of a server and is
 * called by many threads at once. What it throws, or a call that does not end in time, fails that proposal.
 */
@FunctionalInterface
public interface EndorsementPlugin {
    /** Accepts, or refuses with a reason that the client is told. */
    Decision decide(SimulatedProposal proposal);
}
