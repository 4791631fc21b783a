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
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.hyperledger.fabric.protos.peer.lifecycle.ApproveChaincodeDefinitionForMyOrgArgs;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.ChannelId;
import org.jangbu.web.access.CallerIdentity;
import org.jangbu.web.access.Ledgers;
import org.jangbu.web.access.Names;
import org.jangbu.web.client.LifecycleClient;
import org.jangbu.web.client.ManagedClient;
import org.jangbu.web.client.OneStep;
import org.jangbu.web.problem.Problem;
import org.jangbu.web.problem.ProblemCode;
import org.jangbu.web.view.DefinitionView;
import org.jspecify.annotations.Nullable;

/**
 * How a chaincode comes to a channel, in the caller's managed identity: the calls of {@code _lifecycle} with JSON in place of Fabric's
 * messages. They go through the gateway like all others.
 */
@Path("channels/{channel}/chaincodes/{chaincode}")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Lifecycle")
public class DefinitionsResource {
    private static final String WAIT = "Seconds to wait for the commit; the server's limit unless told";

    @Inject
    CallerIdentity caller;

    @Inject
    Ledgers ledgers;

    @Inject
    LifecycleClient lifecycle;

    @Inject
    OneStep oneStep;

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
    @Operation(
            summary = "The definition in force, and which organisations have approved exactly it",
            operationId = "chaincode")
    public CompletionStage<DefinitionView> committed() {
        ChaincodeName name = name();
        return replies.later(lifecycle
                .committed(caller(), name)
                .thenApply(found -> found.map(definition -> DefinitionView.of(name.value(), definition))
                        .orElseThrow(() -> Problem.of(
                                        ProblemCode.CHAINCODE_NOT_FOUND, "namespace " + name + " is not defined")
                                .withValue(name.value())
                                .exception())));
    }

    @GET
    @Path("approvals")
    @Operation(
            summary = "What the caller's organisation has approved",
            description = "For its administrators. Without a sequence, what it has approved last.",
            operationId = "approval")
    public CompletionStage<DefinitionView> approved(@QueryParam("sequence") @Nullable String sequence) {
        ChaincodeName name = name();
        long number = sequence == null ? 0 : Names.number("sequence", sequence, 1, Long.MAX_VALUE);
        return replies.later(lifecycle
                .approved(caller(), name, number)
                .thenApply(approved -> DefinitionView.of(name.value(), approved)));
    }

    @POST
    @Path("approvals")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Approve a definition for the caller's organisation",
            description =
                    "For its administrators; its own peers endorse. Without packageId the organisation's peers validate the chaincode's transactions and"
                            + " do not run it.",
            operationId = "approve")
    @RequestBody(content = @Content(schema = @Schema(implementation = Documented.Definition.class)))
    @APIResponse(responseCode = "200", ref = RestApplication.COMMITTED)
    @APIResponse(responseCode = "202", ref = RestApplication.ORDERED)
    public CompletionStage<Response> approve(
            @Parameter(description = WAIT) @QueryParam("wait") @Nullable String wait, InputStream body)
            throws IOException {
        Duration limit = limits.wait(wait);
        return answered(lifecycle.approve(caller(), sequenced(body), limit));
    }

    @POST
    @Path("readiness")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Which organisations have approved exactly a definition",
            description =
                    "Nothing is written. For those that have not, difference says in which group of fields: EndorsementInfo (version, initialisation,"
                            + " endorsement plug-in), ValidationInfo (policy, validation plug-in) or Collections; more cannot be told from hashes.",
            operationId = "readiness")
    @RequestBody(content = @Content(schema = @Schema(implementation = Documented.Definition.class)))
    public CompletionStage<Answers.Readiness> readiness(InputStream body) throws IOException {
        return replies.later(lifecycle.readiness(caller(), sequenced(body)).thenApply(Answers.Readiness::of));
    }

    @POST
    @Path("definitions")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Commit a definition for the channel",
            description =
                    "It must be the next sequence. Peers of as many organisations as the channel's LifecycleEndorsement policy asks for must have approved"
                            + " exactly it. packageId is not looked at.",
            operationId = "commitDefinition")
    @RequestBody(content = @Content(schema = @Schema(implementation = Documented.Definition.class)))
    @APIResponse(responseCode = "200", ref = RestApplication.COMMITTED)
    @APIResponse(responseCode = "202", ref = RestApplication.ORDERED)
    public CompletionStage<Response> commit(
            @Parameter(description = WAIT) @QueryParam("wait") @Nullable String wait, InputStream body)
            throws IOException {
        Duration limit = limits.wait(wait);
        return answered(lifecycle.commit(caller(), sequenced(body), limit));
    }

    @POST
    @Path("{word:instantiate|upgrade}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Approve and commit the next definition in one step, where one organisation decides alone",
            description =
                    "Two transactions, one after the other; cut off between them, the same call again goes on. Refused with what is lacking where the"
                            + " channel's policies ask for more organisations than the caller's. sequence may be left out.",
            operationId = "defineInOneStep")
    @RequestBody(content = @Content(schema = @Schema(implementation = Documented.Definition.class)))
    @APIResponse(responseCode = "200", ref = RestApplication.COMMITTED)
    @APIResponse(responseCode = "202", ref = RestApplication.ORDERED)
    public CompletionStage<Response> oneStep(
            @PathParam("word") String word,
            @Parameter(description = WAIT) @QueryParam("wait") @Nullable String wait,
            InputStream body)
            throws IOException {
        Duration limit = limits.wait(wait);
        OneStep.Word meant = word.equals("upgrade") ? OneStep.Word.UPGRADE : OneStep.Word.INSTANTIATE;
        return answered(oneStep.define(caller(), meant, definition(body), limit));
    }

    private CompletionStage<Response> answered(CompletionStage<ManagedClient.Submitted> submitted) {
        ChannelId target = channel();
        return replies.later(
                submitted.thenApply(done -> Commits.answer(target, done.txId(), Optional.empty(), done.status())));
    }

    private ApproveChaincodeDefinitionForMyOrgArgs sequenced(InputStream body) throws IOException {
        ApproveChaincodeDefinitionForMyOrgArgs definition = definition(body);
        if (definition.getSequence() == 0) {
            throw StrictJson.missing("sequence");
        }
        return definition;
    }

    private ApproveChaincodeDefinitionForMyOrgArgs definition(InputStream body) throws IOException {
        return DefinitionReader.read(
                BoundedBody.read(body, limits.jsonBytes()),
                name(),
                ledgers.config(channel()).membership());
    }

    private LifecycleClient.Caller caller() {
        return new LifecycleClient.Caller(caller.signer(), channel());
    }

    private ChannelId channel() {
        return Names.channel(String.valueOf(channel));
    }

    private ChaincodeName name() {
        return Names.chaincode(String.valueOf(chaincode));
    }
}
