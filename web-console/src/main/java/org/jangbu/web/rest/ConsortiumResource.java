package org.jangbu.web.rest;

import com.google.protobuf.InvalidProtocolBufferException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Base64;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.msp.MSPConfig;
import org.jangbu.ledger.consortium.Consortium;
import org.jangbu.ledger.consortium.ConsortiumException;
import org.jangbu.ledger.consortium.ConsortiumUpdate;
import org.jangbu.model.NodeName;
import org.jangbu.ordering.participation.ChannelParticipation;
import org.jangbu.ordering.participation.ParticipationException;
import org.jangbu.web.access.CallerIdentity;
import org.jangbu.web.access.Names;
import org.jangbu.web.problem.Problem;
import org.jangbu.web.problem.ProblemCode;
import org.jspecify.annotations.Nullable;

/** The consortium of an orderer of this server: among whom channels are founded. Its members decide who else belongs to it. */
@Path("consortium")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Configuration")
public class ConsortiumResource {
    @Inject
    ChannelParticipation participation;

    @Inject
    CallerIdentity caller;

    @GET
    @Operation(
            summary = "The consortium, its members and its rules",
            description = "For members of the orderer's organisation and of its consortium.",
            operationId = "consortium")
    public Answers.ConsortiumOfOrderer consortium(
            @Parameter(description = "One of this server's orderers, where several could be meant")
                    @QueryParam("orderer")
                    @Nullable
                    String orderer) {
        return Answers.ConsortiumOfOrderer.of(current(orderer));
    }

    @POST
    @Path("updates/compute")
    @Consumes({MediaType.APPLICATION_OCTET_STREAM, Media.PROTOBUF, MediaType.APPLICATION_JSON})
    @Operation(
            summary = "Prepare the update that takes in an organisation",
            description =
                    "To be signed by members as a channel's update is, and handed in as a CONFIG_UPDATE envelope.",
            operationId = "computeAdmission")
    @RequestBody(
            description = "msp.MSPConfig of the organisation, as channels shall know it",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_OCTET_STREAM,
                        schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = Documented.Message.class))
            })
    public Answers.Admission compute(@QueryParam("orderer") @Nullable String orderer, MessageBytes msp) {
        try {
            Consortium current = current(orderer);
            return new Answers.Admission(
                    Base64.getEncoder()
                            .encodeToString(ConsortiumUpdate.admitting(current, MSPConfig.parseFrom(msp.bytes()))
                                    .toByteArray()),
                    current.rules().admission());
        } catch (InvalidProtocolBufferException e) {
            throw Problem.of(ProblemCode.MALFORMED_MESSAGE, "the body is no msp.MSPConfig")
                    .exception();
        } catch (ConsortiumException e) {
            throw Problem.of(ProblemCode.CONFIG_UPDATE_REFUSED, String.valueOf(e.getMessage()))
                    .exception();
        }
    }

    @POST
    @Path("updates")
    @Consumes({MediaType.APPLICATION_OCTET_STREAM, Media.PROTOBUF, MediaType.APPLICATION_JSON})
    @Operation(
            summary = "Take in an organisation",
            description =
                    "What counts are the signatures under the update; they must satisfy the admission policy. In force at once, and written down.",
            operationId = "admit")
    @RequestBody(
            description = "common.Envelope of type CONFIG_UPDATE",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_OCTET_STREAM,
                        schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = Documented.Message.class))
            })
    public Answers.ConsortiumOfOrderer admit(@QueryParam("orderer") @Nullable String orderer, MessageBytes update) {
        try {
            return Answers.ConsortiumOfOrderer.of(
                    participation.admit(caller.serialized(), node(orderer), Envelope.parseFrom(update.bytes())));
        } catch (InvalidProtocolBufferException e) {
            throw Problem.of(ProblemCode.MALFORMED_MESSAGE, "the body is no common.Envelope")
                    .exception();
        } catch (ParticipationException e) {
            throw Participations.problem(e);
        }
    }

    private Consortium current(@Nullable String orderer) {
        try {
            return participation
                    .founding(caller.serialized(), node(orderer))
                    .consortium()
                    .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND, "this orderer is bound to no consortium")
                            .exception());
        } catch (ParticipationException e) {
            throw Participations.problem(e);
        }
    }

    private static Optional<NodeName> node(@Nullable String orderer) {
        return Optional.ofNullable(orderer).filter(name -> !name.isEmpty()).map(Names::node);
    }
}
