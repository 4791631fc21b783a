package org.jangbu.chaincode.packaging;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The packages that are installed on a node: one file each, {@code <label>.<hash>.tgz} as Fabric's peer names them. A package is there whole or not at
 * all, whatever happens while it is written, and its hash is checked again whenever it is read. Thread-safe.
 */
public final class InstalledPackages {
    private static final String SUFFIX = ".tgz";
    static final String UNFINISHED_PREFIX = "install-";
    static final String UNFINISHED_SUFFIX = ".part";

    private final Path folder;
    private final Path work;
    private final IncomingPackage.Opening opening;
    private final Map<PackageId, Path> unpacked = new ConcurrentHashMap<>();

    /**
     * Removes what installations left behind that did not come to their end; so there may be one of these for a folder at a time.
     *
     * @param folder where packages are kept; made if it is not there
     * @param work where their code is unpacked; holds nothing that is not in a package, and may be emptied while the server is down
     */
    public InstalledPackages(Path folder, Path work) throws IOException {
        this(folder, work, IncomingPackage.UsualFile::open);
    }

    InstalledPackages(Path folder, Path work, IncomingPackage.Opening opening) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.work = Files.createDirectories(work);
        this.opening = opening;
        removeUnfinished();
    }

    /** Keeps a package; one that is there already stays as it is. */
    public PackageId install(ChaincodePackage chaincode) throws IOException {
        try (IncomingPackage incoming = take(new ByteArrayInputStream(chaincode.bytes()), ChaincodePackage.MAX_BYTES)) {
            incoming.keep();
            return incoming.id();
        } catch (ChaincodePackageException e) {
            throw new IllegalStateException("it was a package when it was read", e);
        }
    }

    /**
     * Takes a package as it comes, with little memory; it is installed once it is kept.
     *
     * @param source stays open
     * @param maxBytes most bytes of it
     * @throws PackageSourceException if the source fails or has more bytes
     * @throws IOException if it cannot be written here
     */
    public IncomingPackage take(InputStream source, long maxBytes) throws IOException, ChaincodePackageException {
        return IncomingPackage.take(folder, source, maxBytes, opening);
    }

    /** Whether a package is there; its file is not looked into. */
    public boolean has(PackageId id) {
        return Files.exists(file(folder, id));
    }

    /**
     * The bytes of a package, for its reader to close. Empty if it is not installed.
     *
     * @throws IOException also if its file is not what its name says
     */
    public Optional<InputStream> open(PackageId id) throws IOException {
        Path file = file(folder, id);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        MessageDigest digest = PackageId.digest();
        try (InputStream bytes = Files.newInputStream(file)) {
            bytes.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        }
        PackageId found = PackageId.ofDigest(id.label(), digest.digest());
        if (!found.equals(id)) {
            throw new IOException("The file of package " + id + " was changed: its bytes are those of " + found);
        }
        return Optional.of(Files.newInputStream(file));
    }

    private void removeUnfinished() throws IOException {
        try (DirectoryStream<Path> unfinished =
                Files.newDirectoryStream(folder, UNFINISHED_PREFIX + "*" + UNFINISHED_SUFFIX)) {
            for (Path file : unfinished) {
                Files.delete(file);
            }
        }
    }

    /** All of them, by label and hash. */
    public List<PackageId> list() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(PackageId::isFileName)
                    .map(PackageId::ofFileName)
                    .sorted(Comparator.comparing(PackageId::toString))
                    .toList();
        }
    }

    /**
     * Reads a package.
     *
     * @throws IOException if its file is not what its name says
     */
    public Optional<ChaincodePackage> get(PackageId id) throws IOException {
        Path file = file(folder, id);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            ChaincodePackage found = ChaincodePackage.read(Files.readAllBytes(file));
            if (!found.id().equals(id)) {
                throw new IOException(
                        "The file of package " + id + " was changed: its bytes are those of " + found.id());
            }
            return Optional.of(found);
        } catch (ChaincodePackageException e) {
            throw new IOException("The file of package " + id + " was changed: " + e.getMessage(), e);
        }
    }

    /** A folder with the package's code; unpacked anew once after each start, so that nothing else can slip in. Empty if it is not installed. */
    public Optional<Path> code(PackageId id) throws IOException {
        Optional<ChaincodePackage> found = unpacked.containsKey(id) ? Optional.empty() : get(id);
        if (found.isPresent()) {
            try {
                unpacked.computeIfAbsent(id, wanted -> unpack(found.get()));
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }
        return Optional.ofNullable(unpacked.get(id));
    }

    /**
     * The files of a package's code for its state database, by their names below {@code META-INF/statedb}; none if it is not installed.
     *
     * @param maxBytes most bytes of one of them
     */
    public SortedMap<String, byte[]> stateFiles(PackageId id, int maxBytes)
            throws IOException, ChaincodePackageException {
        Optional<InputStream> file = open(id);
        if (file.isEmpty()) {
            return Collections.emptySortedMap();
        }
        try (InputStream bytes = new BufferedInputStream(file.get())) {
            return PackageScan.stateFiles(bytes, maxBytes);
        }
    }

    private Path unpack(ChaincodePackage chaincode) {
        Path target = work.resolve(chaincode.id().baseName());
        try {
            delete(target);
            chaincode.unpackCode(Files.createDirectories(target));
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ChaincodePackageException e) {
            throw new UncheckedIOException(new IOException(e.getMessage(), e));
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    static Path file(Path folder, PackageId id) {
        return folder.resolve(id.baseName() + SUFFIX);
    }
}
