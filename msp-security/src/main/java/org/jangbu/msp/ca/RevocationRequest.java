package org.jangbu.msp.ca;

/**
 * What to revoke: one certificate, by serial number and authority key identifier, or somebody with all certificates.
 *
 * @param reason as RFC 5280 calls it; empty for none in particular
 * @param list whether to make a revocation list
 */
public record RevocationRequest(String id, String serial, String authorityKey, String reason, boolean list) {}
