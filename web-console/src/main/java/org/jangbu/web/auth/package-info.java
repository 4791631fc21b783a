/**
 * How callers prove who they are, for the whole application: Basic under {@code /api}, a session begun by the console's form elsewhere. The
 * roles it yields guard the faces only; what a caller may do on a ledger is decided by its signature. Entry point: {@link
 * org.jangbu.web.auth.DispatchingAuthentication}.
 */
@NullMarked
package org.jangbu.web.auth;

import org.jspecify.annotations.NullMarked;
