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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jangbu.model.ChannelId;
import org.jangbu.web.access.CallerIdentity;
import org.jangbu.web.access.Ledgers;
import org.jangbu.web.access.Names;
import org.jangbu.web.view.ChainView;
import org.jspecify.annotations.Nullable;

/** Channels and their heights. */
@Path("channels")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Ledger")
public class ChannelsResource {
    @Inject
    Ledgers ledgers;

    @Inject
    CallerIdentity caller;

    @Inject
    FirstBlocks blocks;

    @Inject
    Limits limits;

    @GET
    @Operation(summary = "The channels that the caller may read", operationId = "channels")
    public Answers.Channels channels() {
        return new Answers.Channels(ledgers.channels());
    }

    @GET
    @Path("{channel}")
    @Operation(
            summary = "A channel's height and newest hashes, and the roles of its organisations' peers",
            operationId = "channel")
    public Answers.Channel channel(@PathParam("channel") String channel) {
        ChannelId id = Names.channel(channel);
        return Answers.Channel.of(ChainView.of(ledgers.chain(id)), ledgers.configIfReadable(id));
    }

    /** A channel may be named so; an address that takes a POST takes no other method from the pattern above. */
    @GET
    @Path("genesis")
    @Operation(hidden = true)
    public Answers.Channel channelOfThatName() {
        return channel("genesis");
    }

    @POST
    @Path("genesis")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces({MediaType.APPLICATION_OCTET_STREAM, Media.PROTOBUF, MediaType.APPLICATION_JSON})
    @Tag(name = "Configuration")
    @Operation(
            summary = "Make the first block of a channel",
            description =
                    "Nothing is founded by it: hand the block to the orderers (channel participation), then to the peers. What the profile leaves out is"
                            + " taken from an orderer of this server and its consortium. For members of the orderer's organisation and of its consortium.",
            operationId = "firstBlock")
    @RequestBody(content = @Content(schema = @Schema(implementation = Documented.Profile.class)))
    @APIResponse(
            responseCode = "200",
            description = "common.Block, number 0",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_OCTET_STREAM,
                        schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = Answers.FirstBlock.class))
            })
    public Response genesis(
            @Parameter(description = "One of this server's orderers, where several could be meant")
                    @QueryParam("orderer")
                    @Nullable
                    String orderer,
            @Context HttpHeaders headers,
            InputStream body)
            throws IOException {
        FirstBlocks.Made made = blocks.make(
                caller.serialized(),
                Optional.ofNullable(orderer).filter(name -> !name.isEmpty()).map(Names::node),
                BoundedBody.read(body, limits.messageJsonBytes()));
        boolean json = headers.getAcceptableMediaTypes().stream()
                .findFirst()
                .filter(type -> !type.isWildcardType() && type.isCompatible(MediaType.APPLICATION_JSON_TYPE))
                .isPresent();
        return json
                ? Response.ok(Answers.FirstBlock.of(made), MediaType.APPLICATION_JSON)
                        .build()
                : Response.ok(made.block().toByteArray()).build();
    }
}
