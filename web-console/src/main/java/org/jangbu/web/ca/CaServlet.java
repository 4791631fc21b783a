package org.jangbu.web.ca;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.jangbu.model.Quoted;
import org.jangbu.msp.ca.CaError;
import org.jangbu.msp.ca.CaException;
import org.jangbu.msp.ca.RegistryException;
import org.jangbu.msp.log.CaLog;

/**
 * All addresses of the interface, with and without {@code /api/v1}. Callers are not known to the container: each call carries its own token,
 * and the addresses are open in {@code web.xml}.
 */
@WebServlet(
        urlPatterns = {
            "/api/v1/cainfo",
            "/api/v1/enroll",
            "/api/v1/reenroll",
            "/api/v1/register",
            "/api/v1/revoke",
            "/api/v1/gencrl",
            "/api/v1/identities",
            "/api/v1/identities/*",
            "/api/v1/affiliations",
            "/api/v1/affiliations/*",
            "/api/v1/certificates",
            "/api/v1/idemix/*",
            "/cainfo",
            "/enroll",
            "/reenroll",
            "/register",
            "/revoke",
            "/gencrl",
            "/identities",
            "/identities/*",
            "/affiliations",
            "/affiliations/*",
            "/certificates",
            "/idemix/*"
        })
public class CaServlet extends HttpServlet {
    @Inject
    AuthoritiesHost host;

    @Inject
    CaPorts ports;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = Quoted.brief(request.getRequestURI());
        try {
            CaAnswer answer = answer(request);
            if (!answer.location().isEmpty()) {
                response.setHeader("Location", answer.location());
            }
            send(response, answer.status(), answer.bytes());
        } catch (CaException e) {
            refuse(request, response, path, e);
        } catch (RegistryException e) {
            CaLog.LOG.notAvailable(request.getMethod(), path, e);
            refuse(
                    request,
                    response,
                    path,
                    CaException.of(503, CaError.CONNECTING_DATABASE, "The CA is not available; try again in a while"));
        } catch (RuntimeException e) {
            String reference = UUID.randomUUID().toString();
            CaLog.LOG.failed(request.getMethod(), path, reference, e);
            refuse(
                    request,
                    response,
                    path,
                    CaException.of(500, CaError.UNKNOWN, "The CA failed; its log knows why under " + reference));
        }
    }

    private CaAnswer answer(HttpServletRequest request) throws IOException, CaException {
        if (!host.any()) {
            throw CaException.of(404, CaError.CA_NOT_FOUND, "This server hosts no CA");
        }
        CaRequest read = CaRequest.read(request);
        int port = ports.configured(request.getLocalPort());
        return new CaCalls(host.authorities().find(read.authority(), port), read, host::revoked).answer();
    }

    private static void refuse(
            HttpServletRequest request, HttpServletResponse response, String path, CaException refusal)
            throws IOException {
        CaLog.LOG.refused(
                request.getMethod(),
                path,
                refusal.status(),
                refusal.error().code(),
                Quoted.brief(String.valueOf(refusal.getMessage())));
        send(response, refusal.status(), CaAnswer.refusal(refusal));
    }

    private static void send(HttpServletResponse response, int status, byte[] body) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(body);
    }
}
