package org.jangbu.chaincode.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A chaincode package as Fabric's tools make it: a gzip'd tar of {@code metadata.json} and {@code code.tar.gz}, named by the hash of its bytes. Reading
 * refuses what Fabric's peer refuses, and sets bounds where Fabric has none.
 */
public final class ChaincodePackage {
    /** The largest package; Fabric's limit for one message. */
    public static final int MAX_BYTES = 100 << 20;

    private final PackageId id;
    private final PackageMetadata metadata;
    private final byte[] bytes;

    private ChaincodePackage(PackageId id, PackageMetadata metadata, byte[] bytes) {
        this.id = id;
        this.metadata = metadata;
        this.bytes = bytes;
    }

    /** Reads and checks a package, its code's file names included. */
    public static ChaincodePackage read(byte[] bytes) throws ChaincodePackageException {
        if (bytes.length > MAX_BYTES) {
            throw new ChaincodePackageException("A package has at most " + MAX_BYTES + " bytes");
        }
        PackageMetadata metadata = PackageScan.check(new ByteArrayInputStream(bytes));
        return new ChaincodePackage(PackageId.of(metadata.label(), bytes), metadata, bytes.clone());
    }

    /**
     * Packs a contract's jar: the same jar and label always give the same bytes, and so the same id. What the jar holds below {@code
     * META-INF/statedb}, the indexes of its queries, is also put where a peer looks for it.
     */
    public static ChaincodePackage ofJar(String label, Path jar) throws IOException, ChaincodePackageException {
        Path name = jar.getFileName();
        if (name == null) {
            throw new ChaincodePackageException("No jar: " + jar);
        }
        PackageId.of(label, new byte[0]); // refuses a wrong label before it is written
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put(PackageScan.METADATA, new PackageMetadata(PackageMetadata.JAVA, "", label).json());
        Map<String, byte[]> code = new LinkedHashMap<>(stateFiles(jar));
        code.put("src/" + name, Files.readAllBytes(jar));
        parts.put(PackageScan.CODE, TarGzip.write(code));
        return read(TarGzip.write(parts));
    }

    private static SortedMap<String, byte[]> stateFiles(Path jar) throws IOException {
        SortedMap<String, byte[]> found = new TreeMap<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (entry.getName().startsWith(PackageScan.STATE_FILES) && !entry.isDirectory()) {
                    try (InputStream content = zip.getInputStream(entry)) {
                        found.put(entry.getName(), content.readAllBytes());
                    }
                }
            }
        } catch (ZipException e) {
            // No archive, or none that can be read: the peer that is to run it says so.
            return Collections.emptySortedMap();
        }
        return found;
    }

    /**
     * Packs the address of a contract that runs as a service.
     *
     * @param connection the text of {@code connection.json}
     */
    public static ChaincodePackage ofService(String label, String connection)
            throws IOException, ChaincodePackageException {
        PackageId.of(label, new byte[0]); // refuses a wrong label before it is written
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put(PackageScan.METADATA, new PackageMetadata(PackageMetadata.SERVICE, "", label).json());
        parts.put(PackageScan.CODE, TarGzip.write(Map.of(ServiceEndpoint.FILE, connection.getBytes(UTF_8))));
        ChaincodePackage made = read(TarGzip.write(parts));
        ServiceEndpoint.of(made);
        return made;
    }

    public PackageId id() {
        return id;
    }

    public PackageMetadata metadata() {
        return metadata;
    }

    /** One file of the code, read within a bound; empty if there is no such file. */
    Optional<byte[]> codeFile(String wanted, int maxBytes) throws ChaincodePackageException {
        return PackageScan.codeFile(new ByteArrayInputStream(bytes), wanted, maxBytes);
    }

    /** The whole package file. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Unpacks the code into a folder, which is there and empty. */
    public void unpackCode(Path folder) throws IOException, ChaincodePackageException {
        Path root = folder.toAbsolutePath().normalize();
        PackageScan.visit(new ByteArrayInputStream(bytes), (name, content) -> {
            Path file = root.resolve(name).normalize();
            Path parent = file.getParent();
            if (parent == null || !file.startsWith(root) || file.equals(root)) {
                throw new ChaincodePackageException("A file's name leads out of the package: " + name);
            }
            Files.createDirectories(parent);
            Files.copy(content, file);
        });
    }
}
