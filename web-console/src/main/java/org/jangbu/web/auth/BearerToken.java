package org.jangbu.web.auth;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The token of an {@code Authorization: Bearer} header (RFC 6750). */
record BearerToken(String text) {
    private static final String SCHEME = "bearer ";

    /** The token, if the header is of this kind. */
    static Optional<BearerToken> parse(@Nullable String header) {
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(new BearerToken(header.substring(SCHEME.length()).strip()))
                : Optional.empty();
    }

    /** Never the token. */
    @Override
    public String toString() {
        return "Bearer";
    }
}
