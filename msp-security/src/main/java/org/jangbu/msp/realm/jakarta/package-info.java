/**
 * Managed identities for Jakarta Security: an identity store that any HTTP authentication mechanism of the application may ask, and the
 * producer that opens the identities from the server's settings.
 */
@NullMarked
package org.jangbu.msp.realm.jakarta;

import org.jspecify.annotations.NullMarked;
