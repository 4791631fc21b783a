package org.jangbu.quickstart.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that nobody but their owner may read, from their first byte on. */
public final class OwnerOnly {

    private OwnerOnly() {}

    /** Makes an empty file, in place of one that is there. */
    public static Path create(Path file) throws IOException {
        Files.deleteIfExists(file);
        return Files.createFile(
                file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    /** Writes a file of that content, in place of one that is there. */
    public static Path write(Path file, String content) throws IOException {
        return Files.writeString(create(file), content, StandardCharsets.UTF_8);
    }
}
