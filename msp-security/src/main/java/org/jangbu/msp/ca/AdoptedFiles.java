package org.jangbu.msp.ca;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.stream.Stream;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.crypto.OwnerOnly;
import org.jangbu.msp.crypto.Pem;
import org.jangbu.msp.log.CaLog;

/**
 * The folder {@code adopted} beside an authority's key: one certificate in each file {@code *.pem}. All are looked at whenever the authority
 * is opened. A file that cannot be entered is told to the log and keeps nothing else from being entered.
 */
final class AdoptedFiles {
    private static final int MOST = 10_000;

    private final Path folder;

    AdoptedFiles(Path folder) {
        this.folder = folder;
    }

    /** @throws RegistryException if the registry does not answer */
    void enterInto(CertificateAuthority authority) {
        String name = authority.name().value();
        try {
            for (Path file : files()) {
                enter(file, authority, name);
            }
        } catch (IOException e) {
            CaLog.LOG.notAdopted(name, folder.toString(), String.valueOf(e.getMessage()));
        }
    }

    private static void enter(Path file, CertificateAuthority authority, String name) {
        try {
            OwnerOnly.checkUnchangeable(file);
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > Pem.MAX_LENGTH) {
                throw new IOException("not a file, or too long");
            }
            authority.adopt(CertificateReader.only(Files.readAllBytes(file)));
        } catch (CaException | CertificateException | IOException e) {
            CaLog.LOG.notAdopted(name, file.toString(), String.valueOf(e.getMessage()));
        }
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        OwnerOnly.checkUnchangeable(folder);
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> files = entries.filter(file -> file.toString().endsWith(".pem"))
                    .sorted()
                    .limit(MOST + 1L)
                    .toList();
            if (files.size() > MOST) {
                throw new IOException("more than " + MOST + " files");
            }
            return files;
        }
    }
}
