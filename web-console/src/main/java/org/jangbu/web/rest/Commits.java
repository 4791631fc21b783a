package org.jangbu.web.rest;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.model.ChannelId;
import org.jangbu.model.TxId;
import org.jangbu.peer.gateway.Gateway.CommitStatus;
import org.jangbu.web.client.ManagedClient;
import org.jangbu.web.contract.TypedCall;
import org.jangbu.web.problem.Problem;
import org.jangbu.web.problem.ProblemCode;
import org.jangbu.web.view.Content;

/** Answers for transactions that have been handed to the ordering service. */
final class Commits {
    private Commits() {}

    /** 200 where it took effect, 202 where that is not known yet, the problem {@code transaction-invalid} where it did not. */
    static Response answer(ChannelId channel, TxId txId, Optional<Content> result, Optional<CommitStatus> status) {
        return status.map(known -> Response.ok(committed(valid(known), result)).build())
                .orElseGet(() ->
                        pending(channel, txId, new Answers.Pending(txId.value(), result, address(channel, txId))));
    }

    /** The same with the result as the contract types it. */
    static Response answer(ChannelId channel, ManagedClient.Submitted submitted, TypedCall call) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("transactionId", submitted.txId().value());
        if (submitted.status().isEmpty()) {
            members.put("status", address(channel, submitted.txId()));
            return pending(channel, submitted.txId(), call.answer(members, submitted.result()));
        }
        CommitStatus known = valid(submitted.status().get());
        members.put("blockNumber", known.blockNumber());
        members.put("validationCode", known.code().name());
        return Response.ok(call.answer(members, submitted.result()), MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    private static CommitStatus valid(CommitStatus known) {
        if (known.code() != TxValidationCode.VALID) {
            throw Problem.of(ProblemCode.TRANSACTION_INVALID, "the transaction was judged " + known.code())
                    .with("transactionId", known.txId().value())
                    .with("blockNumber", known.blockNumber())
                    .with("validationCode", known.code().name())
                    .exception();
        }
        return known;
    }

    static Answers.Commit committed(CommitStatus status, Optional<Content> result) {
        return new Answers.Commit(
                status.txId().value(), status.blockNumber(), status.code().name(), result);
    }

    private static String address(ChannelId channel, TxId txId) {
        return "/api/v1/channels/" + channel + "/transactions/" + txId + "/status";
    }

    private static Response pending(ChannelId channel, TxId txId, Object answer) {
        return Response.accepted(answer)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header("Location", URI.create(address(channel, txId)).toASCIIString())
                .build();
    }
}
