package org.jangbu.msp.renewal;

import org.jangbu.msp.expiry.CertificateKind;

/** Counts renewals. Never throws and never waits. */
@FunctionalInterface
public interface RenewalListener {
    /** An attempt has ended. */
    void attempted(String holder, CertificateKind kind, boolean renewed);
}
