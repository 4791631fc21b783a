package org.jangbu.web.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jangbu.msp.client.Invocation;
import org.jangbu.web.access.CallerIdentity;
import org.jangbu.web.access.Names;
import org.jangbu.web.client.ManagedClient;
import org.jangbu.web.client.ManagedClient.Target;
import org.jspecify.annotations.Nullable;

/** Calls of chaincodes, signed with the caller's managed key. */
@Path("channels/{channel}/chaincodes/{chaincode}")
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Chaincode")
public class ChaincodesResource {
    @Inject
    CallerIdentity caller;

    @Inject
    ManagedClient client;

    @Inject
    Limits limits;

    @Inject
    Replies replies;

    @PathParam("channel")
    @Nullable
    String channel;

    @PathParam("chaincode")
    @Nullable
    String chaincode;

    @POST
    @Path("evaluate")
    @Operation(summary = "Run a function on one peer; nothing is written", operationId = "evaluate")
    @RequestBody(content = @Content(schema = @Schema(implementation = Documented.Call.class)))
    public CompletionStage<Answers.Evaluation> evaluate(Invocation invocation) {
        return replies.later(
                client.evaluate(caller.signer(), target(), invocation).thenApply(Answers.Evaluation::of));
    }

    @POST
    @Path("submit")
    @Operation(
            summary = "Run a function, have its writes ordered and wait for the commit",
            description =
                    "A transaction that reaches a block without taking effect is answered with the problem transaction-invalid (409).",
            operationId = "submit")
    @RequestBody(content = @Content(schema = @Schema(implementation = Documented.Call.class)))
    @APIResponse(responseCode = "200", ref = RestApplication.COMMITTED)
    @APIResponse(responseCode = "202", ref = RestApplication.ORDERED)
    public CompletionStage<Response> submit(
            Invocation invocation,
            @Parameter(description = "Seconds to wait for the commit; the server's limit unless told")
                    @QueryParam("wait")
                    @Nullable
                    String wait) {
        Target target = target();
        return replies.later(client.submit(caller.signer(), target, invocation, limits.wait(wait))
                .thenApply(submitted -> Commits.answer(
                        target.channel(), submitted.txId(), Optional.of(submitted.result()), submitted.status())));
    }

    @POST
    @Path("endorse")
    @Operation(
            summary = "Ask every endorser and compare their answers; nothing is ordered",
            description =
                    "Also answers when results differ. Each distinct result comes with a signed envelope, which may be sent to …/envelopes as it is.",
            operationId = "endorse")
    @RequestBody(content = @Content(schema = @Schema(implementation = Documented.Call.class)))
    public CompletionStage<Answers.Endorsements> endorse(Invocation invocation) {
        return replies.later(
                client.endorse(caller.signer(), target(), invocation).thenApply(Answers.Endorsements::of));
    }

    private Target target() {
        return new Target(Names.channel(String.valueOf(channel)), Names.chaincode(String.valueOf(chaincode)));
    }
}
