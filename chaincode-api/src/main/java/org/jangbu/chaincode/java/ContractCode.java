package org.jangbu.chaincode.java;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The class files of one container: a jar, or a folder of classes. Signatures of jars are not looked at, since the guard changes every class; what may
 * run is decided by package id before.
 */
sealed interface ContractCode extends Closeable {
    String CLASS = ".class";

    /** The bytes of an entry, or null if there is none. */
    byte @Nullable [] read(String entry) throws IOException;

    /** The entries that are class files. */
    List<String> classEntries() throws IOException;

    URL url();

    /** Opens a jar, a folder of classes, or a folder that holds jars at any depth; a folder may be both. */
    static List<ContractCode> open(Path path) throws IOException {
        List<ContractCode> found = new ArrayList<>();
        try {
            if (Files.isDirectory(path)) {
                found.add(new Folder(path));
                for (Path jar : jarsUnder(path)) {
                    found.add(Jar.open(jar));
                }
            } else {
                found.add(Jar.open(path));
            }
            return found;
        } catch (IOException | RuntimeException e) {
            closeAll(found);
            throw e;
        }
    }

    static void closeAll(List<ContractCode> containers) throws IOException {
        for (ContractCode container : containers) {
            container.close();
        }
    }

    private static List<Path> jarsUnder(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar") && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        }
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A jar, with the entries for this Java release where it holds several. */
    record Jar(Path path, JarFile file) implements ContractCode {
        static Jar open(Path path) throws IOException {
            return new Jar(path, new JarFile(path.toFile(), false, ZipFile.OPEN_READ, JarFile.runtimeVersion()));
        }

        @Override
        public byte @Nullable [] read(String entry) throws IOException {
            ZipEntry found = file.getEntry(entry);
            if (found == null) {
                return null;
            }
            try (InputStream in = file.getInputStream(found)) {
                return in.readAllBytes();
            }
        }

        @Override
        public List<String> classEntries() {
            return file.versionedStream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(CLASS) && !name.startsWith("META-INF/"))
                    .toList();
        }

        @Override
        public URL url() {
            return ContractCode.url(path);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    /** A folder of classes. */
    record Folder(Path root) implements ContractCode {
        @Override
        public byte @Nullable [] read(String entry) throws IOException {
            Path file = root.resolve(entry);
            return Files.isRegularFile(file) ? Files.readAllBytes(file) : null;
        }

        @Override
        public List<String> classEntries() throws IOException {
            try (Stream<Path> files = Files.walk(root)) {
                return files.map(file -> root.relativize(file).toString().replace('\\', '/'))
                        .filter(name -> name.endsWith(CLASS))
                        .toList();
            }
        }

        @Override
        public URL url() {
            return ContractCode.url(root);
        }

        @Override
        public void close() {}
    }
}
