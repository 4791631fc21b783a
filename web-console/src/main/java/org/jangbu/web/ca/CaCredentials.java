package org.jangbu.web.ca;

import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import org.jangbu.msp.ca.CaError;
import org.jangbu.msp.ca.CaException;
import org.jangbu.web.view.Utf8;

/** Name and secret with which somebody enrols (HTTP Basic). */
record CaCredentials(String user, String secret) {
    private static final String SCHEME = "basic ";
    private static final int LONGEST = 4096;

    static CaCredentials parse(String header) throws CaException {
        if (header.length() > LONGEST || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw refused();
        }
        try {
            String pair = Utf8.decode(
                    Base64.getDecoder().decode(header.substring(SCHEME.length()).strip()));
            int colon = pair.indexOf(':');
            if (colon < 0) {
                throw refused();
            }
            return new CaCredentials(pair.substring(0, colon), pair.substring(colon + 1));
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw refused();
        }
    }

    private static CaException refused() {
        return CaException.authentication(CaError.NO_NAME_AND_SECRET, "no name and secret in the header");
    }

    /** Never the secret. */
    @Override
    public String toString() {
        return user;
    }
}
