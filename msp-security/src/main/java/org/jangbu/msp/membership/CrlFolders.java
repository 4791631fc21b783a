package org.jangbu.msp.membership;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.crypto.Pem;
import org.jangbu.msp.log.MspLog;
import org.jspecify.annotations.Nullable;

/**
 * The revocation lists in files below {@code jangbu.home}: {@code crls/} for those of any organisation, and {@code nodes/<node>/msp/crls/}
 * of each node, PEM or DER. Files are looked at again while the server runs, so that a list counts soon after it was put there. A file that
 * cannot be read keeps what it said before: a half-written list must not open a door.
 */
public final class CrlFolders implements RevocationSource {
    /** How long a look at the files is good for. */
    public static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private static final int MOST_FILES = 1_000;

    private final Path home;
    private final LongSupplier nanos;
    private final ReentrantLock looking = new ReentrantLock();
    private Map<Path, Known> files = Map.of();
    private volatile Look last;

    /**
     * Looks for the first time.
     *
     * @param home {@code jangbu.home}
     * @param nanos a clock that never runs backwards, as {@link System#nanoTime}
     */
    public CrlFolders(Path home, LongSupplier nanos) {
        this.home = home;
        this.nanos = nanos;
        this.last = new Look(nanos.getAsLong(), RevocationNews.NONE);
        look();
    }

    /** Whoever comes first after the time is up looks; the others take what is known. */
    @Override
    public RevocationNews current() {
        if (nanos.getAsLong() - last.at() > LOOK_AGAIN.toNanos() && looking.tryLock()) {
            try {
                look();
            } finally {
                looking.unlock();
            }
        }
        return last.news();
    }

    private void look() {
        long now = nanos.getAsLong();
        RevocationNews news = last.news();
        try {
            Map<Path, Known> found = new TreeMap<>();
            for (Path file : paths()) {
                Known known = known(file);
                if (known != null) {
                    found.put(file, known);
                }
            }
            if (!found.equals(files)) {
                news = RevocationNews.of(found.values().stream()
                        .flatMap(known -> known.lists().stream())
                        .toList());
                files = found;
                MspLog.LOG.revocationLists(news.size(), home.toString());
            }
        } catch (IOException e) {
            MspLog.LOG.mspFileIgnored(home.toString(), String.valueOf(e.getMessage()));
        }
        last = new Look(now, news);
    }

    private @Nullable Known known(Path file) {
        Known before = files.get(file);
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            Stamp stamp = new Stamp(attributes.lastModifiedTime(), attributes.size());
            if (before != null && before.stamp().equals(stamp)) {
                return before;
            }
            return read(file, stamp, before);
        } catch (IOException e) {
            MspLog.LOG.mspFileIgnored(file.toString(), String.valueOf(e.getMessage()));
            return before;
        }
    }

    private static Known read(Path file, Stamp stamp, @Nullable Known before) throws IOException {
        if (stamp.size() > Pem.MAX_LENGTH) {
            throw new IOException("longer than " + Pem.MAX_LENGTH + " bytes");
        }
        try {
            return new Known(stamp, parse(Files.readAllBytes(file)));
        } catch (GeneralSecurityException e) {
            MspLog.LOG.mspFileIgnored(file.toString(), "no revocation list: " + e.getMessage());
            return new Known(stamp, before == null ? List.of() : before.lists());
        }
    }

    private static List<X509CRL> parse(byte[] content) throws GeneralSecurityException {
        List<X509CRL> lists = new ArrayList<>();
        for (Pem block : Pem.blocks(content)) {
            if (block.type().equals("X509 CRL")) {
                lists.add(CertificateReader.revocationList(block.content().toByteArray()));
            }
        }
        if (lists.isEmpty()) {
            lists.add(CertificateReader.revocationList(content));
        }
        return lists;
    }

    private List<Path> paths() throws IOException {
        List<Path> paths = new ArrayList<>(children(home.resolve("crls")));
        for (Path node : children(home.resolve("nodes"))) {
            paths.addAll(children(node.resolve("msp").resolve("crls")));
        }
        return paths.stream().filter(Files::isRegularFile).limit(MOST_FILES).toList();
    }

    private static List<Path> children(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().limit(MOST_FILES).toList();
        }
    }

    private record Stamp(FileTime modified, long size) {}

    private record Known(Stamp stamp, List<X509CRL> lists) {}

    private record Look(long at, RevocationNews news) {}
}
