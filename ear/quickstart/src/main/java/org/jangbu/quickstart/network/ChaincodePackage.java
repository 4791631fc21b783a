package org.jangbu.quickstart.network;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/**
 * A chaincode package in Fabric's format: {@code metadata.json} and {@code code.tar.gz}, in one compressed tar archive. The same jar and label give the same
 * bytes, and so the same package id, wherever they are packed.
 *
 * @param label as in Fabric: letters, digits and {@code _.+-}
 */
public record ChaincodePackage(String label, ByteString bytes) {

    /** Packs one jar of a Java contract. */
    public static ChaincodePackage ofJar(String label, Path jar) throws IOException {
        ByteString code = archive(new Entry("src/" + jar.getFileName(), ByteString.copyFrom(Files.readAllBytes(jar))));
        String metadata = "{\"path\":\"\",\"type\":\"java\",\"label\":\"" + label + "\"}";
        return new ChaincodePackage(
                label,
                archive(new Entry("metadata.json", ByteString.copyFromUtf8(metadata)), new Entry("code.tar.gz", code)));
    }

    /** Label and hash, as in Fabric: {@code label:sha256}. */
    public String id() {
        try {
            return label + ":"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ByteString archive(Entry... entries) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(gzip(packed))) {
            for (Entry entry : entries) {
                TarArchiveEntry header = new TarArchiveEntry(entry.name());
                header.setSize(entry.content().size());
                header.setModTime(0);
                tar.putArchiveEntry(header);
                entry.content().writeTo(tar);
                tar.closeArchiveEntry();
            }
        }
        return ByteString.copyFrom(packed.toByteArray());
    }

    private static OutputStream gzip(OutputStream out) throws IOException {
        GzipParameters parameters = new GzipParameters();
        parameters.setModificationTime(0);
        return new GzipCompressorOutputStream(out, parameters);
    }

    private record Entry(String name, ByteString content) {}
}
