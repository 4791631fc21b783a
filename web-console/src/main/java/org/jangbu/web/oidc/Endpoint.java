package org.jangbu.web.oidc;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/** An address at the issuer: HTTPS, or HTTP on this very machine, as in trials. */
public record Endpoint(URI address) {
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    public Endpoint {
        String scheme = String.valueOf(address.getScheme());
        String host = address.getHost();
        boolean secure =
                scheme.equals("https") || (scheme.equals("http") && THIS_MACHINE.contains(String.valueOf(host)));
        if (!secure || host == null || address.getRawFragment() != null || address.getRawUserInfo() != null) {
            throw new IllegalArgumentException("not an https address: " + address);
        }
    }

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException if it is none, or not a secure one
     */
    public static Endpoint of(String text) {
        try {
            return new Endpoint(new URI(text));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not an https address: " + text, e);
        }
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
