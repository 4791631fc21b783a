package org.jangbu.msp.renewal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/** The PKCS#12 key store behind a server's HTTPS. Does not print its password. */
public final class HttpsStore {
    private static final String ALIAS = "server";

    private final Path file;
    private final String password;

    public HttpsStore(Path file, String password) {
        this.file = file;
        this.password = password;
    }

    /** The file as it is now, to see whether it is another one later. */
    byte[] content() throws IOException {
        return Files.readAllBytes(file);
    }

    /** Whether the file was there before then, as it is now. */
    boolean isOlderThan(Instant time) throws IOException {
        return Files.getLastModifiedTime(file).toInstant().isBefore(time);
    }

    /** The certificate that HTTPS shows once it has read the file. */
    X509Certificate certificate() throws IOException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(content()), password.toCharArray());
            for (String alias : Collections.list(store.aliases())) {
                Certificate certificate = store.getCertificate(alias);
                if (store.isKeyEntry(alias) && certificate instanceof X509Certificate own) {
                    return own;
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " cannot be read: " + e.getMessage(), e);
        }
        throw new IOException("no key in " + file);
    }

    /** Writes the file, owner-only, in place of one that is there: readers see the one or the other. */
    public void write(TlsFiles.Pair pair) throws IOException {
        char[] secret = password.toCharArray();
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try {
            PrivateKey key = KeyFactory.getInstance("EC")
                    .generatePrivate(new PKCS8EncodedKeySpec(pair.key().info().getEncoded()));
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(ALIAS, key, secret, pair.chain().toArray(Certificate[]::new));
            store.store(content, secret);
        } catch (GeneralSecurityException e) {
            throw new IOException("no key store can be made of the pair: " + e.getMessage(), e);
        }
        Path draft = file.resolveSibling("." + file.getFileName() + ".renewed");
        WriteStep.all(List.of(WriteStep.draft(draft, content.toByteArray()), WriteStep.move(draft, file)));
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
