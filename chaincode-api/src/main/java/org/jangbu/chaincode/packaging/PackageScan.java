package org.jangbu.chaincode.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads a package from its first byte to its last and says what is wrong with it; takes little memory, however large it is. */
final class PackageScan {
    static final String METADATA = "metadata.json";
    static final String CODE = "code.tar.gz";
    static final int MAX_FILES = 10_000;
    static final long MAX_UNPACKED_BYTES = 512L << 20;
    static final String STATE_FILES = "META-INF/statedb/";
    private static final int MOST_STATE_FILES = 100;
    private static final int MAX_METADATA_BYTES = 64 << 10;

    private final TarGzip.Visitor code;
    private @Nullable PackageMetadata metadata;
    private boolean hasCode;

    private PackageScan(TarGzip.Visitor code) {
        this.code = code;
    }

    /** Checks everything of a package, its code's file names included. */
    static PackageMetadata check(InputStream file) throws ChaincodePackageException {
        return visit(file, (name, content) -> {});
    }

    /**
     * Checks a package and hands over the files of its code.
     *
     * @param code an exception of it is wrapped into the refusal
     */
    static PackageMetadata visit(InputStream file, TarGzip.Visitor code) throws ChaincodePackageException {
        PackageScan scan = new PackageScan(code);
        try {
            TarGzip.read(file, 2, 2L * ChaincodePackage.MAX_BYTES, scan::part);
        } catch (IOException | IllegalArgumentException e) {
            throw new ChaincodePackageException("This is no chaincode package: " + e.getMessage(), e);
        }
        PackageMetadata found = scan.metadata;
        if (found == null || !scan.hasCode) {
            throw new ChaincodePackageException("A package holds " + METADATA + " and " + CODE);
        }
        return found;
    }

    /** One file of a package's code, read within a bound; empty if there is no such file. */
    static Optional<byte[]> codeFile(InputStream file, String wanted, int maxBytes) throws ChaincodePackageException {
        List<byte[]> found = new ArrayList<>(1);
        visit(file, (name, content) -> {
            if (EntryNames.plain(name).equals(wanted)) {
                found.add(content.readNBytes(maxBytes + 1));
            }
        });
        if (!found.isEmpty() && found.get(0).length > maxBytes) {
            throw new ChaincodePackageException(wanted + " has at most " + maxBytes + " bytes");
        }
        return found.stream().findFirst();
    }

    /**
     * The files of a package's code for its state database, by their names below {@code META-INF/statedb}, in order.
     *
     * @throws ChaincodePackageException if there are more than a hundred, or one of more than {@code maxBytes}
     */
    static SortedMap<String, byte[]> stateFiles(InputStream file, int maxBytes) throws ChaincodePackageException {
        SortedMap<String, byte[]> found = new TreeMap<>();
        visit(file, (name, content) -> {
            String plain = EntryNames.plain(name);
            if (!plain.startsWith(STATE_FILES)) {
                return;
            }
            byte[] bytes = content.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw new ChaincodePackageException(EntryNames.quoted(plain) + " has more than " + maxBytes + " bytes");
            }
            found.put(plain.substring(STATE_FILES.length()), bytes);
            if (found.size() > MOST_STATE_FILES) {
                throw new ChaincodePackageException(
                        "There are more than " + MOST_STATE_FILES + " files below " + STATE_FILES);
            }
        });
        return found;
    }

    private void part(String name, InputStream content) throws IOException, ChaincodePackageException {
        switch (name) {
            case CODE -> {
                hasCode = true;
                code(content);
            }
            case METADATA -> metadata = metadata(content);
            default -> throw new ChaincodePackageException("A package holds nothing but " + METADATA + " and " + CODE);
        }
    }

    private void code(InputStream content) throws ChaincodePackageException {
        try {
            TarGzip.read(content, MAX_FILES, MAX_UNPACKED_BYTES, code);
        } catch (IOException | IllegalArgumentException e) {
            throw new ChaincodePackageException(CODE + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static PackageMetadata metadata(InputStream content) throws IOException, ChaincodePackageException {
        byte[] json = content.readNBytes(MAX_METADATA_BYTES + 1);
        if (json.length > MAX_METADATA_BYTES) {
            throw new ChaincodePackageException(METADATA + " has at most " + MAX_METADATA_BYTES + " bytes");
        }
        return PackageMetadata.parse(json);
    }
}
