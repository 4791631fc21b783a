package org.jangbu.web.rest;

import jakarta.ws.rs.core.Response;
import org.jangbu.web.json.ProblemJson;
import org.jangbu.web.problem.Problem;

/** Problems as answers of JAX-RS. */
final class ProblemResponses {
    private ProblemResponses() {}

    static Response.ResponseBuilder of(Problem problem) {
        Response.ResponseBuilder response = Response.status(problem.code().status())
                .type(ProblemJson.MEDIA_TYPE)
                .entity(ProblemJson.bytes(problem));
        return problem.retryAfterSeconds() == 0
                ? response
                : response.header("Retry-After", problem.retryAfterSeconds());
    }
}
