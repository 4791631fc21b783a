package org.jangbu.cli.server;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jangbu.cli.run.CommandFailure;
import org.jangbu.cli.run.ExitCode;
import org.jangbu.cli.run.InputFile;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.identity.KeySigningIdentity;

/** Whom to trust on the other side, and what to show there. */
final class Trust {
    private static final char[] NONE = new char[0];

    private Trust() {}

    /**
     * TLS with given roots.
     *
     * @param roots a PEM file of certificates; without one Java's own count
     * @param identity whose certificate is shown
     */
    static SSLContext context(Optional<Path> roots, Optional<KeySigningIdentity> identity) {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(roots.isPresent() ? store(roots.get()) : null);
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(identity.isPresent() ? store(identity.get()) : empty(), NONE);
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return tls;
        } catch (GeneralSecurityException | IOException e) {
            throw CommandFailure.of(ExitCode.UNUSABLE, "TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    private static KeyStore store(Path roots) throws GeneralSecurityException, IOException {
        ByteString pem = InputFile.read(roots);
        List<X509Certificate> certificates = CertificateReader.all(pem.toByteArray());
        if (certificates.isEmpty()) {
            throw new GeneralSecurityException(roots + " holds no certificate");
        }
        KeyStore store = empty();
        for (int i = 0; i < certificates.size(); i++) {
            store.setCertificateEntry("root" + i, certificates.get(i));
        }
        return store;
    }

    private static KeyStore store(KeySigningIdentity identity) throws GeneralSecurityException, IOException {
        PrivateKey key = KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(identity.key().info().getEncoded()));
        KeyStore store = empty();
        store.setKeyEntry("me", key, NONE, new Certificate[] {identity.certificate()});
        return store;
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NONE);
        return store;
    }
}
