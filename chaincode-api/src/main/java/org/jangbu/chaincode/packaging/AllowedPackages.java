package org.jangbu.chaincode.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which packages the server's operator lets run inside the server: a text file with one package id on each line; {@code #} begins a comment. No file
 * allows none, and nothing allows all: a package id holds the hash of the package's bytes. Read again when it has changed; a line that is no package id makes the whole file invalid, so that a slip of the pen is seen. Thread-safe.
 */
public final class AllowedPackages {
    /** A file that was changed so lately may change again without a new time. */
    private static final Duration CLOCK_STEP = Duration.ofSeconds(2);

    /** Whoever else may write. */
    private static final Set<PosixFilePermission> OTHERS =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final Path file;
    private final boolean ownersAlone;
    private Set<PackageId> allowed = Set.of();
    private @Nullable FileTime readAs;
    private long readSize;

    public AllowedPackages(Path file) {
        this(file, false);
    }

    private AllowedPackages(Path file, boolean ownersAlone) {
        this.file = file;
        this.ownersAlone = ownersAlone;
    }

    /**
     * The same where much depends on it: nothing is allowed while others than its owner may change the list, or put another one in its place.
     */
    public static AllowedPackages ofOwnerAlone(Path file) {
        return new AllowedPackages(file, true);
    }

    /**
     * Whether the operator allows a package.
     *
     * @throws IOException if the file cannot be read, holds a line that is no package id, or is not its owner's alone where it must be
     */
    public synchronized boolean allows(PackageId id) throws IOException {
        try {
            if (ownersAlone) {
                requireOwnersAlone(file);
                requireOwnersAlone(Objects.requireNonNull(file.toAbsolutePath().getParent()));
            }
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            boolean settled =
                    now.lastModifiedTime().toInstant().isBefore(Instant.now().minus(CLOCK_STEP));
            if (!settled || !now.lastModifiedTime().equals(readAs) || now.size() != readSize) {
                allowed = read();
                readAs = now.lastModifiedTime();
                readSize = now.size();
            }
        } catch (NoSuchFileException e) {
            allowed = Set.of();
            readAs = null;
        }
        return allowed.contains(id);
    }

    private static void requireOwnersAlone(Path path) throws IOException {
        @Nullable PosixFileAttributeView posix = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (posix != null && !Collections.disjoint(posix.readAttributes().permissions(), OTHERS)) {
            throw new IOException(
                    path + " may be changed by others than its owner: no package is allowed beside the key of a CA");
        }
    }

    private Set<PackageId> read() throws IOException {
        Set<PackageId> found = new HashSet<>();
        int number = 0;
        for (String line : Files.readAllLines(file, UTF_8)) {
            number++;
            String text = line.replaceFirst("#.*", "").strip();
            if (!text.isEmpty()) {
                found.add(parse(text, number));
            }
        }
        return Set.copyOf(found);
    }

    private PackageId parse(String text, int number) throws IOException {
        try {
            return PackageId.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ", line " + number + ": " + e.getMessage(), e);
        }
    }
}
