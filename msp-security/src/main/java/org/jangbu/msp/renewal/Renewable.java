package org.jangbu.msp.renewal;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.jangbu.msp.expiry.CertificateKind;

/** One certificate of a node, as its files have it. */
interface Renewable {
    CertificateKind kind();

    /** Who renews it; empty if nobody does. */
    Optional<CaPlace> authority(NodeAuthorities authorities);

    /** The certificate that lies there now; empty if the node has none of this kind. */
    Optional<X509Certificate> certificate() throws IOException;

    /**
     * Puts another one in place; if it fails, nothing was changed that matters.
     *
     * @return what was written
     */
    Renewed renew(CaPlace authority) throws RenewalException, IOException, InterruptedException;

    /**
     * A certificate that was renewed.
     *
     * @param newKey whether its key is another one
     */
    record Renewed(X509Certificate former, X509Certificate certificate, boolean newKey) {}
}
