package org.jangbu.chaincode.plugin.jars;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder into which the operator puts jars, looked at whenever a plug-in is wanted that is not loaded. A jar is known by its hash, not by
 * its name. Nothing guards the server against a plug-in, so folder and jars must be their owner's alone to change.
 */
final class PluginFolder {
    private static final int MOST_JARS = 200;
    private static final long LARGEST = 32L << 20;

    /** A file that was changed so lately may change again without a new time. */
    private static final Duration CLOCK_STEP = Duration.ofSeconds(2);

    /** Whoever else may write. */
    private static final Set<PosixFilePermission> OTHERS =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final Path folder;
    private final Map<Path, Hashed> known = new HashMap<>();

    PluginFolder(Path folder) {
        this.folder = folder;
    }

    private record Hashed(FileTime time, long size, String sha256) {}

    /**
     * The bytes of the jar of that hash; empty if there is none.
     *
     * @throws IOException if the folder or that jar cannot be read, or may be changed by others than its owner
     */
    synchronized Optional<byte[]> find(String sha256) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        requireOwnersAlone(folder);
        for (Path jar : jars()) {
            if (hash(jar).equals(Optional.of(sha256))) {
                requireOwnersAlone(jar);
                byte[] bytes = Files.readAllBytes(jar);
                if (HexFormat.of().formatHex(digest().digest(bytes)).equals(sha256)) {
                    return Optional.of(bytes);
                }
            }
        }
        return Optional.empty();
    }

    private static void requireOwnersAlone(Path path) throws IOException {
        @Nullable PosixFileAttributeView posix = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (posix != null && !Collections.disjoint(posix.readAttributes().permissions(), OTHERS)) {
            throw new IOException(path.getFileName() + " may be changed by others than its owner");
        }
    }

    private List<Path> jars() throws IOException {
        List<Path> jars;
        try (Stream<Path> files = Files.list(folder)) {
            jars = files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .limit(MOST_JARS + 1L)
                    .toList();
        }
        if (jars.size() > MOST_JARS) {
            throw new IOException("there are more than " + MOST_JARS + " jars in the folder of plug-ins");
        }
        known.keySet().retainAll(jars);
        return jars;
    }

    private Optional<String> hash(Path jar) {
        try {
            BasicFileAttributes now = Files.readAttributes(jar, BasicFileAttributes.class);
            if (now.size() > LARGEST) {
                PluginLog.LOG.leftOut(String.valueOf(jar.getFileName()), "it has more than " + LARGEST + " bytes");
                return Optional.empty();
            }
            Hashed remembered = known.get(jar);
            if (remembered == null
                    || !remembered.time().equals(now.lastModifiedTime())
                    || remembered.size() != now.size()) {
                remembered = new Hashed(now.lastModifiedTime(), now.size(), hashNow(jar));
                if (now.lastModifiedTime().toInstant().isBefore(Instant.now().minus(CLOCK_STEP))) {
                    known.put(jar, remembered);
                }
            }
            return Optional.of(remembered.sha256());
        } catch (IOException e) {
            PluginLog.LOG.leftOut(String.valueOf(jar.getFileName()), "it cannot be read: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static String hashNow(Path jar) throws IOException {
        MessageDigest digest = digest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(jar), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
