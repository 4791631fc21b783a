package org.jangbu.msp.ca;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;

/**
 * The name that a request asks for. Of it stay country, state, locality, organisation and serial number; the common name must be the
 * enrolment id; organisational units are the registry's to say.
 */
final class RequestedSubject {
    /** What stays, in the order in which it is written, and how long it may be. */
    private static final Map<ASN1ObjectIdentifier, Integer> KEPT = kept();

    /** The characters of an ASN.1 PrintableString. */
    private static final Pattern PRINTABLE = Pattern.compile("[A-Za-z0-9 '()+,./:=?-]*");

    private static final int LONGEST_COMMON_NAME = 64;

    private final Map<ASN1ObjectIdentifier, String> names;

    private RequestedSubject(Map<ASN1ObjectIdentifier, String> names) {
        this.names = names;
    }

    private static Map<ASN1ObjectIdentifier, Integer> kept() {
        Map<ASN1ObjectIdentifier, Integer> kept = new LinkedHashMap<>();
        kept.put(BCStyle.C, 2);
        kept.put(BCStyle.ST, 128);
        kept.put(BCStyle.L, 128);
        kept.put(BCStyle.O, 64);
        kept.put(BCStyle.SERIALNUMBER, 64);
        return kept;
    }

    static RequestedSubject of(X500Name name) throws CaException {
        Map<ASN1ObjectIdentifier, String> names = new LinkedHashMap<>();
        for (RDN rdn : name.getRDNs()) {
            for (AttributeTypeAndValue part : rdn.getTypesAndValues()) {
                ASN1ObjectIdentifier type = part.getType();
                int longest = type.equals(BCStyle.CN) ? LONGEST_COMMON_NAME : KEPT.getOrDefault(type, 0);
                if (longest > 0 && names.put(type, text(part, longest)) != null) {
                    throw refused("the subject says one thing twice");
                }
            }
        }
        return new RequestedSubject(names);
    }

    private static String text(AttributeTypeAndValue part, int longest) throws CaException {
        if (!(part.getValue() instanceof ASN1String value)) {
            throw refused("a part of the subject is no text");
        }
        String text = value.getString();
        if (text.isEmpty() || text.length() > longest || !Texts.arePrintable(text)) {
            throw refused("a part of the subject has no characters, more than " + longest + ", or such as no text has");
        }
        boolean country = part.getType().equals(BCStyle.C);
        boolean restricted = country || part.getType().equals(BCStyle.SERIALNUMBER);
        if ((restricted && !PRINTABLE.matcher(text).matches()) || (country && text.length() != longest)) {
            throw refused("country or serial number are not written as X.520 has them");
        }
        return text;
    }

    private static CaException refused(String reason) {
        return CaException.of(400, CaError.CSR_INPUT, "CSR input validation failed: " + reason);
    }

    /** Refuses a request in which somebody is not called as it is registered. */
    void requireCommonName(String id) throws CaException {
        if (!id.equals(names.get(BCStyle.CN))) {
            throw CaException.of(403, CaError.COMMON_NAME, "The CSR subject common name must equal the enrollment ID");
        }
    }

    /** The name for the certificate: what stays, then organisational units, each a part of its own, then the common name. */
    X500Name with(List<String> units) {
        X500NameBuilder builder = new X500NameBuilder(BCStyle.INSTANCE);
        KEPT.keySet().stream().filter(names::containsKey).forEach(type -> builder.addRDN(type, names.get(type)));
        units.forEach(unit -> builder.addRDN(BCStyle.OU, unit));
        return builder.addRDN(BCStyle.CN, names.get(BCStyle.CN)).build();
    }
}
