package org.jangbu.msp.renewal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jangbu.msp.crypto.OwnerOnly;

/**
 * One of the steps in which files are replaced. The server may die before and after each: whatever order a renewal chooses, what lies there
 * between two steps must be enough for a node to start.
 */
@FunctionalInterface
interface WriteStep {
    void run() throws IOException;

    /** Takes all steps. */
    static void all(List<WriteStep> steps) throws IOException {
        for (WriteStep step : steps) {
            step.run();
        }
    }

    /** Writes a file that nobody reads yet, its owner's alone, in place of what an earlier attempt has left. */
    static WriteStep draft(Path draft, byte[] content) {
        return () -> {
            Files.deleteIfExists(draft);
            OwnerOnly.write(draft, content);
        };
    }

    /** Puts a draft, file or folder, where it belongs: at once, and for good. */
    static WriteStep move(Path draft, Path place) {
        return () -> {
            Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE);
            Path folder = place.toAbsolutePath().getParent();
            if (folder != null) {
                force(folder);
            }
        };
    }

    /** Makes the names in a folder outlast a power failure, where the system has a way to ask for it. */
    private static void force(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
