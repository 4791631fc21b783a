package org.jangbu.cli.server;

import com.google.protobuf.ByteString;
import org.jangbu.cli.run.CommandFailure;
import org.jangbu.cli.run.ExitCode;
import org.jangbu.cli.server.LedgerClient.Committed;
import org.jangbu.model.json.JsonValue.JsonObject;

/** Reads how a submitted transaction ended. */
final class Commits {
    private static final int ACCEPTED = 202;

    private Commits() {}

    static Committed of(RestAnswer answer, ByteString result) {
        JsonObject json = answer.object();
        String txId = RestAnswer.required(json, "transactionId");
        if (answer.status() == ACCEPTED) {
            throw CommandFailure.of(
                            ExitCode.UNKNOWN_OUTCOME,
                            "transaction " + txId + " is ordered, but its commit was not seen in time")
                    .with("transactionId", txId);
        }
        return new Committed(
                txId, RestAnswer.number(json, "blockNumber"), RestAnswer.required(json, "validationCode"), result);
    }
}
