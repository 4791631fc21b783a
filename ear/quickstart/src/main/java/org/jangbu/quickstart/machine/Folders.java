package org.jangbu.quickstart.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Whole folders: copied, deleted. */
public final class Folders {

    private Folders() {}

    /** Copies a folder with all in it, permissions included, to a place where nothing is yet. */
    public static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        for (Path source : all(from)) {
            Files.copy(source, to.resolve(from.relativize(source).toString()), StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    /** Deletes a folder with all in it; one that is not there is deleted already. */
    public static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            for (Path path :
                    all(folder).stream().sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static List<Path> all(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.toList();
        }
    }
}
