package org.jangbu.web.ca;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jangbu.msp.ca.Attribute;
import org.jangbu.msp.ca.AttributeRequest;
import org.jangbu.msp.ca.CaException;
import org.jangbu.msp.ca.EnrollmentRequest;
import org.jangbu.msp.ca.RegistrationRequest;
import org.jangbu.msp.ca.RevocationRequest;

/** What request bodies say, in the words of the authority. */
final class CaForms {
    private CaForms() {}

    static EnrollmentRequest enrollment(CaJson json) throws CaException {
        Optional<List<CaJson>> asked = json.objects("attr_reqs");
        Optional<List<AttributeRequest>> attributes = Optional.empty();
        if (asked.isPresent()) {
            List<AttributeRequest> list = new ArrayList<>();
            for (CaJson entry : asked.get()) {
                list.add(new AttributeRequest(entry.textOrEmpty("name"), entry.flag("optional")));
            }
            attributes = Optional.of(list);
        }
        return new EnrollmentRequest(
                json.textOrEmpty("certificate_request"), json.textOrEmpty("profile"), json.texts("hosts"), attributes);
    }

    /** Whom to register or to change: the id is in the body, or in the address where that says it. */
    static RegistrationRequest registration(String id, CaJson json) throws CaException {
        List<Attribute> attributes = new ArrayList<>();
        for (CaJson entry : json.objects("attrs").orElse(List.of())) {
            try {
                attributes.add(
                        new Attribute(entry.textOrEmpty("name"), entry.textOrEmpty("value"), entry.flag("ecert")));
            } catch (IllegalArgumentException e) {
                throw CaJson.bad(String.valueOf(e.getMessage()));
            }
        }
        return new RegistrationRequest(
                id,
                json.textOrEmpty("type"),
                json.textOrEmpty("affiliation"),
                json.textOrEmpty("secret"),
                json.number("max_enrollments"),
                attributes);
    }

    static RevocationRequest revocation(CaJson json) throws CaException {
        return new RevocationRequest(
                json.textOrEmpty("id"),
                json.textOrEmpty("serial"),
                json.textOrEmpty("aki"),
                json.textOrEmpty("reason"),
                json.flag("gencrl"));
    }
}
