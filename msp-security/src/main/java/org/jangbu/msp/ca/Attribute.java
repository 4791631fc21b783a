package org.jangbu.msp.ca;

import org.jangbu.model.Quoted;

/**
 * Something the registry says of an identity.
 *
 * @param value empty in a request to take the attribute away
 * @param inCertificate whether it goes into certificates for which nobody asks for particular ones
 */
public record Attribute(String name, String value, boolean inCertificate) {
    /** Longest name. */
    public static final int MAX_NAME = 128;
    /** Longest value. */
    public static final int MAX_VALUE = 2048;

    public Attribute {
        if (name.isBlank() || name.length() > MAX_NAME || !Texts.arePrintable(name)) {
            throw new IllegalArgumentException("not a name of an attribute: '" + Quoted.brief(name) + "'");
        }
        if (value.length() > MAX_VALUE || !Texts.arePrintable(value)) {
            throw new IllegalArgumentException("not a value of the attribute " + Quoted.brief(name));
        }
    }
}
