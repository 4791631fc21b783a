package org.jangbu.msp.identity;

import java.security.cert.X509Certificate;
import org.jangbu.model.MspId;

/**
 * Who a node is at this moment: a certificate can be renewed while the node works. Whoever makes a message takes {@link #current} once and
 * uses that one for the whole message, so that certificate and signature belong together. Thread-safe.
 */
public final class CurrentSigner {
    private volatile SigningIdentity current;

    public CurrentSigner(SigningIdentity first) {
        this.current = first;
    }

    /** The identity now; it goes on signing when it has been replaced, so what was begun with it is finished with it. */
    public SigningIdentity current() {
        return current;
    }

    /** The MSP, which never changes. */
    public MspId mspId() {
        return current.mspId();
    }

    /** The certificate now. */
    public X509Certificate certificate() {
        return current.certificate();
    }

    /**
     * From now on the node signs as another identity of the same MSP.
     *
     * @throws IllegalArgumentException if it is of another MSP
     */
    public void replace(SigningIdentity next) {
        if (!next.mspId().equals(current.mspId())) {
            throw new IllegalArgumentException(
                    "a node of " + current.mspId() + " cannot become one of " + next.mspId());
        }
        current = next;
    }

    @Override
    public String toString() {
        return String.valueOf(current);
    }
}
