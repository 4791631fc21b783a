package org.jangbu.web.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jangbu.model.json.JsonValue.JsonObject;
import org.jangbu.msp.client.Invocation;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.web.access.CallerIdentity;
import org.jangbu.web.access.Names;
import org.jangbu.web.client.ManagedClient;
import org.jangbu.web.client.ManagedClient.Target;
import org.jangbu.web.contract.ContractDescriptions;
import org.jangbu.web.contract.TypedCall;
import org.jspecify.annotations.Nullable;

/** Contracts by their own description: a document of OpenAPI for each, and its functions with arguments by name. */
@Path("channels/{channel}/chaincodes/{chaincode}")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Chaincode")
public class ContractResource {
    @Inject
    CallerIdentity caller;

    @Inject
    ContractDescriptions descriptions;

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

    @GET
    @Path("openapi")
    @Operation(
            summary = "The contract's own functions, as a document of OpenAPI 3.0",
            description =
                    "Made of what the contract says of itself (org.hyperledger.fabric:GetMetadata): its functions, their parameters by name and type, its schemas.",
            operationId = "contractOpenApi")
    @APIResponse(
            responseCode = "200",
            description = "The document",
            content = @Content(schema = @Schema(type = SchemaType.OBJECT)))
    public CompletionStage<Response> document() {
        return replies.later(descriptions.document(caller.signer(), target()).thenApply(ContractResource::json));
    }

    @POST
    @Path("functions/{function}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Call a function of the contract with its arguments by name",
            description =
                    "The contract says whether the function submits or evaluates; call= says otherwise. Arguments are checked against the contract's schema"
                            + " before it is asked. The result is typed where the contract types it; rawResult stands in its place where the"
                            + " contract answered something else. The contract's own document has the exact shapes.",
            operationId = "callFunction")
    @RequestBody(content = @Content(schema = @Schema(type = SchemaType.OBJECT, examples = "{\"assetID\": \"asset1\"}")))
    @APIResponse(
            responseCode = "200",
            description = "The result; of a submitted transaction that took effect also blockNumber and validationCode",
            content = @Content(schema = @Schema(type = SchemaType.OBJECT)))
    @APIResponse(
            responseCode = "202",
            description = "It is ordered, but its commit was not seen in time",
            content = @Content(schema = @Schema(type = SchemaType.OBJECT)))
    public CompletionStage<Response> call(
            @PathParam("function") String function,
            @Parameter(
                            description = "submit or evaluate, where the contract's word shall not count",
                            schema = @Schema(enumeration = {"submit", "evaluate"}))
                    @QueryParam("call")
                    @Nullable
                    String way,
            @Parameter(description = "Seconds to wait for the commit; the server's limit unless told")
                    @QueryParam("wait")
                    @Nullable
                    String wait,
            InputStream body)
            throws IOException {
        SigningIdentity signer = caller.signer();
        Target target = target();
        Duration limit = limits.wait(wait);
        Names.oneOf("call", way, "submit", "evaluate");
        JsonObject arguments = TypedCall.arguments(BoundedBody.read(body, limits.jsonBytes()));
        return replies.later(descriptions.function(signer, target, function).thenCompose(call -> {
            Invocation invocation = call.invocation(arguments);
            boolean submits = way == null ? call.submits() : way.equals("submit");
            return submits
                    ? client.submit(signer, target, invocation, limit)
                            .thenApply(submitted -> Commits.answer(target.channel(), submitted, call))
                    : client.evaluate(signer, target, invocation)
                            .thenApply(evaluated -> json(call.answer(
                                    java.util.Map.of(
                                            "transactionId", evaluated.txId().value()),
                                    evaluated.result())));
        }));
    }

    private static Response json(byte[] json) {
        return Response.ok(json, MediaType.APPLICATION_JSON_TYPE).build();
    }

    private Target target() {
        return new Target(Names.channel(String.valueOf(channel)), Names.chaincode(String.valueOf(chaincode)));
    }
}
