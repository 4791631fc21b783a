package org.jangbu.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Refuses no client. That the client holds the certificate's key is proved by the handshake itself; who it is, and whether its certificate
 * is valid now, is for the application, which knows the MSPs and can answer in words. Trusts no server whatever: nothing may be called with
 * it.
 */
final class UnjudgedClients extends X509ExtendedTrustManager {
    private final List<X509Certificate> welcome;

    UnjudgedClients(List<X509Certificate> welcome) {
        this.welcome = welcome;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyType) throws CertificateException {
        if (chain.length == 0) {
            throw new CertificateException("no certificate");
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyType, Socket socket) throws CertificateException {
        checkClientTrusted(chain, keyType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, keyType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyType) throws CertificateException {
        throw new CertificateException("this trust manager is for servers; it trusts none");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyType, Socket socket) throws CertificateException {
        checkServerTrusted(chain, keyType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyType, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, keyType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return welcome.toArray(X509Certificate[]::new);
    }
}
