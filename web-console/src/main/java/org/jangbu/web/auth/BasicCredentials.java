package org.jangbu.web.auth;

import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.Optional;
import org.jangbu.web.view.Utf8;
import org.jspecify.annotations.Nullable;

/** Name and password of an {@code Authorization: Basic} header (RFC 7617, in UTF-8). */
record BasicCredentials(String name, String password) {
    private static final String SCHEME = "basic ";
    /** Longer ones are no credentials; decoding them would only cost. */
    private static final int LONGEST = 8192;

    /** The credentials, if the header is there and well-formed. */
    static Optional<BasicCredentials> parse(@Nullable String header) {
        if (header == null || header.length() > LONGEST || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        try {
            String pair = Utf8.decode(
                    Base64.getDecoder().decode(header.substring(SCHEME.length()).strip()));
            int colon = pair.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(new BasicCredentials(pair.substring(0, colon), pair.substring(colon + 1)));
        } catch (IllegalArgumentException | CharacterCodingException e) {
            // Whoever sends what cannot be decoded has sent no credentials: the challenge follows.
            return Optional.empty();
        }
    }

    /** Says who, never the password. */
    @Override
    public String toString() {
        return "Basic " + name;
    }
}
