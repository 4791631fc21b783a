package org.jangbu.web.http;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.UUID;
import org.jangbu.web.log.WebLog;
import org.jangbu.web.problem.Failures;
import org.jangbu.web.problem.Problem;
import org.jangbu.web.problem.ProblemCode;
import org.primefaces.csp.CspException;

/**
 * What the container shows when a request ends in an error: a problem for programs, a page in the visitor's language for people; never a
 * stack trace. Needs no view technology, since that may be what failed.
 */
@WebServlet(urlPatterns = "/error", asyncSupported = true)
public class ErrorServlet extends HttpServlet {
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getDispatcherType() != DispatcherType.ERROR) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        String path = String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI))
                .substring(request.getContextPath().length());
        Problem problem = problem(request, path);
        if (RequestPath.isApi(path)) {
            ProblemResponse.send(response, ProblemResponse.worded(path, problem));
        } else {
            page(request, response, problem);
        }
    }

    private static Problem problem(HttpServletRequest request, String path) {
        Optional<Problem> refusal = ProblemResponse.refusal(request);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Object failure = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        if (failure instanceof Throwable thrown) {
            Optional<Problem> known = Failures.known(thrown);
            if (known.isPresent()) {
                return known.get();
            }
            Optional<Problem> passing = Failures.passing(thrown);
            if (passing.isPresent()) {
                WebLog.LOG.partAway(request.getMethod(), path, root(thrown).toString());
                return passing.get();
            }
            if (root(thrown) instanceof CspException) {
                return Problem.of(ProblemCode.BAD_REQUEST, "the form was not sent by the page it belongs to");
            }
            String reference = UUID.randomUUID().toString();
            WebLog.LOG.requestFailed(request.getMethod(), path, reference, thrown);
            return Problem.of(ProblemCode.INTERNAL_ERROR, "see the server's log")
                    .with("reference", reference);
        }
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer known ? known : 500;
        ProblemCode code = ProblemCode.ofStatus(status);
        return Problem.of(code, code.remedy()).withValue(request.getMethod() + " " + path);
    }

    private static Throwable root(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; i < 20 && cause.getCause() != null; i++) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static void page(HttpServletRequest request, HttpServletResponse response, Problem problem)
            throws IOException {
        Locale language = Languages.of(request);
        ResourceBundle texts = Languages.texts(language);
        response.setStatus(problem.code().status());
        response.setContentType("text/html;charset=UTF-8");
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'");
        String kind = switch (problem.code()) {
            case NOT_FOUND, CHANNEL_NOT_FOUND, BLOCK_NOT_FOUND, TRANSACTION_NOT_FOUND -> "notFound";
            case FORBIDDEN, NO_IDENTITY, ACCESS_DENIED, UNAUTHORIZED -> "forbidden";
            case UNAVAILABLE -> "unavailable";
            default -> problem.code().status() < 500 ? "badRequest" : "failed";
        };
        Object reference = problem.members().get("reference");
        response.getWriter()
                .write(ErrorPage.html(
                        request.getContextPath(),
                        language,
                        texts,
                        kind,
                        problem.code().status(),
                        reference == null ? "" : reference.toString()));
    }
}
