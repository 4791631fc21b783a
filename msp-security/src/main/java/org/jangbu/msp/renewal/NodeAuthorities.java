package org.jangbu.msp.renewal;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.crypto.Pem;

/**
 * Who renews the certificates of a node, as the file {@code renewal.properties} in its folder says: {@code ca.address}, {@code ca.name},
 * {@code tlsca.address}, {@code tlsca.name}, and {@code trust}, the PEM file with the roots that vouch for the authorities' HTTPS, relative to
 * the folder. Whoever is not named renews nothing.
 *
 * @param identities renews the certificate the node signs with
 * @param tls renews the one it shows
 */
public record NodeAuthorities(Optional<CaPlace> identities, Optional<CaPlace> tls) {
    /** Renews nothing. */
    public static final NodeAuthorities NONE = new NodeAuthorities(Optional.empty(), Optional.empty());

    private static final String FILE = "renewal.properties";
    private static final Set<String> KEYS = Set.of("ca.address", "ca.name", "tlsca.address", "tlsca.name", "trust");

    /**
     * Reads the file; {@link #NONE} if there is none.
     *
     * @param node the node's folder
     * @throws IOException if it cannot be understood
     */
    public static NodeAuthorities read(Path node) throws IOException {
        Path file = node.resolve(FILE);
        if (!Files.exists(file)) {
            return NONE;
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
            Set<String> unknown = new TreeSet<>(properties.stringPropertyNames());
            unknown.removeAll(KEYS);
            if (!unknown.isEmpty()) {
                throw new IOException("unknown keys " + unknown + "; known are " + new TreeSet<>(KEYS));
            }
            List<X509Certificate> trust = certificates(
                    node.resolve(properties.getProperty("trust", "").strip()));
            return new NodeAuthorities(place(properties, "ca", trust), place(properties, "tlsca", trust));
        } catch (IOException | IllegalArgumentException | GeneralSecurityException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static Optional<CaPlace> place(Properties properties, String which, List<X509Certificate> trust) {
        String address = properties.getProperty(which + ".address", "").strip();
        return address.isEmpty()
                ? Optional.empty()
                : Optional.of(new CaPlace(
                        URI.create(address),
                        properties.getProperty(which + ".name", "").strip(),
                        trust));
    }

    private static List<X509Certificate> certificates(Path file) throws IOException, GeneralSecurityException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("trust must name a PEM file of certificates");
        }
        if (Files.size(file) > Pem.MAX_LENGTH) {
            throw new IOException(file + " is too long");
        }
        List<X509Certificate> certificates = new ArrayList<>();
        for (Pem block : Pem.blocks(Files.readAllBytes(file))) {
            certificates.add(CertificateReader.der(block.content().toByteArray()));
        }
        if (certificates.isEmpty()) {
            throw new IOException("no certificate in " + file);
        }
        return certificates;
    }

    @Override
    public String toString() {
        return "identities: " + identities.map(CaPlace::toString).orElse("nobody") + ", TLS: "
                + tls.map(CaPlace::toString).orElse("nobody");
    }
}
