package org.jangbu.web.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;

/** Refuses a body that says itself that it is too large, before the server below does so in words of its own. */
@Provider
@PreMatching
public class DeclaredLengthFilter implements ContainerRequestFilter {
    @Inject
    Limits limits;

    @Override
    public void filter(ContainerRequestContext request) {
        String declared = request.getHeaderString("Content-Length");
        if (declared != null && isAbove(declared, limits.messageJsonBytes())) {
            throw BoundedBody.tooLarge(limits.messageJsonBytes());
        }
    }

    private static boolean isAbove(String declared, int limit) {
        try {
            return Long.parseLong(declared) > limit;
        } catch (NumberFormatException e) {
            // More digits than a long has: no smaller for that.
            return true;
        }
    }
}
