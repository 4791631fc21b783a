package org.jangbu.msp.expiry;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jangbu.msp.ca.AuthorityName;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.crypto.Pem;

/**
 * The certificates of a server, as they lie in its files now: of each node below {@code jangbu.home/nodes} its MSP and its {@code tls}, of
 * each authority below {@code jangbu.home/ca} its chain, and the key store behind HTTPS.
 */
public final class CertificateFiles {
    /** Who holds the key store. */
    public static final String SERVER = "server";

    private static final int MAX_ENTRIES = 1000;

    private final Path nodes;
    private final Path authorities;
    private final Optional<TlsStore> store;

    /** @param home {@code jangbu.home} */
    public CertificateFiles(Path home, Optional<TlsStore> store) {
        this.nodes = home.resolve("nodes");
        this.authorities = home.resolve("ca");
        this.store = store;
    }

    /** Reads all; what cannot be read is told, and hides nothing else. */
    Found read() {
        Found found = new Found();
        for (Path node : children(nodes, found)) {
            if (Files.isDirectory(node)) {
                readNode(node, found);
            }
        }
        for (Path authority : children(authorities, found)) {
            readAuthority(authority, found);
        }
        store.ifPresent(tls -> readStore(tls, found));
        return found;
    }

    /** All of its chain: it is worth as much as the one that ends first. */
    private static void readAuthority(Path authority, Found found) {
        String name = String.valueOf(authority.getFileName());
        Path chain = authority.resolve("ca-chain.pem");
        if (AuthorityName.isValid(name) && Files.exists(chain)) {
            CertificateKind kind = name.startsWith("tlsca") ? CertificateKind.TLS_CA : CertificateKind.CA;
            readFile(name, kind, chain, found, CertificateReader::all);
        }
    }

    private static void readNode(Path node, Found found) {
        String name = String.valueOf(node.getFileName());
        Path msp = node.resolve("msp");
        readFolder(name, CertificateKind.IDENTITY, msp.resolve("signcerts"), found);
        readFolder(name, CertificateKind.CA, msp.resolve("cacerts"), found);
        readFolder(name, CertificateKind.CA, msp.resolve("intermediatecerts"), found);
        readFolder(name, CertificateKind.TLS_CA, msp.resolve("tlscacerts"), found);
        readFolder(name, CertificateKind.TLS_CA, msp.resolve("tlsintermediatecerts"), found);
        Path tls = node.resolve("tls/server.crt");
        if (Files.exists(tls)) {
            readFile(name, CertificateKind.TLS, tls, found);
        }
    }

    private static void readFolder(String holder, CertificateKind kind, Path folder, Found found) {
        for (Path file : children(folder, found)) {
            if (Files.isRegularFile(file)) {
                readFile(holder, kind, file, found);
            }
        }
    }

    private static void readFile(String holder, CertificateKind kind, Path file, Found found) {
        readFile(holder, kind, file, found, pem -> List.of(CertificateReader.first(pem)));
    }

    private static void readFile(String holder, CertificateKind kind, Path file, Found found, Reading reading) {
        try {
            if (Files.size(file) > Pem.MAX_LENGTH) {
                throw new IOException("too long");
            }
            for (X509Certificate certificate : reading.of(Files.readAllBytes(file))) {
                found.add(holder, kind, certificate);
            }
        } catch (IOException | GeneralSecurityException e) {
            found.unreadable.add(file + ": " + e.getMessage());
        }
    }

    @FunctionalInterface
    private interface Reading {
        List<X509Certificate> of(byte[] pem) throws GeneralSecurityException;
    }

    private static void readStore(TlsStore tls, Found found) {
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(
                    new ByteArrayInputStream(Files.readAllBytes(tls.file())),
                    tls.password().toCharArray());
            for (String alias : Collections.list(keys.aliases())) {
                Certificate certificate = keys.getCertificate(alias);
                if (certificate instanceof X509Certificate own) {
                    found.add(SERVER, keys.isKeyEntry(alias) ? CertificateKind.TLS : CertificateKind.TLS_CA, own);
                }
            }
        } catch (IOException | GeneralSecurityException e) {
            found.unreadable.add(tls.file() + ": " + e.getMessage());
        }
    }

    private static List<Path> children(Path folder, Found found) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().limit(MAX_ENTRIES).toList();
        } catch (IOException e) {
            found.unreadable.add(folder + ": " + e.getMessage());
            return List.of();
        }
    }

    /** The PKCS#12 key store behind the server's HTTPS. Does not print its password. */
    public record TlsStore(Path file, String password) {
        @Override
        public String toString() {
            return file.toString();
        }
    }

    /** What was found. */
    static final class Found {
        final List<CertificateEnd> ends = new ArrayList<>();
        final List<String> unreadable = new ArrayList<>();

        private void add(String holder, CertificateKind kind, X509Certificate certificate) {
            ends.add(new CertificateEnd(
                    holder,
                    kind,
                    certificate.getSubjectX500Principal().getName(),
                    certificate.getNotAfter().toInstant()));
        }
    }
}
