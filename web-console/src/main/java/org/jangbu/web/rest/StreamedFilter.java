package org.jangbu.web.rest;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import org.jangbu.web.http.BodyMemoryFilter;

/** Has the body of a {@link Streamed} call not counted as one that is in memory. */
@Provider
@Streamed
public class StreamedFilter implements ContainerRequestFilter {
    @Inject
    HttpServletRequest request;

    @Override
    public void filter(ContainerRequestContext context) {
        BodyMemoryFilter.streamed(request);
    }
}
