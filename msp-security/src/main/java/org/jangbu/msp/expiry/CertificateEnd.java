package org.jangbu.msp.expiry;

import java.time.Instant;

/**
 * Until when a certificate is valid.
 *
 * @param holder the node it is for or that trusts it, the authority of this server that it belongs to, or {@code server}
 * @param subject whom the certificate names
 */
public record CertificateEnd(String holder, CertificateKind kind, String subject, Instant notAfter) {}
