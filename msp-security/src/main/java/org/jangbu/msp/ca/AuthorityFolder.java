package org.jangbu.msp.ca;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.crypto.OwnerOnly;
import org.jangbu.msp.crypto.Pem;
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
        if (Files.exists(folder)) {
            throw new FileAlreadyExistsException(folder.toString());
        }
        Path parent = folder.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IOException(folder + " is a root");
        }
        OwnerOnly.createDirectories(parent);
        Path draft = Files.createTempDirectory(parent, ".draft-");
        OwnerOnly.write(draft.resolve(PROPERTIES), profile.text().getBytes(StandardCharsets.UTF_8));
        OwnerOnly.write(draft.resolve(CHAIN), certificate.pem().getBytes(StandardCharsets.US_ASCII));
        try {
            OwnerOnly.write(draft.resolve(KEY), SealedKey.seal(certificate.key().info(), secret));
        } catch (GeneralSecurityException e) {
            throw new IOException("the key cannot be encrypted", e);
        }
        if (!issued.isEmpty()) {
            OwnerOnly.createDirectories(draft.resolve(ADOPTED));
        }
        for (X509Certificate earlier : issued) {
            Path file = draft.resolve(ADOPTED).resolve(IssuedCertificate.serial(earlier.getSerialNumber()) + ".pem");
            OwnerOnly.write(file, CertificateReader.pem(earlier).getBytes(StandardCharsets.US_ASCII));
        }
        Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
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
            List<X509Certificate> chain = new ArrayList<>();
            for (Pem block : Pem.blocks(read(CHAIN))) {
                chain.add(CertificateReader.der(block.content().toByteArray()));
            }
            return new AuthorityCertificate(chain, SigningKey.of(SealedKey.open(read(KEY), secret)));
        } catch (GeneralSecurityException e) {
            throw new IOException("the authority in " + folder + " cannot be opened: " + e.getMessage(), e);
        }
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
