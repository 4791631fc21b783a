package org.jangbu.web.rest;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;
import java.util.UUID;
import org.jangbu.web.log.WebLog;
import org.jangbu.web.problem.Failures;
import org.jangbu.web.problem.Problem;
import org.jangbu.web.problem.ProblemCode;

/** Words everything that fails as a problem; what is broken here goes to the log, and the caller gets a reference to it. */
@Provider
@SuppressWarnings("NullAway.Init") // the container sets the fields
public class FailureMapper implements ExceptionMapper<Throwable> {
    @Context
    UriInfo uri;

    @Context
    Request request;

    @Override
    public Response toResponse(Throwable failure) {
        Optional<Problem> known = Failures.known(failure);
        if (known.isPresent()) {
            return ProblemResponses.of(known.get()).build();
        }
        if (failure instanceof WebApplicationException refused) {
            return refused(refused);
        }
        Optional<Problem> passing = Failures.passing(failure);
        if (passing.isPresent()) {
            WebLog.LOG.partAway(
                    request.getMethod(), path(), Failures.unwrap(failure).toString());
            return ProblemResponses.of(passing.get()).build();
        }
        String reference = UUID.randomUUID().toString();
        WebLog.LOG.requestFailed(request.getMethod(), path(), reference, failure);
        return ProblemResponses.of(Problem.of(ProblemCode.INTERNAL_ERROR, "see the server's log")
                        .with("reference", reference))
                .build();
    }

    private Response refused(WebApplicationException refused) {
        Response original = refused.getResponse();
        if (original.getStatus() < 400) {
            return original;
        }
        Problem problem = Problem.of(ProblemCode.ofStatus(original.getStatus()), detail(original.getStatus()))
                .withValue(request.getMethod() + " " + path());
        Response.ResponseBuilder response = ProblemResponses.of(problem);
        String allow = original.getHeaderString(HttpHeaders.ALLOW);
        return (allow == null ? response : response.header(HttpHeaders.ALLOW, allow)).build();
    }

    private String path() {
        return uri.getAbsolutePath().getPath();
    }

    private static String detail(int status) {
        return ProblemCode.ofStatus(status).remedy();
    }
}
