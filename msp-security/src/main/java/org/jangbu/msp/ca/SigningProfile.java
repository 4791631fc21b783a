package org.jangbu.msp.ca;

import java.time.Duration;
import java.util.Optional;
import org.bouncycastle.asn1.x509.KeyUsage;

/** What a certificate is for, with the uses and the validity that Fabric CA's profile of that name has. */
public enum SigningProfile {
    /** To sign transactions; what is issued when no profile is asked for. */
    DEFAULT("", KeyUsage.digitalSignature, Duration.ofDays(365)),
    /** For TLS, as server and as client. */
    TLS("tls", KeyUsage.digitalSignature | KeyUsage.keyEncipherment | KeyUsage.keyAgreement, Duration.ofDays(365)),
    /** To issue certificates, as an intermediate authority with none below it. */
    CA("ca", KeyUsage.keyCertSign | KeyUsage.cRLSign, Duration.ofDays(1825));

    private final String profile;
    private final int keyUsage;
    private final Duration validity;

    SigningProfile(String profile, int keyUsage, Duration validity) {
        this.profile = profile;
        this.keyUsage = keyUsage;
        this.validity = validity;
    }

    static Optional<SigningProfile> parse(String name) {
        for (SigningProfile known : values()) {
            if (known.profile.equals(name)) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }

    int keyUsage() {
        return keyUsage;
    }

    Duration validity() {
        return validity;
    }
}
