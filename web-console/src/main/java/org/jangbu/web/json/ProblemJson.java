package org.jangbu.web.json;

import jakarta.json.stream.JsonGenerator;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.jangbu.web.problem.Problem;
import org.jangbu.web.problem.ProblemCode;

/** Problems as {@code application/problem+json} (RFC 9457). */
public final class ProblemJson {
    /** The media type. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String TYPES = "/api/v1/problems/";

    private ProblemJson() {}

    /** The address of a code's description, which is also the problem's {@code type}. */
    public static String type(ProblemCode code) {
        return TYPES + code.text();
    }

    /** The JSON object of a problem. */
    public static byte[] bytes(Problem problem) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JsonStreams.write(text)) {
            json.writeStartObject()
                    .write("type", type(problem.code()))
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
}
