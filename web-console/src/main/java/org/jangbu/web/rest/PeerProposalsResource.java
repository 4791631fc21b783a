package org.jangbu.web.rest;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jangbu.model.NodeName;
import org.jangbu.peer.gateway.EndorseException;
import org.jangbu.peer.gateway.NamedPeers;
import org.jangbu.peer.lifecycle.PeerPackages;
import org.jangbu.web.access.Names;
import org.jangbu.web.client.ManagedClient;
import org.jangbu.web.problem.Failures;
import org.jangbu.web.problem.Problem;
import org.jangbu.web.problem.ProblemCode;

/** One peer asked directly with a proposal that the caller has signed. The signature says who may do what; the sign-in only opens this door. */
@Path("peers/{peer}/proposals")
@RequestScoped
@Consumes({MediaType.APPLICATION_OCTET_STREAM, Media.PROTOBUF, MediaType.APPLICATION_JSON})
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Own keys")
public class PeerProposalsResource {
    /** What a signed proposal has besides a package: certificate, signature, names. */
    private static final long BESIDES = 128 << 10;

    @Inject
    NamedPeers door;

    @Inject
    PeerPackages packages;

    @Inject
    Limits limits;

    @Inject
    Replies replies;

    @POST
    @Operation(
            summary = "Have one peer answer a SignedProposal",
            description =
                    "As Fabric's Endorser service: for what is a matter of that peer alone (installing a package, joining a channel, queries of qscc and"
                            + " cscc), and for callers that choose their endorsers themselves. Whatever the chaincode answers is the answer here, its"
                            + " refusals too; the status in response tells. As bytes, a proposal that installs a package may be as large as one.",
            operationId = "proposeToPeer")
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
    public CompletionStage<Answers.PeerAnswer> propose(
            @PathParam("peer") String peer, @Context HttpHeaders headers, InputStream body) throws IOException {
        NodeName name = Names.node(peer);
        ForeignMessages.Proposal proposal = ForeignMessages.proposal(message(headers.getMediaType(), body));
        CompletionStage<EndorseException.Answer> asked = door.propose(name, proposal.signed())
                .exceptionallyCompose(failure -> CompletableFuture.failedStage(worded(name, failure)));
        return replies.later(ManagedClient.about(proposal.txId(), asked)
                .thenApply(answer -> Answers.PeerAnswer.of(proposal.txId(), answer.response())));
    }

    private ByteString message(MediaType type, InputStream body) throws IOException {
        return MediaType.APPLICATION_JSON_TYPE.isCompatible(type)
                ? MessageBytesReader.fromJson(BoundedBody.read(body, limits.messageJsonBytes()))
                        .bytes()
                : UnsafeByteOperations.unsafeWrap(BoundedBody.read(body, (int) mostBytes(packages)));
    }

    /** Most bytes of a proposal that holds a whole package. */
    static long mostBytes(PeerPackages packages) {
        return packages.maxBytes() + BESIDES;
    }

    /** Where a single peer is asked, that is what is not found. */
    private static Throwable worded(NodeName peer, Throwable failure) {
        Throwable cause = Failures.unwrap(failure);
        return cause instanceof EndorseException e && e.kind() == EndorseException.Kind.NOT_FOUND
                ? Problem.of(ProblemCode.PEER_NOT_FOUND, String.valueOf(e.getMessage()))
                        .withValue(peer.value())
                        .exception()
                : cause;
    }
}
