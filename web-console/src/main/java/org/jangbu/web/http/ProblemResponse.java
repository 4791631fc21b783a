package org.jangbu.web.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jangbu.web.json.ProblemJson;
import org.jangbu.web.problem.Problem;

/** Answers with a problem where no JAX-RS is in between. */
public final class ProblemResponse {
    private ProblemResponse() {}

    /** Sends the problem as the whole answer. */
    public static void send(HttpServletResponse response, Problem problem) {
        byte[] body = ProblemJson.bytes(problem);
        response.setStatus(problem.code().status());
        response.setContentType(ProblemJson.MEDIA_TYPE);
        response.setContentLength(body.length);
        if (problem.retryAfterSeconds() > 0) {
            response.setIntHeader("Retry-After", problem.retryAfterSeconds());
        }
        try {
            response.getOutputStream().write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
