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
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jangbu.web.access.Names;
import org.jangbu.web.client.ManagedClient;
import org.jspecify.annotations.Nullable;

/** Proposals that callers have signed themselves. Their signatures say who may do what; the sign-in only opens this door. */
@Path("channels/{channel}/proposals")
@RequestScoped
@Consumes({MediaType.APPLICATION_OCTET_STREAM, Media.PROTOBUF, MediaType.APPLICATION_JSON})
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Own keys")
public class ProposalsResource {
    @Inject
    ManagedClient client;

    @Inject
    Replies replies;

    @POST
    @Operation(
            summary = "Have a SignedProposal endorsed",
            description =
                    "With compare=true every endorser is asked, and all answers are given although they differ; otherwise as many as the policy"
                            + " needs. The envelopes lack only the creator's signature over their payload.",
            operationId = "propose")
    @RequestBody(
            description = "protos.SignedProposal",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_OCTET_STREAM,
                        schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = Documented.Message.class))
            })
    public CompletionStage<Answers.Endorsements> propose(
            @PathParam("channel") String channel,
            @Parameter(description = "Ask every endorser", schema = @Schema(type = SchemaType.BOOLEAN))
                    @QueryParam("compare")
                    @Nullable
                    String compare,
            MessageBytes message) {
        ForeignMessages.Proposal proposal = ForeignMessages.proposal(Names.channel(channel), message.bytes());
        CompletionStage<ManagedClient.Compared> endorsed = "true".equals(compare)
                ? client.compare(proposal.txId(), proposal.signed())
                : client.endorse(proposal.txId(), proposal.signed());
        return replies.later(endorsed.thenApply(Answers.Endorsements::of));
    }
}
