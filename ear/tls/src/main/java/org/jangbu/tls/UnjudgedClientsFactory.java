package org.jangbu.tls;

import java.security.InvalidAlgorithmParameterException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactorySpi;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@link UnjudgedClients}. The certificates of the key store it is given are only named to clients as authorities whose certificates
 * are welcome; with none, a client may show any.
 */
public final class UnjudgedClientsFactory extends TrustManagerFactorySpi {
    private List<X509Certificate> welcome = List.of();

    /** Made by the platform, by the name of this class. */
    public UnjudgedClientsFactory() {}

    @Override
    protected void engineInit(@Nullable KeyStore store) throws KeyStoreException {
        List<X509Certificate> found = new ArrayList<>();
        if (store != null) {
            for (String alias : Collections.list(store.aliases())) {
                if (store.isCertificateEntry(alias)) {
                    Certificate certificate = store.getCertificate(alias);
                    if (certificate instanceof X509Certificate authority) {
                        found.add(authority);
                    }
                }
            }
        }
        welcome = List.copyOf(found);
    }

    @Override
    protected void engineInit(ManagerFactoryParameters parameters) throws InvalidAlgorithmParameterException {
        throw new InvalidAlgorithmParameterException("a key store or nothing");
    }

    @Override
    protected TrustManager[] engineGetTrustManagers() {
        return new TrustManager[] {new UnjudgedClients(welcome)};
    }
}
