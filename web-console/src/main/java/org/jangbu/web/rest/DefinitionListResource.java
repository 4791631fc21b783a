package org.jangbu.web.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jangbu.web.access.CallerIdentity;
import org.jangbu.web.access.Names;
import org.jangbu.web.client.LifecycleClient;
import org.jangbu.web.view.DefinitionView;

/** What is defined on a channel. */
@Path("channels/{channel}/chaincodes")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Lifecycle")
public class DefinitionListResource {
    @Inject
    CallerIdentity caller;

    @Inject
    LifecycleClient lifecycle;

    @Inject
    Replies replies;

    @GET
    @Operation(summary = "The chaincodes that are defined on a channel", operationId = "chaincodes")
    public CompletionStage<Answers.Definitions> list(@PathParam("channel") String channel) {
        return replies.later(lifecycle
                .committed(new LifecycleClient.Caller(caller.signer(), Names.channel(channel)))
                .thenApply(found -> new Answers.Definitions(found.getChaincodeDefinitionsList().stream()
                        .map(DefinitionView::of)
                        .toList())));
    }
}
