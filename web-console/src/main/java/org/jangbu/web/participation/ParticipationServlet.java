package org.jangbu.web.participation;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.MultipartConfig;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.model.ChannelId;
import org.jangbu.model.NodeName;
import org.jangbu.ordering.participation.ChannelParticipation;
import org.jangbu.ordering.participation.ChannelParticipation.Participation;
import org.jangbu.ordering.participation.ParticipationException;
import org.jangbu.web.access.CallerIdentity;
import org.jangbu.web.log.WebLog;
import org.jangbu.web.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of the interface. Who may do what the orderers decide; addresses, words and status codes are those of Fabric's orderer. What
 * a form holds stays in memory, within bounds.
 */
@WebServlet(urlPatterns = {ParticipationJson.CHANNELS, ParticipationJson.CHANNELS + "/*"})
@MultipartConfig(
        maxFileSize = JoinForm.LARGEST_BLOCK,
        maxRequestSize = JoinForm.LARGEST_FORM,
        fileSizeThreshold = JoinForm.LARGEST_FORM)
public class ParticipationServlet extends HttpServlet {
    private static final String OF_ALL = "GET, POST";
    private static final String OF_ONE = "GET, DELETE";
    private static final int RETRY_SECONDS = 2;

    @Inject
    ChannelParticipation participation;

    @Inject
    CallerIdentity caller;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            requireJsonWanted(request.getHeader("Accept"));
            Optional<ChannelId> channel = channel(request.getPathInfo());
            if (channel.isPresent()) {
                one(request, response, channel.get());
            } else {
                all(request, response);
            }
        } catch (RefusedRequestException e) {
            if (!e.allow().isEmpty()) {
                response.setHeader("Allow", e.allow());
            }
            if (e.status() == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
                response.setIntHeader("Retry-After", RETRY_SECONDS);
            }
            send(response, e.status(), ParticipationJson.error(String.valueOf(e.getMessage())));
        } catch (ProblemException e) {
            send(
                    response,
                    e.problem().code().status(),
                    ParticipationJson.error(e.problem().detail()));
        } catch (RuntimeException e) {
            String reference = UUID.randomUUID().toString();
            WebLog.LOG.requestFailed(request.getMethod(), ParticipationJson.CHANNELS, reference, e);
            send(
                    response,
                    HttpServletResponse.SC_INTERNAL_SERVER_ERROR,
                    ParticipationJson.error("the server failed; its log says more under " + reference));
        }
    }

    private void all(HttpServletRequest request, HttpServletResponse response)
            throws IOException, RefusedRequestException {
        switch (request.getMethod()) {
            case "GET" ->
                send(
                        response,
                        HttpServletResponse.SC_OK,
                        told(
                                "",
                                () -> ParticipationJson.list(
                                        participation.channels(caller.serialized(), orderer(request)))));
            case "POST" -> {
                Block block = JoinForm.read(request);
                Participation joined =
                        told("cannot join: ", () -> participation.join(caller.serialized(), orderer(request), block));
                response.setHeader("Location", ParticipationJson.url(joined.channel()));
                send(response, HttpServletResponse.SC_CREATED, ParticipationJson.channel(joined));
            }
            default -> throw notAllowed(request, OF_ALL);
        }
    }

    private void one(HttpServletRequest request, HttpServletResponse response, ChannelId channel)
            throws IOException, RefusedRequestException {
        switch (request.getMethod()) {
            case "GET" ->
                send(
                        response,
                        HttpServletResponse.SC_OK,
                        told(
                                "",
                                () -> ParticipationJson.channel(
                                        participation.channel(caller.serialized(), orderer(request), channel))));
            case "DELETE" -> {
                told("cannot remove: ", () -> {
                    participation.remove(caller.serialized(), orderer(request), channel);
                    return channel;
                });
                response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            }
            default -> throw notAllowed(request, OF_ONE);
        }
    }

    private static RefusedRequestException notAllowed(HttpServletRequest request, String allow) {
        return new RefusedRequestException(
                HttpServletResponse.SC_METHOD_NOT_ALLOWED, "invalid request method: " + request.getMethod(), allow);
    }

    private interface Call<T> {
        T call() throws ParticipationException, RefusedRequestException;
    }

    private static <T> T told(String prefix, Call<T> call) throws RefusedRequestException {
        try {
            return call.call();
        } catch (ParticipationException e) {
            int status = switch (e.kind()) {
                case NOT_FOUND -> HttpServletResponse.SC_NOT_FOUND;
                case DENIED -> HttpServletResponse.SC_FORBIDDEN;
                case AMBIGUOUS, UNUSABLE_BLOCK, REFUSED_UPDATE -> HttpServletResponse.SC_BAD_REQUEST;
                case JOINED_ALREADY -> HttpServletResponse.SC_METHOD_NOT_ALLOWED;
                case UNAVAILABLE -> HttpServletResponse.SC_SERVICE_UNAVAILABLE;
            };
            throw new RefusedRequestException(
                    status, prefix + e.getMessage(), status == HttpServletResponse.SC_METHOD_NOT_ALLOWED ? OF_ONE : "");
        }
    }

    private static Optional<NodeName> orderer(HttpServletRequest request) throws RefusedRequestException {
        String name = request.getParameter("orderer");
        if (name == null || name.isEmpty()) {
            return Optional.empty();
        }
        if (!NodeName.isValid(name)) {
            throw new RefusedRequestException(HttpServletResponse.SC_BAD_REQUEST, "invalid orderer name");
        }
        return Optional.of(new NodeName(name));
    }

    private static Optional<ChannelId> channel(@Nullable String path) throws RefusedRequestException {
        if (path == null || path.equals("/")) {
            return Optional.empty();
        }
        String name = path.substring(1);
        if (!ChannelId.isValid(name)) {
            throw new RefusedRequestException(HttpServletResponse.SC_BAD_REQUEST, "invalid channel ID");
        }
        return Optional.of(new ChannelId(name));
    }

    private static void requireJsonWanted(@Nullable String accepted) throws RefusedRequestException {
        if (accepted != null
                && !accepted.isEmpty()
                && !accepted.contains("application/json")
                && !accepted.contains("application/*")
                && !accepted.contains("*/*")) {
            throw new RefusedRequestException(
                    HttpServletResponse.SC_NOT_ACCEPTABLE, "response Content-Type is application/json only");
        }
    }

    private static void send(HttpServletResponse response, int status, byte[] body) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
