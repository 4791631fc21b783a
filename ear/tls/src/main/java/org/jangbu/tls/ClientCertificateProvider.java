package org.jangbu.tls;

import java.security.Provider;

/** Offers the trust managers of {@link UnjudgedClientsFactory} under the algorithm {@code JangbuClients}. */
public final class ClientCertificateProvider extends Provider {
    private static final long serialVersionUID = 1L;

    /** Made by the server, by the name of this class. */
    public ClientCertificateProvider() {
        super("Jangbu", "1.0", "TLS client certificates that the application judges");
        put("TrustManagerFactory.JangbuClients", UnjudgedClientsFactory.class.getName());
    }
}
