package org.jangbu.msp.cryptogen;

import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;

/**
 * How an organisation's authority is named, and where its certificates say that everybody lives. An empty text is left out of names.
 *
 * @param hostname first label of the authority's name
 */
public record AuthoritySpec(
        String hostname,
        String country,
        String province,
        String locality,
        String organizationalUnit,
        String streetAddress,
        String postalCode) {
    /** What cryptogen takes where nothing is said; some tools show it. */
    public static final AuthoritySpec USUAL = new AuthoritySpec("ca", "US", "California", "San Francisco", "", "", "");

    private static final int MAX_LENGTH = 64;

    public AuthoritySpec {
        if (!hostname.matches("[A-Za-z0-9][A-Za-z0-9-]{0,62}")) {
            throw new IllegalArgumentException("not a host name for an authority");
        }
        if (!country.isEmpty() && !country.matches("[A-Za-z]{2}")) {
            throw new IllegalArgumentException("a country has two letters");
        }
        for (String text : new String[] {province, locality, organizationalUnit, streetAddress, postalCode}) {
            if (text.length() > MAX_LENGTH || text.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("part of an address has at most " + MAX_LENGTH + " characters");
            }
        }
    }

    /** A name that begins with the place. */
    X500NameBuilder place() {
        X500NameBuilder name = new X500NameBuilder(BCStyle.INSTANCE);
        add(name, BCStyle.C, country);
        add(name, BCStyle.ST, province);
        add(name, BCStyle.L, locality);
        add(name, BCStyle.STREET, streetAddress);
        add(name, BCStyle.POSTAL_CODE, postalCode);
        return name;
    }

    /** The unit that the authority itself belongs to. */
    Optional<String> unit() {
        return Optional.of(organizationalUnit).filter(text -> !text.isEmpty());
    }

    private static void add(X500NameBuilder name, ASN1ObjectIdentifier part, String text) {
        if (!text.isEmpty()) {
            name.addRDN(part, text);
        }
    }
}
