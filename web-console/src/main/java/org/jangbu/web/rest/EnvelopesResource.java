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
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jangbu.model.ChannelId;
import org.jangbu.model.TxId;
import org.jangbu.peer.gateway.Gateway;
import org.jangbu.web.access.Names;
import org.jangbu.web.client.ManagedClient;
import org.jspecify.annotations.Nullable;

/** Transactions that callers have signed themselves. Their signatures say who may do what; the sign-in only opens this door. */
@Path("channels/{channel}/envelopes")
@RequestScoped
@Consumes({MediaType.APPLICATION_OCTET_STREAM, Media.PROTOBUF, MediaType.APPLICATION_JSON})
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Own keys")
public class EnvelopesResource {
    @Inject
    Gateway gateway;

    @Inject
    Limits limits;

    @Inject
    Replies replies;

    @POST
    @Operation(
            summary = "Have a signed Envelope ordered, whether or not its policy is met",
            description = "Answers 202 once the ordering service has taken it; with wait, as submit does.",
            operationId = "sendEnvelope")
    @RequestBody(
            description = "common.Envelope",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_OCTET_STREAM,
                        schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = Documented.Message.class))
            })
    @APIResponse(responseCode = "200", ref = RestApplication.COMMITTED)
    @APIResponse(
            responseCode = "202",
            description = "It is ordered",
            content = @Content(schema = @Schema(implementation = Answers.Pending.class)))
    public CompletionStage<Response> send(
            @PathParam("channel") String channel,
            @Parameter(description = "Seconds to wait for the commit; none unless told") @QueryParam("wait") @Nullable
                    String wait,
            MessageBytes message) {
        ChannelId id = Names.channel(channel);
        Duration limit = limits.waitOr(wait, Duration.ZERO);
        TxId txId = ForeignMessages.envelope(id, message.bytes());
        return replies.later(ManagedClient.about(
                txId,
                gateway.submit(id, message.bytes())
                        .thenCompose(accepted -> committed(id, txId, limit))
                        .thenApply(status -> Commits.answer(id, txId, Optional.empty(), status))));
    }

    private CompletionStage<Optional<Gateway.CommitStatus>> committed(ChannelId channel, TxId txId, Duration limit) {
        return limit.isZero() || txId.value().isEmpty()
                ? CompletableFuture.completedStage(Optional.empty())
                : gateway.commitStatus(channel, txId, limit);
    }
}
