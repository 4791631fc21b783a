package org.jangbu.chaincode.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which packages the server's operator lets run inside the server: a text file with one package id on each line; {@code #} begins a comment. No file
 * allows none. Read again when it has changed; a line that is no package id makes the whole file invalid, so that a slip of the pen is seen. Thread-safe.
 */
public final class AllowedPackages {
    /** A file that was changed so lately may change again without a new time. */
    private static final Duration CLOCK_STEP = Duration.ofSeconds(2);

    private final Path file;
    private Set<PackageId> allowed = Set.of();
    private @Nullable FileTime readAs;
    private long readSize;

    public AllowedPackages(Path file) {
        this.file = file;
    }

    /**
     * Whether the operator allows a package.
     *
     * @throws IOException if the file cannot be read, or holds a line that is no package id
     */
    public synchronized boolean allows(PackageId id) throws IOException {
        try {
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
