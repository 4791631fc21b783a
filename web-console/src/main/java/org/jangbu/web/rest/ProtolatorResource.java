package org.jangbu.web.rest;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Fabric's messages as JSON and back, as its {@code configtxlator} has them. No ledger is touched. */
@Path("protolator")
@RequestScoped
@Tag(name = "Translation")
public class ProtolatorResource {
    @Inject
    Limits limits;

    @POST
    @Path("decode/{message}")
    @Consumes({MediaType.APPLICATION_OCTET_STREAM, Media.PROTOBUF, MediaType.APPLICATION_JSON})
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "A message as JSON",
            description =
                    "As Fabric's configtxlator prints it: messages within bytes are expanded where their place tells which they are.",
            operationId = "protoDecode")
    @RequestBody(
            description = "The message",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_OCTET_STREAM,
                        schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = Documented.Message.class))
            })
    @APIResponse(
            responseCode = "200",
            description = "The message's fields by their names",
            content = @Content(schema = @Schema(type = SchemaType.OBJECT)))
    public String decode(
            @Parameter(description = "Full name, such as common.Block") @PathParam("message") String message,
            MessageBytes bytes) {
        return Translations.decode(Translations.type(message), bytes.bytes());
    }

    @POST
    @Path("encode/{message}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @Operation(
            summary = "The message of such JSON",
            description = "Unknown members are refused, with their place. The same JSON always gives the same bytes.",
            operationId = "protoEncode")
    @RequestBody(content = @Content(schema = @Schema(type = SchemaType.OBJECT)))
    @APIResponse(
            responseCode = "200",
            description = "The message",
            content = @Content(schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public byte[] encode(
            @Parameter(description = "Full name, such as common.Config") @PathParam("message") String message,
            InputStream body)
            throws IOException {
        Descriptor type = Translations.type(message);
        return Translations.encode(type, BoundedBody.read(body, limits.messageJsonBytes()))
                .toByteArray();
    }

    @POST
    @Path("compute/update-from-configs")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @Operation(
            summary = "The update that leads from one configuration to another",
            description =
                    "Of any two. For a channel's own there is …/config/updates/compute, which also tells whose signatures it needs.",
            operationId = "computeUpdateFromConfigs")
    @RequestBody(content = @Content(schema = @Schema(implementation = Documented.TwoConfigs.class)))
    @APIResponse(
            responseCode = "200",
            description = "common.ConfigUpdate",
            content = @Content(schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public byte[] update(InputStream body) throws IOException {
        ConfigRequests.TwoConfigs configs =
                ConfigRequests.twoConfigs(BoundedBody.read(body, limits.messageJsonBytes()));
        ByteString update = Translations.update(configs);
        return update.toByteArray();
    }
}
