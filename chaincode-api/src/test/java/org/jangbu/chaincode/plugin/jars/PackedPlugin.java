package org.jangbu.chaincode.plugin.jars;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jangbu.chaincode.plugin.EndorsementPlugin;
import org.jangbu.chaincode.plugin.ValidationPlugin;
import org.jangbu.testplugins.Whims;

/** A jar of test plug-ins, by default {@link Whims} as {@code whims:1.0}. */
final class PackedPlugin {
    private static final Path CLASSES = Path.of("target", "test-classes");

    private final Map<String, byte[]> files = new LinkedHashMap<>();

    PackedPlugin() {
        manifest("whims", "1.0");
        provides(EndorsementPlugin.class, Whims.class);
        provides(ValidationPlugin.class, Whims.class);
        with("words.txt", "words of the jar");
    }

    PackedPlugin manifest(String name, String version) {
        return with(
                "META-INF/MANIFEST.MF",
                "Manifest-Version: 1.0\nJangbu-Plugin-Name: " + name + "\nJangbu-Plugin-Version: " + version + "\n\n");
    }

    PackedPlugin provides(Class<?> kind, Class<?>... providers) {
        return with(
                "META-INF/services/" + kind.getName(),
                Stream.of(providers).map(provider -> provider.getName() + "\n").reduce("", String::concat));
    }

    PackedPlugin with(String name, String text) {
        return with(name, text.getBytes(UTF_8));
    }

    PackedPlugin with(String name, byte[] content) {
        files.put(name, content);
        return this;
    }

    PackedPlugin without(String name) {
        files.remove(name);
        return this;
    }

    byte[] bytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes);
                Stream<Path> classes = Files.walk(CLASSES.resolve("org/jangbu/testplugins"))) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(entry(file.getKey()));
                zip.write(file.getValue());
            }
            for (Path file : classes.filter(Files::isRegularFile).sorted().toList()) {
                zip.putNextEntry(entry(CLASSES.relativize(file).toString()));
                zip.write(Files.readAllBytes(file));
            }
        }
        return bytes.toByteArray();
    }

    /** Writes the jar into a folder; what a definition would call it. */
    PluginReference into(Path folder, String file) throws IOException {
        byte[] bytes = bytes();
        Files.write(Files.createDirectories(folder).resolve(file), bytes);
        return new PluginReference("whims", "1.0", sha256(bytes));
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ZipEntry entry(String name) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(0);
        return entry;
    }
}
