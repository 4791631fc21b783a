/** X.509 identities: whoever signs, and whoever's signature is checked. Entry points: {@link org.jangbu.msp.identity.SigningIdentity}, {@link org.jangbu.msp.identity.Identity}. */
@NullMarked
package org.jangbu.msp.identity;

import org.jspecify.annotations.NullMarked;
