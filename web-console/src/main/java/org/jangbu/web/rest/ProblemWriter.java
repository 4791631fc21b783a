package org.jangbu.web.rest;

import jakarta.json.Json;
import jakarta.json.stream.JsonGenerator;
import jakarta.ws.rs.core.Response;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.jangbu.web.problem.Problem;

/** Writes problems as {@code application/problem+json}. */
public final class ProblemWriter {
    /** Addresses of the codes' descriptions, which are also the problems' {@code type}. */
    static final String TYPES = "/api/v1/problems/";

    private ProblemWriter() {}

    /** The JSON object of a problem. */
    public static byte[] bytes(Problem problem) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Json.createGenerator(text)) {
            json.writeStartObject()
                    .write("type", TYPES + problem.code().text())
                    .write("title", problem.code().title())
                    .write("status", problem.code().status())
                    .write("code", problem.code().text())
                    .write("detail", problem.detail());
            JsonRecords records = new JsonRecords(json);
            problem.members().forEach(records::member);
            json.writeEnd();
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The whole answer. */
    static Response.ResponseBuilder response(Problem problem) {
        Response.ResponseBuilder response =
                Response.status(problem.code().status()).type(Media.PROBLEM).entity(bytes(problem));
        return problem.retryAfterSeconds() == 0
                ? response
                : response.header("Retry-After", problem.retryAfterSeconds());
    }
}
