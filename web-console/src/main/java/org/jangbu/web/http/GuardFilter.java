package org.jangbu.web.http;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.jangbu.web.log.WebLog;

/** Sets the headers that browsers guard us by, and refuses what another site's page sends in a visitor's name. */
@WebFilter(urlPatterns = "/*", asyncSupported = true, dispatcherTypes = DispatcherType.REQUEST)
public class GuardFilter extends HttpFilter {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    /** Views of the console get theirs from PrimeFaces, with a nonce. */
    private static final String NO_CONTENT_POLICY = "default-src 'none'; frame-ancestors 'none'";

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        RequestPath path = RequestPath.of(request);
        secure(request, response);
        if (path.isApi()) {
            response.setHeader("Content-Security-Policy", NO_CONTENT_POLICY);
            response.setHeader("Cache-Control", "no-store");
        } else if (path.path().startsWith("/ledger/") || path.path().startsWith("/sign-in")) {
            response.setHeader("Cache-Control", "no-store");
        }
        if (!SAFE.contains(request.getMethod()) && isForeign(request)) {
            WebLog.LOG.foreignForm(path.path(), String.valueOf(request.getHeader("Origin")));
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        chain.doFilter(request, response);
    }

    private static void secure(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        if (request.isSecure()) {
            response.setHeader("Strict-Transport-Security", "max-age=31536000");
        }
    }

    /** Every browser of today says where a request comes from; other programs say nothing and carry no visitor's session. */
    private static boolean isForeign(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return !OWN_SITES.contains(site);
        }
        String origin = request.getHeader("Origin");
        String host = request.getHeader("Host");
        return origin != null && !(origin.equals("http://" + host) || origin.equals("https://" + host));
    }
}
