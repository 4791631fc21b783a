package org.jangbu.msp.ca;

import java.util.List;
import java.util.Optional;

/**
 * What somebody sends who wants a certificate.
 *
 * @param request the PKCS #10 request as PEM
 * @param profile the name of a {@link SigningProfile}
 * @param hosts names and addresses for TLS, in place of those in the request; empty for those
 * @param attributes which attributes the certificate shall carry; empty for the registry's choice
 */
public record EnrollmentRequest(
        String request, String profile, List<String> hosts, Optional<List<AttributeRequest>> attributes) {
    public EnrollmentRequest {
        hosts = List.copyOf(hosts);
        attributes = attributes.map(List::copyOf);
    }
}
