package org.jangbu.web.contract;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Metadata in the forms of Fabric's contract APIs. */
final class Metadata {
    private Metadata() {}

    static String json(String language) {
        try (InputStream in = Metadata.class.getResourceAsStream("/metadata/" + language + ".json")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static ContractDescription described(String language) {
        return read(json(language));
    }

    static ContractDescription read(String json) {
        try {
            return MetadataReader.read(json.getBytes(StandardCharsets.UTF_8));
        } catch (UnusableMetadataException e) {
            throw new AssertionError(e);
        }
    }

    /** A contract with one function that takes one value. */
    static TypedCall taking(String schema) {
        return taking(schema, "{}");
    }

    static TypedCall taking(String schema, String schemas) {
        ContractDescription described = read("""
                {"components":{"schemas":%s},"contracts":{"c":{"transactions":[{"name":"f","parameters":[{"name":"value","schema":%s}]}]}}}""".formatted(schemas, schema));
        return call(described, "f");
    }

    static TypedCall call(ContractDescription described, String function) {
        return new TypedCall(described.function(function).orElseThrow(), described.schemas());
    }
}
