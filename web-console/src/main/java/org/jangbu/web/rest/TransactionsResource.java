package org.jangbu.web.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jangbu.model.ChannelId;
import org.jangbu.model.TxId;
import org.jangbu.peer.gateway.Gateway;
import org.jangbu.peer.query.LedgerQuery;
import org.jangbu.web.access.Ledgers;
import org.jangbu.web.access.Names;
import org.jangbu.web.problem.Problem;
import org.jangbu.web.problem.ProblemCode;
import org.jangbu.web.view.TransactionView;
import org.jangbu.web.view.TransactionViews;
import org.jspecify.annotations.Nullable;

/** Transactions and how they ended. */
@Path("channels/{channel}/transactions/{transactionId}")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Ledger")
public class TransactionsResource {
    @Inject
    Ledgers ledgers;

    @Inject
    Gateway gateway;

    @Inject
    Limits limits;

    @Inject
    Replies replies;

    @GET
    @Operation(summary = "A committed transaction, taken apart", operationId = "transaction")
    public TransactionView transaction(
            @PathParam("channel") String channel, @PathParam("transactionId") String transactionId) {
        LedgerQuery.ProcessedTransaction transaction =
                ledgers.transaction(Names.channel(channel), Names.txId(transactionId));
        return new TransactionViews()
                .of(
                        transaction.envelope(),
                        new TransactionViews.Place(
                                transaction.blockNumber(),
                                transaction.position(),
                                transaction.code().name()));
    }

    @GET
    @Path("status")
    @Operation(summary = "How a transaction ended, valid or not", operationId = "transactionStatus")
    public CompletionStage<Answers.Commit> status(
            @PathParam("channel") String channel,
            @PathParam("transactionId") String transactionId,
            @Parameter(description = "Seconds to wait for the commit; none unless told") @QueryParam("wait") @Nullable
                    String wait) {
        ChannelId id = Names.channel(channel);
        TxId txId = Names.txId(transactionId);
        Duration limit = limits.waitOr(wait, Duration.ZERO);
        ledgers.chain(id);
        return replies.later(gateway.commitStatus(id, txId, limit)
                .thenApply(status -> status.map(known -> Commits.committed(known, Optional.empty()))
                        .orElseThrow(() -> notYet(id, txId))));
    }

    private static RuntimeException notYet(ChannelId channel, TxId txId) {
        return Problem.of(ProblemCode.TRANSACTION_NOT_FOUND, "not committed on " + channel + " so far")
                .with("transactionId", txId.value())
                .exception();
    }
}
