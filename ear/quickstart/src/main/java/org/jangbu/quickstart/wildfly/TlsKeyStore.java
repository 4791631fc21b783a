package org.jangbu.quickstart.wildfly;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.jangbu.quickstart.machine.OwnerOnly;

/** Makes the key store behind the server's HTTPS from a node's TLS folder, as Fabric lays it out: {@code server.crt} and {@code server.key}. */
public final class TlsKeyStore {
    private static final String ALIAS = "server";

    private TlsKeyStore() {}

    /**
     * Writes a PKCS #12 file, in place of one that is there.
     *
     * @param tlsFolder PEM files; the key is an EC key in PKCS #8, unencrypted
     */
    public static void write(Path tlsFolder, Path keyStore, String password)
            throws IOException, GeneralSecurityException {
        char[] secret = password.toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(ALIAS, key(tlsFolder.resolve("server.key")), secret, chain(tlsFolder.resolve("server.crt")));
        try (OutputStream out = Files.newOutputStream(OwnerOnly.create(keyStore))) {
            store.store(out, secret);
        }
    }

    /** The node's own certificate and any intermediate ones; clients have the root. */
    private static Certificate[] chain(Path pem) throws IOException, GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(pem)))
                .toArray(Certificate[]::new);
    }

    private static PrivateKey key(Path pem) throws IOException, GeneralSecurityException {
        String text = Files.readString(pem, StandardCharsets.US_ASCII).replaceAll("-----(BEGIN|END) [A-Z ]+-----", "");
        byte[] encoded = Base64.getMimeDecoder().decode(text);
        return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }
}
