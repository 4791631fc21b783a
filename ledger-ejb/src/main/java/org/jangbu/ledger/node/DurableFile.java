package org.jangbu.ledger.node;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that are there whole or not at all, whatever happens to the machine, and stay once they have been written. */
public final class DurableFile {
    private DurableFile() {}

    /** Writes a file under its name in one step; an unfinished one ends in {@code .draft}, and is overwritten by the next try. */
    public static void write(Path file, byte[] content) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        Files.write(draft, content);
        force(draft, StandardOpenOption.WRITE);
        move(draft, file);
    }

    /** Renames a file within its folder, in one step. */
    static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        force(from.resolveSibling("."), StandardOpenOption.READ);
    }

    private static void force(Path path, StandardOpenOption access) throws IOException {
        try (FileChannel channel = FileChannel.open(path, access)) {
            channel.force(true);
        }
    }
}
