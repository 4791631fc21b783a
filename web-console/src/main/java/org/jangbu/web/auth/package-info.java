/**
 * How callers prove who they are, for the whole application: Basic, a bearer token or a TLS client certificate under {@code /api}; elsewhere
 * a session begun by the console's form or by OpenID Connect, or the certificate. The roles it yields guard the faces only; what a caller may do on a ledger is decided by its signature. Entry point: {@link
 * org.jangbu.web.auth.DispatchingAuthentication}.
 */
@NullMarked
package org.jangbu.web.auth;

import org.jspecify.annotations.NullMarked;
