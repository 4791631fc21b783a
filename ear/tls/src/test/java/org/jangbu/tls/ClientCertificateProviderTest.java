package org.jangbu.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;

class ClientCertificateProviderTest {
    @Test
    void takes_every_client_and_trusts_no_server() throws Exception {
        X509ExtendedTrustManager trust = trust(null);
        X509Certificate[] any = {anAuthority()};
        assertThatCode(() -> trust.checkClientTrusted(any, "EC")).doesNotThrowAnyException();
        assertThatThrownBy(() -> trust.checkClientTrusted(new X509Certificate[0], "EC"))
                .isInstanceOf(CertificateException.class);
        assertThatThrownBy(() -> trust.checkServerTrusted(any, "EC")).isInstanceOf(CertificateException.class);
        assertThat(trust.getAcceptedIssuers()).isEmpty();
    }

    @Test
    void names_the_authorities_of_its_key_store_to_clients() throws Exception {
        X509Certificate authority = anAuthority();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("one", authority);
        assertThat(trust(store).getAcceptedIssuers()).containsExactly(authority);
    }

    private static X509ExtendedTrustManager trust(@org.jspecify.annotations.Nullable KeyStore store) throws Exception {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("JangbuClients", new ClientCertificateProvider());
        factory.init(store);
        return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    }

    /** Any certificate will do: the first that the platform itself trusts. */
    private static X509Certificate anAuthority() throws Exception {
        KeyStore platform = KeyStore.getInstance(KeyStore.getDefaultType());
        try (InputStream in = Files.newInputStream(Path.of(System.getProperty("java.home"), "lib/security/cacerts"))) {
            platform.load(in, null);
        }
        return (X509Certificate) platform.getCertificate(platform.aliases().nextElement());
    }
}
