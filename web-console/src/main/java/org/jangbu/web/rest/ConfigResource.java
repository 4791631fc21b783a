package org.jangbu.web.rest;

import com.google.protobuf.ByteString;
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
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.Base64;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.channel.ConfigDifference;
import org.jangbu.ledger.channel.ConfigUpdateException;
import org.jangbu.ledger.channel.RevocationUpdate;
import org.jangbu.model.ChannelId;
import org.jangbu.msp.client.UpdateSigning;
import org.jangbu.msp.membership.LocalRevocations;
import org.jangbu.peer.gateway.Gateway;
import org.jangbu.web.access.CallerIdentity;
import org.jangbu.web.access.Ledgers;
import org.jangbu.web.access.Names;
import org.jangbu.web.problem.Failures;
import org.jspecify.annotations.Nullable;

/**
 * A channel's configuration and how it is changed: an update is prepared, signed by whom its policies name, and handed in. Whoever may read
 * the configuration may prepare; what counts in the end are the signatures.
 */
@Path("channels/{channel}/config")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Configuration")
public class ConfigResource {
    @Inject
    Ledgers ledgers;

    @Inject
    CallerIdentity caller;

    @Inject
    UpdateSigning signing;

    @Inject
    Gateway gateway;

    @Inject
    LocalRevocations revocations;

    @Inject
    Limits limits;

    @Inject
    Replies replies;

    @PathParam("channel")
    @Nullable
    String channel;

    @GET
    @Operation(summary = "The configuration in force", operationId = "configuration")
    public Answers.Configuration configuration() {
        return Answers.Configuration.of(current());
    }

    @POST
    @Path("updates/compute")
    @Consumes({MediaType.APPLICATION_OCTET_STREAM, Media.PROTOBUF, MediaType.APPLICATION_JSON})
    @Operation(
            summary = "Compute the update that leads to a changed configuration",
            description = "Nothing is changed. The answer says whose signatures the update needs.",
            operationId = "computeUpdate")
    @RequestBody(
            description = "The changed common.Config",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_OCTET_STREAM,
                        schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = Documented.Message.class))
            })
    public Answers.PreparedUpdate compute(MessageBytes changed) {
        ChannelConfig current = current();
        return told(() -> Answers.PreparedUpdate.of(
                current,
                ConfigDifference.of(current.channel(), current.config(), ConfigRequests.tree(changed.bytes()))));
    }

    @POST
    @Path("updates/revocations")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Prepare the update that brings revocation lists into an organisation's MSP",
            description =
                    "Without lists those count that this server knows: of authorities hosted here or on its database, and in its crls folders. A list"
                            + " replaces that of the same authority; it must be signed by an authority of the MSP, newer, and complete.",
            operationId = "prepareRevocation")
    @RequestBody(content = @Content(schema = @Schema(implementation = Documented.NewLists.class)))
    public Answers.PreparedUpdate revocations(InputStream body) throws IOException {
        ConfigRequests.NewLists lists = ConfigRequests.lists(BoundedBody.read(body, limits.messageJsonBytes()));
        ChannelConfig current = current();
        return told(() -> Answers.PreparedUpdate.of(
                current,
                lists.lists().isEmpty()
                        ? RevocationUpdate.prepareKnown(current, lists.mspId(), revocations.current())
                        : RevocationUpdate.prepare(current, lists.mspId(), lists.lists())));
    }

    @POST
    @Path("updates/bytes-to-sign")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "What a signer signs at home", operationId = "bytesToSign")
    @RequestBody(content = @Content(schema = @Schema(implementation = Documented.ToSign.class)))
    public Answers.BytesToSign bytesToSign(InputStream body) throws IOException {
        ConfigRequests.ToSign toSign = ConfigRequests.toSign(BoundedBody.read(body, limits.messageJsonBytes()));
        ByteString header = signing.header(toSign.signer());
        return new Answers.BytesToSign(base64(header), base64(header.concat(toSign.update())));
    }

    @POST
    @Path("updates/sign")
    @Consumes({MediaType.APPLICATION_OCTET_STREAM, Media.PROTOBUF, MediaType.APPLICATION_JSON})
    @Operation(summary = "Sign an update with the caller's managed key", operationId = "signUpdate")
    @RequestBody(
            description = "common.ConfigUpdate",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_OCTET_STREAM,
                        schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = Documented.Message.class))
            })
    public Answers.UpdateSignature sign(MessageBytes update) {
        ChannelConfig current = current();
        // Signed is only what goes with the channel now: a managed key is no stamp for whatever bytes are sent.
        told(() -> Answers.PreparedUpdate.of(current, ConfigRequests.update(current.channel(), update.bytes())));
        return new Answers.UpdateSignature(
                base64(signing.sign(caller.signer(), update.bytes()).toByteString()));
    }

    @POST
    @Path("updates")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Hand in an update with the signatures under it",
            description =
                    "Sent in the caller's managed identity, which must be a writer of the channel; whoever keeps its own key sends a CONFIG_UPDATE"
                            + " envelope to …/envelopes. Refused with the reason if signatures are missing.",
            operationId = "submitUpdate")
    @RequestBody(content = @Content(schema = @Schema(implementation = Documented.SignedUpdate.class)))
    @APIResponse(
            responseCode = "202",
            description = "The ordering service has taken it; its sequence is that of the configuration to come",
            content = @Content(schema = @Schema(implementation = Answers.AcceptedUpdate.class)))
    public CompletionStage<Response> submit(InputStream body) throws IOException {
        ConfigRequests.Signed signed = ConfigRequests.signed(BoundedBody.read(body, limits.messageJsonBytes()));
        ChannelConfig current = current();
        ByteString envelope = signing.envelope(caller.signer(), current.channel(), signed.update(), signed.signatures())
                .toByteString();
        BigInteger next = new BigInteger(Long.toUnsignedString(current.sequence() + 1));
        return replies.later(gateway.submit(current.channel(), envelope)
                .thenApply(accepted -> Response.accepted(
                                new Answers.AcceptedUpdate(current.channel().value(), next))
                        .build()));
    }

    private ChannelConfig current() {
        ChannelId id = Names.channel(String.valueOf(channel));
        return ledgers.config(id);
    }

    private static String base64(ByteString bytes) {
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private interface Preparation {
        Answers.PreparedUpdate prepare() throws ConfigUpdateException;
    }

    private static Answers.PreparedUpdate told(Preparation preparation) {
        try {
            return preparation.prepare();
        } catch (ConfigUpdateException e) {
            throw Failures.of(e).exception();
        }
    }
}
