package org.jangbu.web.grpc.netty;

import com.google.protobuf.ByteString;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jangbu.msp.crypto.CertificateReader;
import org.jspecify.annotations.Nullable;

/**
 * Which TLS certificates clients may show: those under the TLS authorities that the node's own MSP and the configurations of its channels name, as they
 * are at the moment of the handshake.
 */
final class ClientTrust extends X509ExtendedTrustManager {
    private final Supplier<Set<ByteString>> authorities;
    private @Nullable Trusted trusted;

    private record Trusted(Set<ByteString> authorities, X509ExtendedTrustManager manager) {}

    /** @param authorities certificates in PEM; asked at each handshake */
    ClientTrust(Supplier<Set<ByteString>> authorities) {
        this.authorities = authorities;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        current().checkClientTrusted(chain, authType, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        current().checkClientTrusted(chain, authType, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        current().checkClientTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("this trust manager is for servers; it trusts none");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    /** None are named to clients: there may be many, and they change. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    private synchronized X509ExtendedTrustManager current() throws CertificateException {
        Set<ByteString> now = authorities.get();
        Trusted known = trusted;
        if (known == null || !known.authorities().equals(now)) {
            known = new Trusted(now, manager(now));
            trusted = known;
        }
        return known.manager();
    }

    private static X509ExtendedTrustManager manager(Set<ByteString> authorities) throws CertificateException {
        if (authorities.isEmpty()) {
            throw new CertificateException("no TLS authority is known here");
        }
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            int number = 0;
            for (ByteString authority : authorities) {
                store.setCertificateEntry("a" + number++, CertificateReader.first(authority.toByteArray()));
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager extended) {
                    return extended;
                }
            }
            throw new CertificateException("this platform has no trust manager");
        } catch (CertificateException e) {
            throw e;
        } catch (GeneralSecurityException | java.io.IOException e) {
            throw new CertificateException("the TLS authorities cannot be used", e);
        }
    }
}
