package org.jangbu.msp.membership;

import org.jangbu.msp.identity.X509Identity;

/** An identity together with what its MSP says of it. */
record Member(X509Identity identity, Standing standing) {
    boolean isOf(String mspId) {
        return identity.mspId().value().equals(mspId);
    }
}
