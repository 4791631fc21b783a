package org.jangbu.quickstart.machine;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Unpacks a zip whose entries all lie in one top folder, without that folder. */
public final class Zip {

    private Zip() {}

    public static void unpack(Path zip, Path target) throws IOException {
        try (InputStream in = Files.newInputStream(zip);
                ZipInputStream entries = new ZipInputStream(new BufferedInputStream(in, 1 << 16))) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                write(entry, entries, target);
            }
        }
    }

    private static void write(ZipEntry entry, InputStream content, Path target) throws IOException {
        String inside = entry.getName().substring(entry.getName().indexOf('/') + 1);
        Path file = target.resolve(inside).normalize();
        if (!file.startsWith(target)) {
            throw new IOException("entry '" + entry.getName() + "' points out of the archive");
        }
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        Files.copy(content, file);
        if (inside.endsWith(".sh")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }
}
