package org.jangbu.chaincode.packaging;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.SortedMap;

/**
 * A package that has been taken whole and checked, in a file beside those that are installed. It becomes one of them when it is kept; closed
 * without that, nothing of it stays.
 */
public final class IncomingPackage implements AutoCloseable {
    private static final int BUFFER = 64 << 10;

    private final Path temporary;
    private final Path target;
    private final PackageId id;
    private final PackageMetadata metadata;

    private IncomingPackage(Path temporary, Path target, PackageId id, PackageMetadata metadata) {
        this.temporary = temporary;
        this.target = target;
        this.id = id;
        this.metadata = metadata;
    }

    /** A file that is written; a test takes one that fails. */
    interface Target extends Closeable {
        /** Writes some of the bytes, as a channel does. */
        int write(ByteBuffer bytes) throws IOException;

        /** Brings what was written to the disk. */
        void force() throws IOException;
    }

    /** Opens a file to write to. */
    @FunctionalInterface
    interface Opening {
        Target open(Path file) throws IOException;
    }

    /** What a file system does. */
    record UsualFile(FileChannel channel) implements Target {
        static UsualFile open(Path file) throws IOException {
            return new UsualFile(FileChannel.open(file, StandardOpenOption.WRITE));
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            return channel.write(bytes);
        }

        @Override
        public void force() throws IOException {
            channel.force(true);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /**
     * Takes a package as it comes, to its last byte.
     *
     * @param source stays open
     * @param maxBytes most bytes of it
     * @throws PackageSourceException if the source fails or has more bytes
     * @throws IOException if it cannot be written here
     */
    static IncomingPackage take(Path folder, InputStream source, long maxBytes, Opening opening)
            throws IOException, ChaincodePackageException {
        Path temporary =
                Files.createTempFile(folder, InstalledPackages.UNFINISHED_PREFIX, InstalledPackages.UNFINISHED_SUFFIX);
        boolean whole = false;
        try {
            byte[] digest = copy(source, temporary, maxBytes, opening);
            PackageMetadata metadata;
            try (InputStream file = new BufferedInputStream(Files.newInputStream(temporary), BUFFER)) {
                metadata = PackageScan.check(file);
            }
            if (metadata.type().equalsIgnoreCase(PackageMetadata.SERVICE)) {
                try (InputStream file = new BufferedInputStream(Files.newInputStream(temporary), BUFFER)) {
                    ServiceEndpoint.in(file);
                }
            }
            PackageId id = PackageId.ofDigest(metadata.label(), digest);
            IncomingPackage taken = new IncomingPackage(temporary, InstalledPackages.file(folder, id), id, metadata);
            whole = true;
            return taken;
        } finally {
            if (!whole) {
                Files.deleteIfExists(temporary);
            }
        }
    }

    public PackageId id() {
        return id;
    }

    public PackageMetadata metadata() {
        return metadata;
    }

    /** The files of its code for the state database, by their names below {@code META-INF/statedb}; see {@link InstalledPackages#stateFiles}. */
    public SortedMap<String, byte[]> stateFiles(int maxBytes) throws IOException, ChaincodePackageException {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(temporary), BUFFER)) {
            return PackageScan.stateFiles(file, maxBytes);
        }
    }

    /**
     * Makes it one of the installed packages.
     *
     * @return false if it is one already, which stays as it is
     */
    public boolean keep() throws IOException {
        if (Files.exists(target)) {
            return false;
        }
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel folder = FileChannel.open(target.resolveSibling("."), StandardOpenOption.READ)) {
            // The name too must be there after a loss of power, since its sender is told so now.
            folder.force(true);
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(temporary);
    }

    private static byte[] copy(InputStream source, Path file, long maxBytes, Opening opening) throws IOException {
        MessageDigest digest = PackageId.digest();
        try (Target target = opening.open(file)) {
            byte[] buffer = new byte[BUFFER];
            long taken = 0;
            for (int count = read(source, buffer); count >= 0; count = read(source, buffer)) {
                taken += count;
                if (taken > maxBytes) {
                    throw new PackageSourceException("A package has at most " + maxBytes + " bytes", true);
                }
                digest.update(buffer, 0, count);
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
                while (bytes.hasRemaining()) {
                    target.write(bytes);
                }
            }
            target.force();
        }
        return digest.digest();
    }

    /** What goes wrong at the sender's end is told apart from what goes wrong here. */
    private static int read(InputStream source, byte[] buffer) throws PackageSourceException {
        try {
            return source.read(buffer);
        } catch (IOException e) {
            throw new PackageSourceException("the package broke off", false, e);
        }
    }
}
