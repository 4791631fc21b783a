/**
 * When certificates end: those of this server's nodes, of their authorities, of those that it hosts, and the one the server shows as HTTPS. Entry point:
 * {@link org.jangbu.msp.expiry.CertificateWatch}. Nothing here judges an identity; that is membership's, at the doors and by the chain.
 */
@NullMarked
package org.jangbu.msp.expiry;

import org.jspecify.annotations.NullMarked;
