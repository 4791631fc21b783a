package org.jangbu.web.ca;

import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** At an authority's own port there is that authority and nothing else of the application. */
@WebFilter(urlPatterns = "/*", asyncSupported = true, dispatcherTypes = DispatcherType.REQUEST)
public class CaPortFilter extends HttpFilter {
    @Inject
    AuthoritiesHost host;

    @Inject
    CaPorts ports;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (host.any() && !isCa(request) && isOwnPort(request)) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        chain.doFilter(request, response);
    }

    private static boolean isCa(HttpServletRequest request) {
        return CaServlet.class.getName().equals(request.getHttpServletMapping().getServletName());
    }

    private boolean isOwnPort(HttpServletRequest request) {
        return host.ownPort(ports.configured(request.getLocalPort()));
    }
}
