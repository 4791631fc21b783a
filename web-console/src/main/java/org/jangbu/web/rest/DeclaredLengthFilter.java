package org.jangbu.web.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import org.jangbu.peer.lifecycle.PeerPackages;

/** Refuses a body that says itself that it is too large, before the server below does so in words of its own. */
@Provider
@PreMatching
public class DeclaredLengthFilter implements ContainerRequestFilter {
    @Inject
    Limits limits;

    @Inject
    PeerPackages packages;

    @Override
    public void filter(ContainerRequestContext request) {
        String declared = request.getHeaderString("Content-Length");
        long most = Math.max(limits.messageJsonBytes(), PeerProposalsResource.mostBytes(packages));
        if (declared != null && isAbove(declared, most)) {
            throw BoundedBody.tooLarge(most);
        }
    }

    private static boolean isAbove(String declared, long limit) {
        try {
            return Long.parseLong(declared) > limit;
        } catch (NumberFormatException e) {
            // More digits than a long has: no smaller for that.
            return true;
        }
    }
}
