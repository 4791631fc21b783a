package org.jangbu.web.rest;

import com.google.protobuf.InvalidProtocolBufferException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.model.ChannelId;
import org.jangbu.model.NodeName;
import org.jangbu.peer.join.JoinException;
import org.jangbu.peer.join.PeerChannels;
import org.jangbu.web.access.CallerIdentity;
import org.jangbu.web.access.Names;
import org.jangbu.web.problem.Problem;
import org.jangbu.web.problem.ProblemCode;

/** The peers of this server and the channels they join. Whose peers they are, and who administers them, their own MSP says. */
@Path("peers")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Peers")
public class PeersResource {
    @Inject
    PeerChannels peers;

    @Inject
    CallerIdentity caller;

    @GET
    @Operation(summary = "The peers here of the caller's organisation, and their channels", operationId = "peers")
    public Answers.Peers peers() {
        return new Answers.Peers(
                peers.peers(caller.serialized()).stream().map(Answers.Peer::of).toList());
    }

    @POST
    @Path("{peer}/channels")
    @Consumes({MediaType.APPLICATION_OCTET_STREAM, Media.PROTOBUF, MediaType.APPLICATION_JSON})
    @Operation(
            summary = "Have a peer join a channel, given the channel's first block",
            description =
                    "For administrators of the peer's organisation. Whoever calls vouches for the block: nobody has signed it. The peer"
                            + " then fetches the channel's blocks by itself. It joins, or nothing is kept.",
            operationId = "joinChannel")
    @RequestBody(
            description = "common.Block, number 0",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_OCTET_STREAM,
                        schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = Documented.Message.class))
            })
    @APIResponse(
            responseCode = "201",
            description = "The peer has joined",
            content = @Content(schema = @Schema(implementation = Answers.Joined.class)))
    public Response join(@PathParam("peer") String peer, MessageBytes genesis) {
        NodeName name = Names.node(peer);
        try {
            ChannelId channel = peers.join(caller.serialized(), name, Block.parseFrom(genesis.bytes()));
            return Response.status(Response.Status.CREATED)
                    .entity(new Answers.Joined(name.value(), channel.value()))
                    .build();
        } catch (InvalidProtocolBufferException e) {
            throw Problem.of(ProblemCode.MALFORMED_MESSAGE, "the body is no common.Block")
                    .exception();
        } catch (JoinException e) {
            throw Problem.of(code(e.kind()), String.valueOf(e.getMessage()))
                    .withValue(name.value())
                    .exception();
        }
    }

    private static ProblemCode code(JoinException.Kind kind) {
        return switch (kind) {
            case UNKNOWN_PEER -> ProblemCode.PEER_NOT_FOUND;
            case DENIED -> ProblemCode.FORBIDDEN;
            case UNUSABLE_BLOCK -> ProblemCode.MALFORMED_MESSAGE;
            case JOINED_ALREADY -> ProblemCode.ALREADY_JOINED;
            case UNAVAILABLE -> ProblemCode.UNAVAILABLE;
        };
    }
}
