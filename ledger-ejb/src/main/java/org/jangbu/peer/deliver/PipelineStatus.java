package org.jangbu.peer.deliver;

import java.time.Duration;
import java.util.Optional;
import org.jangbu.model.LedgerId;

/**
 * How one hosted copy of a ledger is doing.
 *
 * @param height blocks committed
 * @param known blocks that are known to exist, by arrival or by asking
 * @param waiting blocks that wait here for their turn
 * @param halted why nothing is committed any more until an administrator has looked; empty if all is well. Where a plug-in is missing the
 *     block is tried again by itself
 * @param trouble why nothing is committed just now, though it will be tried again; empty if all is well
 * @param fork what was seen of a fork; stays until the server is started again
 */
public record PipelineStatus(
        LedgerId ledger,
        long height,
        long known,
        int waiting,
        Optional<String> halted,
        Optional<String> trouble,
        Optional<String> fork,
        Counters counters) {

    /** Whether the copy is whole and keeps up. */
    public boolean isHealthy() {
        return halted.isEmpty() && trouble.isEmpty() && fork.isEmpty();
    }

    /** Whether every block that is known to exist has been committed. */
    public boolean isCaughtUp() {
        return height >= known;
    }

    /**
     * What has been done since the start.
     *
     * @param refused blocks refused: forged, damaged, forked
     * @param fetched blocks asked of a source, since they did not arrive
     */
    public record Counters(
            long blocks,
            long transactions,
            long invalidTransactions,
            long refused,
            long fetched,
            Duration validating,
            Duration committing) {}
}
