package org.jangbu.chaincode.packaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The packages that are installed on a node: one file each, {@code <label>.<hash>.tgz} as Fabric's peer names them. A package is there whole or not at
 * all, whatever happens while it is written, and its hash is checked again whenever it is read. Thread-safe.
 */
public final class InstalledPackages {
    private static final String SUFFIX = ".tgz";

    private final Path folder;
    private final Path work;
    private final Map<PackageId, Path> unpacked = new ConcurrentHashMap<>();

    /**
     * @param folder where packages are kept; made if it is not there
     * @param work where their code is unpacked; holds nothing that is not in a package, and may be emptied while the server is down
     */
    public InstalledPackages(Path folder, Path work) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.work = Files.createDirectories(work);
    }

    /** Keeps a package; one that is there already stays as it is. */
    public PackageId install(ChaincodePackage chaincode) throws IOException {
        Path target = file(chaincode.id());
        if (Files.exists(target)) {
            return chaincode.id();
        }
        Path temporary = Files.createTempFile(folder, "install-", ".part");
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(chaincode.bytes());
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
        return chaincode.id();
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
        Path file = file(id);
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

    private Path file(PackageId id) {
        return folder.resolve(id.baseName() + SUFFIX);
    }
}
