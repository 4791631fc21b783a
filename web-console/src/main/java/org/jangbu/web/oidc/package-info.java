/**
 * OpenID Connect without a container: an issuer's documents and keys, bearer tokens judged by them, and the code flow with PKCE. What comes
 * out is an enrolment id; who that is, others know. Entry point: {@link org.jangbu.web.oidc.OpenIdConnect}.
 */
@NullMarked
package org.jangbu.web.oidc;

import org.jspecify.annotations.NullMarked;
