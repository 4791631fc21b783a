package org.jangbu.web.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jangbu.model.ChannelId;
import org.jangbu.web.access.Ledgers;
import org.jangbu.web.access.Names;
import org.jangbu.web.view.BlockView;
import org.jspecify.annotations.Nullable;

/** Blocks, taken apart or as bytes. */
@Path("channels/{channel}/blocks")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Ledger")
public class BlocksResource {
    private static final String BLOCK_NUMBER = "A block number, from 0";

    @Inject
    Ledgers ledgers;

    @Inject
    BlockPages pages;

    @Inject
    Limits limits;

    @GET
    @Operation(
            summary = "A page of blocks, or the one block of a hash",
            description =
                    "Without from the newest blocks, oldest first. A page may be shorter than asked for where blocks are large; links.next goes on.",
            operationId = "blocks")
    @APIResponse(
            responseCode = "200",
            description = "The page; with hash, the block",
            content = @Content(schema = @Schema(oneOf = {Answers.BlockPage.class, BlockView.class})))
    public Response blocks(
            @PathParam("channel") String channel,
            @Parameter(description = "Number of the first block") @QueryParam("from") @Nullable String from,
            @Parameter(description = "Most blocks in the page; 20 unless told") @QueryParam("limit") @Nullable
                    String limit,
            @Parameter(description = "A block hash in hex; overrides the others") @QueryParam("hash") @Nullable
                    String hash) {
        ChannelId id = Names.channel(channel);
        if (hash != null) {
            return Response.ok(BlockView.of(ledgers.block(id, Names.hash(hash))))
                    .build();
        }
        return Response.ok(pages.page(id, from, limits.page(limit))).build();
    }

    @GET
    @Path("{number}")
    @Operation(summary = "A block and its transactions, taken apart", operationId = "block")
    public BlockView block(
            @PathParam("channel") String channel,
            @Parameter(description = BLOCK_NUMBER) @PathParam("number") String number) {
        return BlockView.of(ledgers.block(Names.channel(channel), number(number)));
    }

    @GET
    @Path("{number}/raw")
    @Produces({MediaType.APPLICATION_OCTET_STREAM, Media.PROTOBUF})
    @Operation(
            summary = "A block's protobuf bytes (common.Block), filter and commit hash included",
            operationId = "rawBlock")
    @APIResponse(
            responseCode = "200",
            description = "The bytes",
            content =
                    @Content(
                            schema =
                                    @Schema(
                                            type = org.eclipse.microprofile.openapi.annotations.enums.SchemaType.STRING,
                                            format = "binary")))
    public byte[] raw(
            @PathParam("channel") String channel,
            @Parameter(description = BLOCK_NUMBER) @PathParam("number") String number) {
        return ledgers.block(Names.channel(channel), number(number)).toByteArray();
    }

    private static long number(String text) {
        return Names.number("number", text, 0, Long.MAX_VALUE);
    }
}
