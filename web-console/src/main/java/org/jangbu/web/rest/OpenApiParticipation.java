package org.jangbu.web.rest;

import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** Fabric's channel participation in the OpenAPI document; a servlet answers it, which nothing reads annotations of. */
final class OpenApiParticipation {
    private static final String CHANNELS = "/participation/v1/channels";
    private static final String TAG = "Channel participation";
    private static final String JSON = "application/json";

    private OpenApiParticipation() {}

    static void addTo(OpenAPI document) {
        document.addTag(OASFactory.createTag()
                .name(TAG)
                .description(
                        "The channels of this server's orderers, by Fabric's interface; errors are {\"error\": …}"));
        document.getComponents()
                .addSchema("OrderedChannel", ordered())
                .addSchema("OrderedChannels", list())
                .addSchema("ParticipationError", object().addProperty("error", text()));
        document.getPaths()
                .addPathItem(
                        CHANNELS,
                        OASFactory.createPathItem()
                                .GET(operation("orderedChannels", "The channels of an orderer")
                                        .responses(OASFactory.createAPIResponses()
                                                .addAPIResponse("200", answer("Its channels", "OrderedChannels"))
                                                .defaultValue(error())))
                                .POST(operation("orderChannel", "Have an orderer join a channel by its first block")
                                        .requestBody(OASFactory.createRequestBody()
                                                .required(true)
                                                .content(form()))
                                        .responses(OASFactory.createAPIResponses()
                                                .addAPIResponse("201", answer("It has joined", "OrderedChannel"))
                                                .defaultValue(error()))))
                .addPathItem(
                        CHANNELS + "/{channel}",
                        OASFactory.createPathItem()
                                .GET(ofOne("orderedChannel", "How an orderer takes part in a channel")
                                        .responses(OASFactory.createAPIResponses()
                                                .addAPIResponse("200", answer("Its part", "OrderedChannel"))
                                                .defaultValue(error())))
                                .DELETE(ofOne("removeChannel", "Have an orderer leave a channel; its files stay")
                                        .responses(OASFactory.createAPIResponses()
                                                .addAPIResponse(
                                                        "204",
                                                        OASFactory.createAPIResponse()
                                                                .description("It has left"))
                                                .defaultValue(error()))));
    }

    private static Operation operation(String id, String summary) {
        return OASFactory.createOperation()
                .operationId(id)
                .summary(summary)
                .addTag(TAG)
                .addParameter(OASFactory.createParameter()
                        .name("orderer")
                        .in(Parameter.In.QUERY)
                        .description("The node, where several could be meant")
                        .schema(text()));
    }

    private static Operation ofOne(String id, String summary) {
        return operation(id, summary)
                .addParameter(OASFactory.createParameter()
                        .name("channel")
                        .in(Parameter.In.PATH)
                        .required(true)
                        .schema(text()));
    }

    private static Content form() {
        return OASFactory.createContent()
                .addMediaType(
                        "multipart/form-data",
                        OASFactory.createMediaType()
                                .schema(object().addProperty(
                                                "config-block",
                                                text().format("binary").description("common.Block, number 0"))));
    }

    private static APIResponse answer(String description, String schema) {
        return OASFactory.createAPIResponse()
                .description(description)
                .content(OASFactory.createContent()
                        .addMediaType(
                                JSON,
                                OASFactory.createMediaType()
                                        .schema(OASFactory.createSchema().ref("#/components/schemas/" + schema))));
    }

    private static APIResponse error() {
        return answer("What went wrong", "ParticipationError");
    }

    private static Schema list() {
        return object().addProperty("systemChannel", OASFactory.createSchema().addType(SchemaType.NULL))
                .addProperty(
                        "channels",
                        OASFactory.createSchema()
                                .addType(SchemaType.ARRAY)
                                .items(object().addProperty("name", text()).addProperty("url", text())));
    }

    private static Schema ordered() {
        return object().addProperty("name", text())
                .addProperty("url", text())
                .addProperty("consensusRelation", text().enumeration(List.of("consenter", "follower")))
                .addProperty("status", text().enumeration(List.of("active", "onboarding")))
                .addProperty(
                        "height",
                        OASFactory.createSchema().addType(SchemaType.INTEGER).format("int64"));
    }

    private static Schema object() {
        return OASFactory.createSchema().addType(SchemaType.OBJECT);
    }

    private static Schema text() {
        return OASFactory.createSchema().addType(SchemaType.STRING);
    }
}
