package org.jangbu.peer.endorse;

/**
 * How much one simulation may do.
 *
 * @param writes most keys written
 * @param writeBytes most bytes of keys and values written, in all
 * @param reads most keys read one by one, and most range queries
 * @param results most results of one query
 * @param calls most chaincodes on the call stack
 * @param attempts how often a simulation is started that commits keep overtaking
 * @param answerBytes most bytes of a chaincode's answer and event together
 */
public record SimulationLimits(
        int writes, long writeBytes, int reads, int results, int calls, int attempts, int answerBytes) {
    /** What a peer grants unless told otherwise. */
    public static final SimulationLimits DEFAULT =
            new SimulationLimits(10_000, 8L << 20, 100_000, 100_000, 16, 10, 16 << 20);
}
