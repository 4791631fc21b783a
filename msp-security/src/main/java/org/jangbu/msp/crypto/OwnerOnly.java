package org.jangbu.msp.crypto;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.jangbu.msp.log.MspLog;
import org.jangbu.msp.settings.MspSetting;

/**
 * Files and folders that only their owner may read (POSIX 0600 and 0700), made so from the first moment. On a file system without POSIX
 * permissions they get what their folder gives.
 */
public final class OwnerOnly {
    private static final Set<PosixFilePermission> NOT_THE_OWNER = PosixFilePermissions.fromString("---rwxrwx");
    private static final Set<PosixFilePermission> NEITHER_OWNER_NOR_READING_GROUP =
            PosixFilePermissions.fromString("----wxrwx");

    private OwnerOnly() {}

    /** Creates a folder and those above it that are missing. */
    public static void createDirectories(Path folder) throws IOException {
        Files.createDirectories(folder, attributes(folder, "rwx------"));
    }

    /**
     * Writes a new file and forces it to disk.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is one of that name
     */
    public static void write(Path file, byte[] content) throws IOException {
        Set<StandardOpenOption> options =
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
        try (SeekableByteChannel channel = Files.newByteChannel(file, options, attributes(file, "rw-------"))) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        }
    }

    /**
     * Looks whether others than those whom {@code jangbu.keys.permissions} allows may read or change a private key's file. With {@code any}
     * this is only warned of.
     *
     * @throws IOException if they may
     */
    public static void check(Path file) throws IOException {
        if (!isPosix(file)) {
            return;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        String setting = MspSetting.KEY_PERMISSIONS.fromEnvironment();
        Set<PosixFilePermission> wrong = EnumSet.copyOf(
                switch (setting) {
                    case "owner", "any" -> NOT_THE_OWNER;
                    case "group" -> NEITHER_OWNER_NOR_READING_GROUP;
                    default ->
                        throw new IllegalArgumentException(
                                MspSetting.KEY_PERMISSIONS.key() + " must be owner, group or any, not " + setting);
                });
        wrong.retainAll(permissions);
        if (wrong.isEmpty()) {
            return;
        }
        String modes = PosixFilePermissions.toString(permissions);
        if (!setting.equals("any")) {
            throw new IOException("the private key " + file + " may be read or changed by others (" + modes
                    + "): chmod 600 it, or see " + MspSetting.KEY_PERMISSIONS.key());
        }
        MspLog.LOG.keyOpenToOthers(file.toString(), modes);
    }

    /**
     * Looks whether others than the owner may change a file or folder.
     *
     * @throws IOException if they may
     */
    public static void checkUnchangeable(Path path) throws IOException {
        if (isPosix(path)) {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
            if (permissions.contains(PosixFilePermission.GROUP_WRITE)
                    || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
                throw new IOException(path + " may be changed by others than its owner ("
                        + PosixFilePermissions.toString(permissions) + ")");
            }
        }
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static FileAttribute<?>[] attributes(Path path, String permissions) {
        return isPosix(path)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
