package org.jangbu.web.auth;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jangbu.model.Quoted;
import org.jangbu.web.log.WebLog;
import org.jangbu.web.oidc.IssuerUnavailableException;
import org.jangbu.web.oidc.OpenIdConnect;
import org.jangbu.web.oidc.TokenRefusedException;
import org.jangbu.web.problem.Problem;
import org.jangbu.web.problem.ProblemCode;

/** Access tokens of an OpenID Connect issuer, with each request; a claim of theirs names a managed identity. */
@ApplicationScoped
public class BearerScheme implements Scheme {
    @Inject
    OpenIdConnect openId;

    @Inject
    Admission admission;

    @Override
    public AuthenticationStatus authenticate(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        if (!context.isProtected()) {
            return context.doNothing();
        }
        String token = BearerToken.parse(request.getHeader("Authorization"))
                .map(BearerToken::text)
                .orElse("");
        try {
            if (openId.bearer().isEmpty()) {
                throw new TokenRefusedException("bearer tokens are not taken here");
            }
            String enrollmentId = openId.bearer().get().enrollmentId(token);
            return admission
                    .ofVouchedFor(enrollmentId)
                    .map(admitted -> admitted.enter(context))
                    .orElseGet(() -> unknown(context, enrollmentId));
        } catch (TokenRefusedException e) {
            WebLog.LOG.tokenRefused(String.valueOf(e.getMessage()));
            response.setHeader(
                    "WWW-Authenticate",
                    "Bearer realm=\"Jangbu\", error=\"invalid_token\", error_description=\"" + e.getMessage() + "\"");
            return Admission.refuse(context, Problem.of(ProblemCode.UNAUTHORIZED, String.valueOf(e.getMessage())));
        } catch (IssuerUnavailableException e) {
            WebLog.LOG.issuerAway(String.valueOf(e.getMessage()));
            return Admission.refuse(
                    context, Problem.of(ProblemCode.UNAVAILABLE, "the issuer of tokens cannot be asked"));
        }
    }

    private static AuthenticationStatus unknown(HttpMessageContext context, String enrollmentId) {
        return Admission.refuse(
                context,
                Problem.of(ProblemCode.NO_IDENTITY, "the server keeps no identity for the enrolment id of the token")
                        .withValue(Quoted.brief(enrollmentId)));
    }
}
