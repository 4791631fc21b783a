package org.jangbu.msp.ca;

import java.util.List;
import java.util.Optional;

/**
 * Whom to register, or what to change of somebody who is; empty texts stand for what is not said.
 *
 * @param affiliation {@code .} for the root
 * @param maxEnrollments empty for as often as the authority allows; in a change for what it was
 * @param attributes in a change, an empty value takes the attribute away
 */
public record RegistrationRequest(
        String id,
        String type,
        String affiliation,
        String secret,
        Optional<Integer> maxEnrollments,
        List<Attribute> attributes) {
    public RegistrationRequest {
        attributes = List.copyOf(attributes);
    }

    /** Never the secret. */
    @Override
    public String toString() {
        return "registration of " + id;
    }
}
