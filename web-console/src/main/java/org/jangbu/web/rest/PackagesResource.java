package org.jangbu.web.rest;

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
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jangbu.chaincode.packaging.PackageId;
import org.jangbu.model.NodeName;
import org.jangbu.peer.lifecycle.PackageException;
import org.jangbu.peer.lifecycle.PeerPackages;
import org.jangbu.web.access.CallerIdentity;
import org.jangbu.web.access.Names;
import org.jangbu.web.problem.Problem;
import org.jangbu.web.problem.ProblemCode;
import org.jspecify.annotations.Nullable;

/** The chaincode packages of one peer, for administrators of its organisation. They come and go as streams: none is in memory as a whole. */
@Path("peers/{peer}/packages")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Lifecycle")
public class PackagesResource {
    private static final String GZIP = "application/gzip";

    @Inject
    PeerPackages packages;

    @Inject
    CallerIdentity caller;

    @PathParam("peer")
    @Nullable
    String peer;

    @GET
    @Operation(summary = "The packages that are installed on a peer", operationId = "packages")
    public Answers.Packages packages() {
        return told(() -> new Answers.Packages(packages.list(caller.serialized(), peer()).stream()
                .map(Answers.InstalledPackage::of)
                .toList()));
    }

    @POST
    @Streamed
    @Consumes({MediaType.APPLICATION_OCTET_STREAM, GZIP})
    @Operation(
            summary = "Install a package on a peer",
            description =
                    "A package as Fabric's tools write it: a gzip'd tar of metadata.json and code.tar.gz. It is kept whole or not at all. Installed,"
                            + " it does not run yet: the peer's organisation approves a definition that names it, the channel commits the definition,"
                            + " and for a type that runs inside the server its operator allows the package.",
            operationId = "installPackage")
    @RequestBody(
            description = "The package's bytes",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_OCTET_STREAM,
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    @APIResponse(
            responseCode = "201",
            description = "It is installed",
            content = @Content(schema = @Schema(implementation = Answers.InstalledPackage.class)))
    public Response install(InputStream body) {
        PackageId id = told(() -> packages.install(caller.serialized(), peer(), body));
        return Response.created(URI.create("/api/v1/peers/" + peer() + "/packages/" + id))
                .entity(Answers.InstalledPackage.of(id))
                .build();
    }

    @GET
    @Path("{id}")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @Operation(summary = "A package's bytes, as they were installed", operationId = "package")
    @APIResponse(
            responseCode = "200",
            description = "The bytes",
            content = @Content(schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public StreamingOutput bytes(@PathParam("id") String id) {
        InputStream bytes = told(() -> packages.open(caller.serialized(), peer(), packageId(id)));
        return output -> {
            try (bytes) {
                bytes.transferTo(output);
            }
        };
    }

    private NodeName peer() {
        return Names.node(String.valueOf(peer));
    }

    private static PackageId packageId(String text) {
        try {
            return PackageId.parse(text);
        } catch (IllegalArgumentException e) {
            throw Problem.of(ProblemCode.INVALID_PARAMETER, "id: " + e.getMessage())
                    .with("parameter", "id")
                    .withValue(text)
                    .exception();
        }
    }

    private interface Step<T> {
        T take() throws PackageException;
    }

    private <T> T told(Step<T> step) {
        try {
            return step.take();
        } catch (PackageException e) {
            throw Problem.of(code(e.kind()), String.valueOf(e.getMessage()))
                    .with("peer", String.valueOf(peer))
                    .exception();
        }
    }

    private static ProblemCode code(PackageException.Kind kind) {
        return switch (kind) {
            case UNKNOWN_PEER -> ProblemCode.PEER_NOT_FOUND;
            case DENIED -> ProblemCode.FORBIDDEN;
            case UNUSABLE -> ProblemCode.INVALID_PACKAGE;
            case TOO_LARGE -> ProblemCode.BODY_TOO_LARGE;
            case BROKEN_OFF -> ProblemCode.BAD_REQUEST;
            case INSTALLED_ALREADY -> ProblemCode.ALREADY_INSTALLED;
            case NOT_INSTALLED -> ProblemCode.PACKAGE_NOT_FOUND;
            case UNAVAILABLE -> ProblemCode.UNAVAILABLE;
        };
    }
}
