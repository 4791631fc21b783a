package org.jangbu.msp.realm;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jangbu.msp.crypto.OwnerOnly;

/**
 * The folder {@code identities}: one folder per user, and a file {@code store.seal} with which the secret is recognised. Each user's files
 * carry a seal, a keyed hash under what is derived from the secret, so that neither a role, nor a password, nor a key can be exchanged by
 * somebody who can only write files.
 */
final class IdentityFolder {
    private static final String STORE_SEAL = "store.seal";
    private static final int MAX_LENGTH = 64 * 1024;

    private final Path folder;
    /** Seals the users' files. */
    private final SecretKeySpec sealKey;

    private IdentityFolder(Path folder, SecretKeySpec sealKey) {
        this.folder = folder;
        this.sealKey = sealKey;
    }

    /** @throws IdentityStoreException if the store was made under another secret */
    static IdentityFolder open(Path folder, String secret) throws IOException {
        OwnerOnly.createDirectories(folder);
        Path file = folder.resolve(STORE_SEAL);
        if (!Files.exists(file)) {
            create(file, secret);
        }
        DerivedSecret known;
        try {
            known = DerivedSecret.parse(text(file).strip());
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is not readable", e);
        }
        SecretKeySpec key = key(DerivedSecret.of(secret, known.iterations(), known.salt()));
        if (!DerivedSecret.isSame(proof(key), known.value())) {
            throw new IdentityStoreException("the managed identities in " + folder + " were made under another secret");
        }
        return new IdentityFolder(folder, key);
    }

    private static SecretKeySpec key(DerivedSecret derived) {
        return new SecretKeySpec(derived.value().toByteArray(), "HmacSHA256");
    }

    private static void create(Path file, String secret) throws IOException {
        DerivedSecret derived = DerivedSecret.of(secret);
        DerivedSecret written = new DerivedSecret(derived.iterations(), derived.salt(), proof(key(derived)));
        try {
            OwnerOnly.write(file, (written.format() + "\n").getBytes(StandardCharsets.US_ASCII));
        } catch (FileAlreadyExistsException e) {
            // Another process was faster; its seal is read next, and tells whether it had the same secret.
        }
    }

    /** Shows that the derived key is the right one without telling it. */
    private static ByteString proof(SecretKeySpec key) {
        return mac(key, ByteString.copyFromUtf8("store"));
    }

    /** Those whom the operator put into keeping. */
    List<EnrollmentId> list() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory)
                    .map(entry -> String.valueOf(entry.getFileName()))
                    .filter(EnrollmentId::isValid)
                    .sorted()
                    .map(EnrollmentId::new)
                    .toList();
        }
    }

    /** Tells one writing of a user's files from the next. */
    record Version(FileTime modified, String file) {}

    /** The version of a user's files now; empty if there is no such user. */
    Optional<Version> version(ManagedName name) throws IOException {
        try {
            BasicFileAttributes file = Files.readAttributes(
                    folder.resolve(name.folder()).resolve("user.properties"), BasicFileAttributes.class);
            return Optional.of(new Version(file.lastModifiedTime(), String.valueOf(file.fileKey())));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Deletes a user's files; false if there were none. What is left half done is no user any more. */
    boolean remove(ManagedName name) throws IOException {
        Path own = folder.resolve(name.folder());
        if (!Files.isDirectory(own)) {
            return false;
        }
        Path place = Files.createTempDirectory(folder, ".removed-");
        Path grave = place.resolve("user");
        Files.move(own, grave);
        try (Stream<Path> files = Files.list(grave)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(grave);
        Files.delete(place);
        return true;
    }

    /**
     * Reads one identity; empty if there is none.
     *
     * @throws IdentityStoreException if its files are not as this store wrote them
     */
    Optional<IdentityRecord> read(ManagedName name) throws IOException {
        Path own = folder.resolve(name.folder());
        if (!Files.isDirectory(own)) {
            return Optional.empty();
        }
        IdentityRecord.Stored stored = IdentityRecord.read(
                name,
                text(own.resolve("user.properties")),
                ByteString.copyFromUtf8(text(own.resolve("cert.pem"))),
                ByteString.copyFromUtf8(text(own.resolve("key.pem"))));
        String expected = seal(stored.identity());
        if (!DerivedSecret.isSame(ByteString.copyFromUtf8(expected), ByteString.copyFromUtf8(stored.seal()))) {
            throw new IdentityStoreException("the files of the managed identity " + name + " were changed");
        }
        return Optional.of(stored.identity());
    }

    /** @throws FileAlreadyExistsException if the user is enrolled */
    void write(IdentityRecord identity) throws IOException {
        Path own = folder.resolve(identity.name().folder());
        if (Files.exists(own)) {
            throw new FileAlreadyExistsException(own.toString());
        }
        Path draft = Files.createTempDirectory(folder, ".draft-");
        OwnerOnly.write(draft.resolve("cert.pem"), identity.certificate().toByteArray());
        OwnerOnly.write(draft.resolve("key.pem"), identity.sealedKey().toByteArray());
        OwnerOnly.write(
                draft.resolve("user.properties"),
                identity.properties(seal(identity)).getBytes(StandardCharsets.UTF_8));
        Files.move(draft, own);
    }

    private String seal(IdentityRecord identity) {
        return HexFormat.of().formatHex(mac(sealKey, identity.sealed()).toByteArray());
    }

    private static ByteString mac(SecretKeySpec key, ByteString content) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            return ByteString.copyFrom(mac.doFinal(content.toByteArray()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private static String text(Path file) throws IOException {
        if (Files.size(file) > MAX_LENGTH) {
            throw new IOException(file + " is longer than " + MAX_LENGTH + " bytes");
        }
        return Files.readString(file);
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
