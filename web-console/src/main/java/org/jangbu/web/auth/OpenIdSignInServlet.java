package org.jangbu.web.auth;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;
import org.jangbu.model.Quoted;
import org.jangbu.web.http.RequestPath;
import org.jangbu.web.log.WebLog;
import org.jangbu.web.oidc.CodeFlow;
import org.jangbu.web.oidc.IssuerUnavailableException;
import org.jangbu.web.oidc.OpenIdConnect;
import org.jangbu.web.oidc.TokenRefusedException;
import org.jspecify.annotations.Nullable;

/**
 * Signs a visitor of the console in at the issuer of OpenID Connect: {@code /sign-in/oidc} leads there, {@code /sign-in/oidc/callback} is
 * where the issuer sends the visitor back. An attempt can be answered once, and only in the session that began it.
 */
@WebServlet({"/sign-in/oidc", "/sign-in/oidc/callback"})
public class OpenIdSignInServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String ATTRIBUTE = OpenIdSignInServlet.class.getName();
    private static final int LONGEST = 4096;

    @Inject
    transient OpenIdConnect openId;

    @Inject
    transient Admission admission;

    private record Begun(CodeFlow.Attempt attempt, String next) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        Optional<CodeFlow> flow = openId.console();
        if (flow.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        try {
            response.sendRedirect(
                    request.getServletPath().endsWith("/callback")
                            ? request.getContextPath() + finish(request, flow.get())
                            : begin(request, flow.get()));
        } catch (TokenRefusedException e) {
            WebLog.LOG.signInRefused(String.valueOf(e.getMessage()));
            response.sendRedirect(request.getContextPath() + "/sign-in?failed=true");
        } catch (IssuerUnavailableException e) {
            WebLog.LOG.issuerAway(String.valueOf(e.getMessage()));
            response.sendRedirect(request.getContextPath() + "/sign-in?failed=true");
        }
    }

    private static String begin(HttpServletRequest request, CodeFlow flow) throws IssuerUnavailableException {
        CodeFlow.Attempt attempt = flow.begin();
        String address = flow.address(attempt).toString();
        String next = RequestPath.local(request.getParameter("next")).orElse("/ledger/channels");
        request.getSession(true).setAttribute(ATTRIBUTE, new Begun(attempt, next));
        return address;
    }

    private String finish(HttpServletRequest request, CodeFlow flow)
            throws TokenRefusedException, IssuerUnavailableException {
        HttpSession session = request.getSession(false);
        if (session == null || !(session.getAttribute(ATTRIBUTE) instanceof Begun begun)) {
            throw new TokenRefusedException("no sign-in was begun in this session");
        }
        session.removeAttribute(ATTRIBUTE);
        String enrollmentId = flow.enrollmentId(
                begun.attempt(),
                new CodeFlow.Answer(
                        parameter(request, "state"), parameter(request, "code"), parameter(request, "iss")));
        Admission.Admitted admitted = admission
                .ofVouchedFor(enrollmentId)
                .filter(Admission.Admitted::mayPass)
                .orElseThrow(() ->
                        new TokenRefusedException("no managed identity may pass as " + Quoted.brief(enrollmentId)));
        new SignedIn(admitted.name(), admitted.groups(), true).begin(request);
        WebLog.LOG.signedIn(admitted.name());
        return begun.next();
    }

    private static @Nullable String parameter(HttpServletRequest request, String name) {
        String value = request.getParameter(name);
        return value == null || value.length() > LONGEST ? null : value;
    }
}
