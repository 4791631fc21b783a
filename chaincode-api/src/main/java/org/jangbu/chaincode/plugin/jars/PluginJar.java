package org.jangbu.chaincode.plugin.jars;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The content of a plug-in's jar, unpacked in memory: what was hashed is what is loaded, whatever becomes of the file.
 *
 * @param entries files of the jar by name
 */
record PluginJar(String name, String version, Map<String, byte[]> entries) {
    /** Attributes of the manifest. */
    static final String NAME = "Jangbu-Plugin-Name";

    static final String VERSION = "Jangbu-Plugin-Version";

    private static final int MOST_ENTRIES = 20_000;
    private static final long MOST_BYTES = 128L << 20;

    /**
     * Unpacks a jar.
     *
     * @throws IOException if it is none, unpacks to too much, has an entry twice, or does not say what plug-in it is
     */
    static PluginJar read(byte[] file) throws IOException {
        Map<String, byte[]> entries = new HashMap<>();
        long bytes = 0;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.isDirectory()) {
                    continue;
                }
                byte[] content = read(zip, MOST_BYTES - bytes);
                bytes += content.length;
                if (entries.size() >= MOST_ENTRIES) {
                    throw new IOException("the jar has more than " + MOST_ENTRIES + " files");
                }
                if (entries.put(entry.getName(), content) != null) {
                    throw new IOException("the jar has a file twice");
                }
            }
        }
        Attributes manifest = manifest(entries);
        return new PluginJar(attribute(manifest, NAME), attribute(manifest, VERSION), Map.copyOf(entries));
    }

    private static byte[] read(InputStream in, long most) throws IOException {
        byte[] content = in.readNBytes((int) most);
        if (in.read() >= 0) {
            throw new IOException("the jar unpacks to more than " + MOST_BYTES + " bytes");
        }
        return content;
    }

    private static Attributes manifest(Map<String, byte[]> entries) throws IOException {
        byte[] manifest = entries.get(JarFile.MANIFEST_NAME);
        if (manifest == null) {
            throw new IOException("the jar has no manifest");
        }
        return new Manifest(new ByteArrayInputStream(manifest)).getMainAttributes();
    }

    private static String attribute(Attributes manifest, String name) throws IOException {
        String value = manifest.getValue(name);
        if (value == null) {
            throw new IOException("the jar's manifest has no " + name);
        }
        return value;
    }
}
