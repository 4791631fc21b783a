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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A text file in which the server's operator lists what is allowed, one a line; {@code #} begins a comment. No file allows nothing. Read again when it
 * has changed; one line that is wrong makes the whole file invalid, so that a slip of the pen is seen. Thread-safe.
 */
final class OperatorsList<T> {
    /** A file that was changed so lately may change again without a new time. */
    private static final Duration CLOCK_STEP = Duration.ofSeconds(2);

    private final Path file;
    private final Function<String, T> line;
    private Set<T> listed = Set.of();
    private @Nullable FileTime readAs;
    private long readSize;

    /** @param line reads a line, or throws {@link IllegalArgumentException} */
    OperatorsList(Path file, Function<String, T> line) {
        this.file = file;
        this.line = line;
    }

    synchronized boolean contains(T wanted) throws IOException {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            boolean settled =
                    now.lastModifiedTime().toInstant().isBefore(Instant.now().minus(CLOCK_STEP));
            if (!settled || !now.lastModifiedTime().equals(readAs) || now.size() != readSize) {
                listed = read();
                readAs = now.lastModifiedTime();
                readSize = now.size();
            }
        } catch (NoSuchFileException e) {
            listed = Set.of();
            readAs = null;
        }
        return listed.contains(wanted);
    }

    private Set<T> read() throws IOException {
        Set<T> found = new HashSet<>();
        int number = 0;
        for (String text : Files.readAllLines(file, UTF_8)) {
            number++;
            String entry = text.replaceFirst("#.*", "").strip();
            if (!entry.isEmpty()) {
                found.add(parse(entry, number));
            }
        }
        return Set.copyOf(found);
    }

    private T parse(String entry, int number) throws IOException {
        try {
            return line.apply(entry);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ", line " + number + ": " + e.getMessage(), e);
        }
    }
}
