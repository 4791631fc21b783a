package org.jangbu.msp.ca;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Properties;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.crypto.SealedKey;
import org.jangbu.msp.crypto.SigningKey;

/**
 * The files of one authority, in a folder of its name: {@code ca.properties}, {@code ca-chain.pem} (its own certificate first, the root
 * last), {@code ca-key.pem}, the key, encrypted under the operator's secret, and {@code adopted}, which need not be there: certificates that
 * the authority issued before it had a registry.
 */
public final class AuthorityFolder {
    private static final String PROPERTIES = "ca.properties";
    private static final String CHAIN = "ca-chain.pem";
    private static final String KEY = "ca-key.pem";
    private static final String ADOPTED = "adopted";
    private static final int LONGEST = 256 * 1024;

    private final Path folder;

    public AuthorityFolder(Path folder) {
        this.folder = folder;
    }

    /** Makes the folder of an authority that has issued nothing yet; see {@link #write(AuthorityProfile, AuthorityCertificate, String, List)}. */
    public void write(AuthorityProfile profile, AuthorityCertificate certificate, String secret) throws IOException {
        write(profile, certificate, secret, List.of());
    }

    /**
     * Makes the folder of an authority that has certificate and key already, completely or not at all.
     *
     * @param secret under which the key is encrypted
     * @param issued what it has issued so far
     * @throws FileAlreadyExistsException if there is one: keys are never overwritten
     */
    public void write(
            AuthorityProfile profile, AuthorityCertificate certificate, String secret, List<X509Certificate> issued)
            throws IOException {
        try (FolderDraft draft = FolderDraft.of(folder)) {
            write(draft, profile, certificate.key(), secret);
            draft.write(CHAIN, certificate.pem().getBytes(StandardCharsets.US_ASCII));
            for (X509Certificate earlier : issued) {
                String file = ADOPTED + "/" + IssuedCertificate.serial(earlier.getSerialNumber()) + ".pem";
                draft.write(file, CertificateReader.pem(earlier).getBytes(StandardCharsets.US_ASCII));
            }
            draft.publish();
        }
    }

    /** What an authority has before it has a certificate. */
    static void write(FolderDraft draft, AuthorityProfile profile, SigningKey key, String secret) throws IOException {
        draft.write(PROPERTIES, profile.text().getBytes(StandardCharsets.UTF_8));
        try {
            draft.write(KEY, SealedKey.seal(key.info(), secret));
        } catch (GeneralSecurityException e) {
            throw new IOException("the key cannot be encrypted", e);
        }
    }

    /** What the operator says of the authority. */
    public AuthorityProfile profile() throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(new String(read(PROPERTIES), StandardCharsets.UTF_8)));
        try {
            return AuthorityProfile.of(properties);
        } catch (IllegalArgumentException e) {
            throw new IOException(folder.resolve(PROPERTIES) + ": " + e.getMessage(), e);
        }
    }

    /**
     * Its certificate and key.
     *
     * @throws IOException if the files cannot be read, the secret is another one, or they do not belong together
     */
    public AuthorityCertificate certificate(String secret) throws IOException {
        try {
            return new AuthorityCertificate(CertificateReader.all(read(CHAIN)), key(secret));
        } catch (GeneralSecurityException e) {
            throw new IOException("the authority in " + folder + " cannot be opened: " + e.getMessage(), e);
        }
    }

    SigningKey key(String secret) throws GeneralSecurityException, IOException {
        return SigningKey.of(SealedKey.open(read(KEY), secret));
    }

    Path adopted() {
        return folder.resolve(ADOPTED);
    }

    private byte[] read(String file) throws IOException {
        Path path = folder.resolve(file);
        if (Files.size(path) > LONGEST) {
            throw new IOException(path + " is longer than " + LONGEST + " bytes");
        }
        return Files.readAllBytes(path);
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
