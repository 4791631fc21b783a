package org.jangbu.web.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jangbu.web.json.ProblemJson;
import org.jangbu.web.problem.Problem;

/** Answers with a problem where no JAX-RS is in between. */
public final class ProblemResponse {
    private static final String REFUSAL = ProblemResponse.class.getName();

    private ProblemResponse() {}

    /**
     * Answers with the problem before the request has reached anything. The container may put its own error in place of the answer; what it
     * shows then finds the problem with the request.
     */
    public static void refuse(HttpServletRequest request, HttpServletResponse response, Problem problem) {
        Problem worded = worded(RequestPath.of(request).path(), problem);
        request.setAttribute(REFUSAL, worded);
        send(response, worded);
    }

    /** A problem as clients of that path look for it. */
    static Problem worded(String path, Problem problem) {
        return RequestPath.isParticipation(path) ? problem.with("error", problem.detail()) : problem;
    }

    /** The problem with which the request was refused. */
    static Optional<Problem> refusal(HttpServletRequest request) {
        return request.getAttribute(REFUSAL) instanceof Problem problem ? Optional.of(problem) : Optional.empty();
    }

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
