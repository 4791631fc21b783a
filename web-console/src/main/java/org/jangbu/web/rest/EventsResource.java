package org.jangbu.web.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.MediaType;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.ChannelId;
import org.jangbu.peer.event.FilteredBlocks;
import org.jangbu.peer.event.Following;
import org.jangbu.web.access.CallerIdentity;
import org.jangbu.web.access.Ledgers;
import org.jangbu.web.access.Names;
import org.jangbu.web.event.BlockFeed;
import org.jangbu.web.event.ChaincodeFeed;
import org.jangbu.web.event.EventId;
import org.jangbu.web.view.BlockView;
import org.jangbu.web.view.ChaincodeEventView;
import org.jangbu.web.view.FilteredBlockView;
import org.jspecify.annotations.Nullable;

/** What happens on a channel, as server-sent events, from any point on. */
@Path("channels/{channel}/events")
@RequestScoped
@Produces(MediaType.SERVER_SENT_EVENTS)
@Tag(name = "Events")
public class EventsResource {
    private static final String GOES_ON =
            "Each event has an id; with it as Last-Event-ID a reader goes on exactly behind that event. A comment is sent where there is nothing to tell. A reader that takes nothing is given up, and each stream ends after jangbu.rest.event-lifetime: come again.";

    @Inject
    Ledgers ledgers;

    @Inject
    CallerIdentity caller;

    @Inject
    EventStreaming streaming;

    @Inject
    HttpServletRequest request;

    @PathParam("channel")
    @Nullable
    String channel;

    @Parameter(description = "Number of the first block; else what is committed from now on")
    @QueryParam("from")
    @Nullable
    String from;

    @Parameter(description = "Id of the last event seen: goes on behind it, whatever else is asked for")
    @HeaderParam("Last-Event-ID")
    @Nullable
    String last;

    @GET
    @Path("blocks")
    @Operation(summary = "Every block, taken apart", description = GOES_ON, operationId = "blockEvents")
    @APIResponse(
            responseCode = "200",
            description = "A stream; data is the block",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(implementation = BlockView.class)))
    public void blocks(@Suspended AsyncResponse suspended) {
        begin(ledgers.follow(channel(), "event/Block"), BlockView::of);
    }

    @GET
    @Path("filtered-blocks")
    @Operation(
            summary = "Every block: ids, verdicts and names of events",
            description = GOES_ON,
            operationId = "filteredBlockEvents")
    @APIResponse(
            responseCode = "200",
            description = "A stream; data is the filtered block",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(implementation = FilteredBlockView.class)))
    public void filteredBlocks(@Suspended AsyncResponse suspended) {
        ChannelId id = channel();
        begin(
                ledgers.follow(id, "event/FilteredBlock"),
                block -> FilteredBlockView.of(FilteredBlocks.of(id.value(), block)));
    }

    @GET
    @Path("chaincodes/{chaincode}")
    @Operation(
            summary = "What valid transactions of a chaincode have announced",
            description = GOES_ON,
            operationId = "chaincodeEvents")
    @APIResponse(
            responseCode = "200",
            description = "A stream; data is the event",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(implementation = ChaincodeEventView.class)))
    public void chaincode(
            @PathParam("chaincode") String chaincode,
            @Parameter(description = "A transaction on the ledger: only what comes behind it; overrides from")
                    @QueryParam("after")
                    @Nullable
                    String after,
            @Suspended AsyncResponse suspended) {
        ChannelId id = channel();
        ChaincodeName name = Names.chaincode(chaincode);
        Following following = ledgers.follow(id, "gateway/ChaincodeEvents");
        EventId begin = Resumption.chaincode(following, from, after, last);
        streaming
                .streams()
                .begin(
                        request.getAsyncContext(),
                        caller.serialized(),
                        new ChaincodeFeed(following, name, begin.block(), begin.transaction()));
    }

    private ChannelId channel() {
        return Names.channel(String.valueOf(channel));
    }

    private void begin(Following following, Function<Block, Record> view) {
        streaming
                .streams()
                .begin(
                        request.getAsyncContext(),
                        caller.serialized(),
                        new BlockFeed(following, Resumption.block(following, from, last), view));
    }
}
