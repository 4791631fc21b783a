package org.jangbu.web.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.info.License;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The REST face, version 1. */
@ApplicationPath("/api/v1")
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Jangbu",
                        version = "1",
                        description =
                                "A permissioned ledger with Hyperledger Fabric's model. Callers act as their own managed identity, or sign at home and"
                                        + " send Fabric's SignedProposal and Envelope messages. Bytes are JSON strings where they are printable UTF-8,"
                                        + " else objects {\"base64\": \"…\"}; both forms are taken in requests. Errors are application/problem+json with"
                                        + " a stable code.",
                        license = @License(name = "Apache-2.0")),
        security = {
            @SecurityRequirement(name = "basic"),
            @SecurityRequirement(name = "bearer"),
            @SecurityRequirement(name = "certificate")
        },
        tags = {
            @Tag(name = "Ledger", description = "Channels, blocks, transactions"),
            @Tag(name = "Events", description = "What happens on a channel, as server-sent events"),
            @Tag(name = "Chaincode", description = "Calls in the caller's own managed identity"),
            @Tag(
                    name = "Lifecycle",
                    description = "How a contract comes to a channel, in the caller's own managed identity"),
            @Tag(name = "Configuration", description = "A channel's configuration and its updates"),
            @Tag(name = "Translation", description = "Fabric's messages as JSON and back"),
            @Tag(name = "Own keys", description = "For callers that sign themselves"),
            @Tag(name = "Problems", description = "The meaning of error codes")
        },
        components =
                @Components(
                        responses = {
                            @APIResponse(
                                    name = RestApplication.COMMITTED,
                                    description = "It took effect",
                                    content =
                                            @Content(
                                                    mediaType = MediaType.APPLICATION_JSON,
                                                    schema = @Schema(implementation = Answers.Commit.class))),
                            @APIResponse(
                                    name = RestApplication.ORDERED,
                                    description = "It is ordered, but its commit was not seen in time",
                                    content =
                                            @Content(
                                                    mediaType = MediaType.APPLICATION_JSON,
                                                    schema = @Schema(implementation = Answers.Pending.class)))
                        },
                        securitySchemes = {
                            @SecurityScheme(
                                    securitySchemeName = "basic",
                                    type = SecuritySchemeType.HTTP,
                                    scheme = "basic",
                                    description = "Name and password of a managed identity"),
                            @SecurityScheme(
                                    securitySchemeName = "bearer",
                                    type = SecuritySchemeType.HTTP,
                                    scheme = "bearer",
                                    bearerFormat = "JWT",
                                    description =
                                            "An access token of the server's OpenID Connect issuer, where one is set up; a claim names a managed identity"),
                            @SecurityScheme(
                                    securitySchemeName = "certificate",
                                    type = SecuritySchemeType.MUTUALTLS,
                                    description =
                                            "A TLS client certificate of an organisation that the server knows: reads, and sends what its holder has signed")
                        }))
public class RestApplication extends Application {
    /** The answer of calls that have seen their transaction committed. */
    static final String COMMITTED = "Committed";

    /** The answer of calls that have not seen it in their time. */
    static final String ORDERED = "Ordered";
}
