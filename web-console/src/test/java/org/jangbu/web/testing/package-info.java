/** What tests of this module and of the whole server share: an issuer of OpenID Connect that stands in for a real one. */
@NullMarked
package org.jangbu.web.testing;

import org.jspecify.annotations.NullMarked;
