package org.jangbu.web.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jangbu.model.ChannelId;
import org.jangbu.web.access.Ledgers;
import org.jangbu.web.access.Names;
import org.jangbu.web.view.ChainView;

/** Channels and their heights. */
@Path("channels")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Ledger")
public class ChannelsResource {
    @Inject
    Ledgers ledgers;

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
}
