package org.jangbu.chaincode.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which packages the server's operator lets run inside the server: a text file with one package id on each line; {@code #} begins a comment. No file
 * allows none, and nothing allows all: a package id holds the hash of the package's bytes. Read again when it has changed; a line that is no package id makes the whole file invalid, so that a slip of the pen is seen. Thread-safe.
 */
public final class AllowedPackages {
    /** Whoever else may write. */
    private static final Set<PosixFilePermission> OTHERS =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final Path file;
    private final boolean ownersAlone;
    private final OperatorsList<PackageId> list;

    public AllowedPackages(Path file) {
        this(file, false);
    }

    private AllowedPackages(Path file, boolean ownersAlone) {
        this.file = file;
        this.ownersAlone = ownersAlone;
        this.list = new OperatorsList<>(file, PackageId::parse);
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
    public boolean allows(PackageId id) throws IOException {
        if (ownersAlone) {
            try {
                requireOwnersAlone(file);
                requireOwnersAlone(Objects.requireNonNull(file.toAbsolutePath().getParent()));
            } catch (NoSuchFileException e) {
                return false;
            }
        }
        return list.contains(id);
    }

    private static void requireOwnersAlone(Path path) throws IOException {
        @Nullable PosixFileAttributeView posix = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (posix != null && !Collections.disjoint(posix.readAttributes().permissions(), OTHERS)) {
            throw new IOException(
                    path + " may be changed by others than its owner: no package is allowed beside the key of a CA");
        }
    }
}
