package org.jangbu.web.view;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A block in a list.
 *
 * @param timestamp of its first transaction, by the client's clock
 */
public record BlockSummary(
        long number,
        String hash,
        String previousHash,
        String dataHash,
        int size,
        Optional<Instant> timestamp,
        List<TransactionSummary> transactions) {

    /** How many transactions did not take effect. */
    public long invalidCount() {
        return transactions.stream().filter(t -> !t.valid()).count();
    }
}
