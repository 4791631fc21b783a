package org.jangbu.chaincode.java;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** Packs test contracts into a jar of their own. */
final class TestJar {
    private static final Path CLASSES = Path.of("target", "test-classes");

    private TestJar() {}

    /** The classes named, with those nested in them; names are below {@code org.jangbu.testcontracts}. */
    static Path of(Path jar, String... names) throws IOException {
        return in("org/jangbu/testcontracts", jar, names);
    }

    /** The same from another package. */
    static Path in(String folder, Path jar, String... names) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (String name : names) {
                for (Path file : classFiles(folder + "/" + name)) {
                    out.putNextEntry(new JarEntry(CLASSES.relativize(file).toString()));
                    out.write(Files.readAllBytes(file));
                    out.closeEntry();
                }
            }
        }
        return jar;
    }

    private static List<Path> classFiles(String name) throws IOException {
        try (Stream<Path> files = Files.walk(CLASSES)) {
            return files.filter(file -> CLASSES.relativize(file).toString().matches(name + "(\\$.*)?\\.class"))
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
