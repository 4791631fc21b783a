package org.jangbu.web.view;

import java.time.Instant;
import java.util.Optional;

/** A transaction in a list. */
public record TransactionSummary(
        int position,
        String transactionId,
        String type,
        Optional<Instant> timestamp,
        Optional<String> creatorMspId,
        Optional<String> chaincode,
        Optional<Content> function,
        String validationCode) {

    /** Whether it took effect. */
    public boolean valid() {
        return validationCode.equals("VALID");
    }
}
