package org.jangbu.chaincode.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A chaincode package as Fabric's tools make it: a gzip'd tar of {@code metadata.json} and {@code code.tar.gz}, named by the hash of its bytes. Reading
 * refuses what Fabric's peer refuses, and sets bounds where Fabric has none.
 */
public final class ChaincodePackage {
    /** The largest package; Fabric's limit for one message. */
    public static final int MAX_BYTES = 100 << 20;

    private static final long MAX_UNPACKED_BYTES = 512L << 20;
    private static final int MAX_FILES = 10_000;
    private static final int MAX_METADATA_BYTES = 64 << 10;
    private static final String METADATA = "metadata.json";
    private static final String CODE = "code.tar.gz";

    private final PackageId id;
    private final PackageMetadata metadata;
    private final byte[] bytes;
    private final byte[] code;

    private ChaincodePackage(PackageId id, PackageMetadata metadata, byte[] bytes, byte[] code) {
        this.id = id;
        this.metadata = metadata;
        this.bytes = bytes;
        this.code = code;
    }

    /** Reads and checks a package, its code's file names included. */
    public static ChaincodePackage read(byte[] bytes) throws ChaincodePackageException {
        if (bytes.length > MAX_BYTES) {
            throw new ChaincodePackageException("A package has at most " + MAX_BYTES + " bytes");
        }
        try {
            Map<String, byte[]> parts = new HashMap<>();
            TarGzip.read(bytes, 2, 2L * MAX_BYTES, (name, content) -> parts.put(name, part(name, content)));
            byte[] json = parts.get(METADATA);
            byte[] code = parts.get(CODE);
            if (json == null || code == null) {
                throw new ChaincodePackageException("A package holds " + METADATA + " and " + CODE);
            }
            PackageMetadata metadata = PackageMetadata.parse(json);
            TarGzip.read(code, MAX_FILES, MAX_UNPACKED_BYTES, (name, content) -> {});
            return new ChaincodePackage(PackageId.of(metadata.label(), bytes), metadata, bytes.clone(), code);
        } catch (IOException | IllegalArgumentException e) {
            throw new ChaincodePackageException("This is no chaincode package: " + e.getMessage(), e);
        }
    }

    private static byte[] part(String name, InputStream content) throws IOException, ChaincodePackageException {
        if (name.equals(CODE)) {
            return content.readNBytes(MAX_BYTES);
        }
        if (!name.equals(METADATA)) {
            throw new ChaincodePackageException("A package holds nothing but " + METADATA + " and " + CODE);
        }
        byte[] json = content.readNBytes(MAX_METADATA_BYTES + 1);
        if (json.length > MAX_METADATA_BYTES) {
            throw new ChaincodePackageException(METADATA + " has at most " + MAX_METADATA_BYTES + " bytes");
        }
        return json;
    }

    /** Packs a contract's jar: the same jar and label always give the same bytes, and so the same id. */
    public static ChaincodePackage ofJar(String label, Path jar) throws IOException, ChaincodePackageException {
        Path name = jar.getFileName();
        if (name == null) {
            throw new ChaincodePackageException("No jar: " + jar);
        }
        PackageId.of(label, new byte[0]); // refuses a wrong label before it is written
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put(METADATA, new PackageMetadata(PackageMetadata.JAVA, "", label).json());
        parts.put(CODE, TarGzip.write(Map.of("src/" + name, Files.readAllBytes(jar))));
        return read(TarGzip.write(parts));
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
        parts.put(METADATA, new PackageMetadata(PackageMetadata.SERVICE, "", label).json());
        parts.put(CODE, TarGzip.write(Map.of(ServiceEndpoint.FILE, connection.getBytes(UTF_8))));
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
        List<byte[]> found = new ArrayList<>();
        try {
            TarGzip.read(code, MAX_FILES, MAX_UNPACKED_BYTES, (name, content) -> {
                if (Path.of(name).normalize().equals(Path.of(wanted))) {
                    found.add(content.readNBytes(maxBytes + 1));
                }
            });
        } catch (IOException e) {
            throw new ChaincodePackageException("The code of " + id + " cannot be read: " + e.getMessage(), e);
        }
        if (found.size() > 1) {
            throw new ChaincodePackageException("A file is there twice: " + wanted);
        }
        if (!found.isEmpty() && found.get(0).length > maxBytes) {
            throw new ChaincodePackageException(wanted + " has at most " + maxBytes + " bytes");
        }
        return found.stream().findFirst();
    }

    /** The whole package file. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Unpacks the code into a folder, which is there and empty. */
    public void unpackCode(Path folder) throws IOException, ChaincodePackageException {
        Path root = folder.toAbsolutePath().normalize();
        TarGzip.read(code, MAX_FILES, MAX_UNPACKED_BYTES, (name, content) -> {
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
