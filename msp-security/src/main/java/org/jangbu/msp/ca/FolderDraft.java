package org.jangbu.msp.ca;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jangbu.msp.crypto.OwnerOnly;

/** A folder that is there completely or not at all, for its owner alone. It is written beside its place; closed before it is published, nothing is left. */
final class FolderDraft implements AutoCloseable {
    private final Path target;
    private final Path draft;

    private FolderDraft(Path target, Path draft) {
        this.target = target;
        this.draft = draft;
    }

    /** @throws FileAlreadyExistsException if the folder is there: keys are never overwritten */
    static FolderDraft of(Path target) throws IOException {
        requireMissing(target);
        Path parent = target.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IOException(target + " is a root");
        }
        OwnerOnly.createDirectories(parent);
        return new FolderDraft(target, Files.createTempDirectory(parent, ".draft-"));
    }

    static void requireMissing(Path target) throws FileAlreadyExistsException {
        if (Files.exists(target)) {
            throw new FileAlreadyExistsException(target.toString());
        }
    }

    /** @param file may lie in a folder within */
    void write(String file, byte[] content) throws IOException {
        Path path = draft.resolve(file);
        Path parent = path.getParent();
        if (parent != null) {
            OwnerOnly.createDirectories(parent);
        }
        OwnerOnly.write(path, content);
    }

    void publish() throws IOException {
        requireMissing(target);
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        delete(draft);
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> found = Files.walk(folder)) {
            all = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }
}
