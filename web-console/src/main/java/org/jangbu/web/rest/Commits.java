package org.jangbu.web.rest;

import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.model.ChannelId;
import org.jangbu.model.TxId;
import org.jangbu.peer.gateway.Gateway.CommitStatus;
import org.jangbu.web.problem.Problem;
import org.jangbu.web.problem.ProblemCode;
import org.jangbu.web.view.Content;

/** Answers for transactions that have been handed to the ordering service. */
final class Commits {
    private Commits() {}

    /** 200 where it took effect, 202 where that is not known yet, the problem {@code transaction-invalid} where it did not. */
    static Response answer(ChannelId channel, TxId txId, Optional<Content> result, Optional<CommitStatus> status) {
        if (status.isEmpty()) {
            return pending(channel, txId, result);
        }
        CommitStatus known = status.get();
        if (known.code() != TxValidationCode.VALID) {
            throw Problem.of(ProblemCode.TRANSACTION_INVALID, "the transaction was judged " + known.code())
                    .with("transactionId", txId.value())
                    .with("blockNumber", known.blockNumber())
                    .with("validationCode", known.code().name())
                    .exception();
        }
        return Response.ok(committed(known, result)).build();
    }

    static Answers.Commit committed(CommitStatus status, Optional<Content> result) {
        return new Answers.Commit(
                status.txId().value(), status.blockNumber(), status.code().name(), result);
    }

    private static Response pending(ChannelId channel, TxId txId, Optional<Content> result) {
        String address = "/api/v1/channels/" + channel + "/transactions/" + txId + "/status";
        return Response.accepted(new Answers.Pending(txId.value(), result, address))
                .header("Location", URI.create(address).toASCIIString())
                .build();
    }
}
