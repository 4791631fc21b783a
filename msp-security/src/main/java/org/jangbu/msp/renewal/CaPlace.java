package org.jangbu.msp.renewal;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Where a certificate authority is.
 *
 * @param address {@code https://host:port}, with a path if the authority stands below one
 * @param name by which it is told from others at that address; empty for the only one
 * @param trust roots that vouch for its TLS certificate
 */
public record CaPlace(URI address, String name, List<X509Certificate> trust) {
    public CaPlace {
        if (!"https".equals(address.getScheme()) || address.getHost() == null || address.getRawQuery() != null) {
            throw new IllegalArgumentException("not the https address of an authority: " + address);
        }
        trust = List.copyOf(trust);
    }

    @Override
    public String toString() {
        return name.isEmpty() ? address.toString() : name + " at " + address;
    }
}
