package org.jangbu.web.rest;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.jangbu.web.json.ProblemJson;
import org.jangbu.web.problem.ProblemCode;
import org.jspecify.annotations.Nullable;

/**
 * Adds to the OpenAPI document what annotations would have to repeat at every operation: the problems, the two forms of bytes, and which
 * members may be absent (ours are left out, never null).
 */
public class OpenApiDetails implements OASFilter {
    private static final String SCHEMAS = "#/components/schemas/";
    /** Read as text, so that a wrong one is answered with our words; documented as what they are. */
    private static final Set<String> NUMBERS = Set.of("number", "from", "limit", "wait");

    private static final String PROBLEMS = "/api/v1/problems";

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Map<String, Schema> schemas = document.getComponents().getSchemas();
        if (schemas == null) {
            return;
        }
        document.getComponents().removeSchema("ByteString");
        document.getComponents().addSchema("Content", bytes());
        document.getComponents().addSchema("Problem", problem());
        List.copyOf(document.getComponents().getSchemas().values()).forEach(OpenApiDetails::absentNotNull);
        if (document.getPaths() != null) {
            document.getPaths().getPathItems().forEach(OpenApiDetails::addProblems);
            OpenApiParticipation.addTo(document);
        }
    }

    private static Schema bytes() {
        return OASFactory.createSchema()
                .description("Bytes: text where they are printable UTF-8, else an object with their Base64")
                .addOneOf(type(Schema.SchemaType.STRING))
                .addOneOf(type(Schema.SchemaType.OBJECT)
                        .addProperty("base64", type(Schema.SchemaType.STRING).format("byte"))
                        .addRequired("base64"));
    }

    private static Schema problem() {
        Schema code = type(Schema.SchemaType.STRING).description("Stable; decide by it");
        Arrays.stream(ProblemCode.values()).map(ProblemCode::text).forEach(code::addEnumeration);
        Schema problem = type(Schema.SchemaType.OBJECT)
                .description("What went wrong (RFC 9457); GET " + PROBLEMS + " lists all codes")
                .addProperty("type", type(Schema.SchemaType.STRING).format("uri-reference"))
                .addProperty("title", type(Schema.SchemaType.STRING))
                .addProperty("status", type(Schema.SchemaType.INTEGER))
                .addProperty("code", code)
                .addProperty("detail", type(Schema.SchemaType.STRING));
        List.of("type", "title", "status", "code", "detail").forEach(problem::addRequired);
        return problem.addProperty("transactionId", optional("The transaction it is about"))
                .addProperty("value", optional("The value that offends, shortened"))
                .addProperty("validationCode", optional("Why a committed transaction took no effect"))
                .addProperty("reference", optional("Where the server's log says more"));
    }

    /** A union with null becomes a member that is not required; all others are. */
    private static void absentNotNull(Schema schema) {
        Map<String, Schema> properties = schema.getProperties();
        if (properties == null || schema.getRequired() != null) {
            return;
        }
        List<String> required = new ArrayList<>();
        Map.copyOf(properties).forEach((name, property) -> {
            Optional<Schema> present = withoutNull(property);
            if (present.isPresent()) {
                schema.addProperty(name, present.get());
            } else {
                required.add(name);
            }
        });
        properties.keySet().stream().filter(required::contains).forEach(schema::addRequired);
    }

    /** The schema of a value that is there; empty if the property could not be null anyway. */
    private static Optional<Schema> withoutNull(Schema property) {
        List<Schema> choices = property.getAnyOf();
        if (choices != null && choices.stream().anyMatch(OpenApiDetails::isNull)) {
            return choices.stream().filter(choice -> !isNull(choice)).findFirst();
        }
        List<Schema.SchemaType> types = property.getType();
        if (types == null || !types.contains(Schema.SchemaType.NULL)) {
            return Optional.empty();
        }
        property.setType(
                types.stream().filter(type -> type != Schema.SchemaType.NULL).toList());
        return Optional.of(property);
    }

    private static void addProblems(String path, PathItem item) {
        showNumbers(item.getParameters());
        for (Operation operation : item.getOperations().values()) {
            operation
                    .getResponses()
                    .setDefaultValue(OASFactory.createAPIResponse()
                            .description("A problem")
                            .content(OASFactory.createContent()
                                    .addMediaType(
                                            ProblemJson.MEDIA_TYPE,
                                            OASFactory.createMediaType()
                                                    .schema(OASFactory.createSchema()
                                                            .ref(SCHEMAS + "Problem")))));
            showNumbers(operation.getParameters());
            if (path.startsWith(PROBLEMS)) {
                operation.setSecurity(List.of());
            }
        }
    }

    private static void showNumbers(@Nullable List<Parameter> parameters) {
        if (parameters != null) {
            parameters.stream()
                    .filter(parameter -> NUMBERS.contains(parameter.getName()))
                    .forEach(parameter -> parameter.setSchema(
                            type(Schema.SchemaType.INTEGER).format("int64").minimum(BigDecimal.ZERO)));
        }
    }

    private static boolean isNull(Schema schema) {
        return schema.getType() != null && schema.getType().contains(Schema.SchemaType.NULL);
    }

    private static Schema optional(String description) {
        return type(Schema.SchemaType.STRING).description(description);
    }

    private static Schema type(Schema.SchemaType type) {
        return OASFactory.createSchema().addType(type);
    }
}
