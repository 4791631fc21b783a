package org.jangbu.msp.ca;

import java.time.Instant;
import java.util.Optional;

/**
 * Which certificates are wanted.
 *
 * @param within owners in or below this affiliation; of the root also those who are registered no more
 * @param revoked revoked within these bounds; empty for whether or not
 */
public record CertificateFilter(
        Affiliation within,
        Optional<String> owner,
        Optional<String> serial,
        Optional<String> authorityKey,
        Bounds expiry,
        Bounds revoked,
        boolean notRevoked) {
    /** Every one. */
    public static final CertificateFilter ALL = new CertificateFilter(
            Affiliation.ROOT, Optional.empty(), Optional.empty(), Optional.empty(), Bounds.NONE, Bounds.NONE, false);

    CertificateFilter within(Affiliation affiliation) {
        return new CertificateFilter(affiliation, owner, serial, authorityKey, expiry, revoked, notRevoked);
    }

    /** By time alone. */
    public static CertificateFilter of(Bounds expiry, Bounds revoked) {
        return new CertificateFilter(
                Affiliation.ROOT, Optional.empty(), Optional.empty(), Optional.empty(), expiry, revoked, false);
    }

    static CertificateFilter ownedBy(String owner) {
        return new CertificateFilter(
                Affiliation.ROOT,
                Optional.of(owner),
                Optional.empty(),
                Optional.empty(),
                Bounds.NONE,
                Bounds.NONE,
                true);
    }

    /** A span of time, both ends included. */
    public record Bounds(Optional<Instant> from, Optional<Instant> to) {
        /** No bounds. */
        public static final Bounds NONE = new Bounds(Optional.empty(), Optional.empty());

        public boolean any() {
            return from.isPresent() || to.isPresent();
        }

        boolean areReversed() {
            return from.isPresent() && to.isPresent() && from.get().isAfter(to.get());
        }
    }
}
