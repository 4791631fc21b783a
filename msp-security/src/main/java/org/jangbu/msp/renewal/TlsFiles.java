package org.jangbu.msp.renewal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.crypto.KeyReader;
import org.jangbu.msp.crypto.OwnerOnly;
import org.jangbu.msp.crypto.Pem;
import org.jangbu.msp.crypto.SigningKey;
import org.jangbu.msp.crypto.VerifyingKey;

/**
 * The folder {@code tls} of a node: {@code server.crt}, the certificate and those between it and the root, and {@code server.key}. Two files
 * cannot be replaced at once, so a new pair is first put beside them as a whole, in the folder {@code renewed}; whoever finds that folder
 * moves the pair into place. So whatever a crash has left, there is one pair that fits.
 */
public final class TlsFiles {
    private final Path certificate;
    private final Path key;
    private final Path renewed;
    private final Path draft;
    private final String secret;

    /**
     * @param folder need not be there
     * @param secret of the key, if it is encrypted
     */
    public TlsFiles(Path folder, String secret) {
        this.certificate = folder.resolve("server.crt");
        this.key = folder.resolve("server.key");
        this.renewed = folder.resolve("renewed");
        this.draft = folder.resolve(".renewed");
        this.secret = secret;
    }

    /**
     * Certificate and key that belong together.
     *
     * @param chain the certificate first
     */
    public record Pair(List<X509Certificate> chain, SigningKey key) {
        public Pair {
            chain = List.copyOf(chain);
        }

        /** The certificate itself. */
        public X509Certificate certificate() {
            return chain.get(0);
        }
    }

    /** Whether the node has such files. */
    public boolean exist() {
        return Files.exists(certificate) || Files.exists(renewed);
    }

    /** Finishes what a crash has interrupted. */
    public void settle() throws IOException {
        if (Files.isDirectory(renewed)) {
            WriteStep.all(placing());
        }
    }

    /**
     * Reads the pair, after {@link #settle}.
     *
     * @throws IOException also if the two do not belong together
     */
    public Pair read() throws IOException {
        settle();
        try {
            List<X509Certificate> chain = new ArrayList<>();
            for (Pem block : Pem.blocks(Files.readAllBytes(certificate))) {
                chain.add(CertificateReader.der(block.content().toByteArray()));
            }
            if (chain.isEmpty()) {
                throw new IOException("no certificate in " + certificate);
            }
            OwnerOnly.check(key);
            SigningKey own = KeyReader.read(Files.readAllBytes(key), secret);
            if (!own.belongsTo(VerifyingKey.of(chain.get(0).getPublicKey()))) {
                throw new IOException(key + " does not belong to the certificate in " + certificate);
            }
            return new Pair(chain, own);
        } catch (GeneralSecurityException e) {
            throw new IOException(certificate + " and its key cannot be used: " + e.getMessage(), e);
        }
    }

    /** @throws RenewalException if a new pair could not be written */
    void requireWritable() throws RenewalException {
        if (!Files.isWritable(renewed.getParent())) {
            throw new RenewalException(renewed.getParent() + " cannot be written");
        }
    }

    /** The steps that put another pair in place. */
    List<WriteStep> replacing(Pair pair) throws IOException, RenewalException {
        byte[] keyText;
        try {
            keyText = KeyText.like(Files.readAllBytes(key), pair.key().info(), secret);
        } catch (GeneralSecurityException e) {
            throw new RenewalException("the new key cannot be written", e);
        }
        byte[] chain = pair.chain().stream()
                .map(CertificateReader::pem)
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.US_ASCII);
        List<WriteStep> steps = new ArrayList<>();
        steps.add(() -> OwnerOnly.createDirectories(draft));
        steps.add(WriteStep.draft(draft.resolve("server.key"), keyText));
        steps.add(WriteStep.draft(draft.resolve("server.crt"), chain));
        steps.add(WriteStep.move(draft, renewed));
        steps.addAll(placing());
        return steps;
    }

    private List<WriteStep> placing() {
        return List.of(place(key), place(certificate), () -> Files.deleteIfExists(renewed));
    }

    private WriteStep place(Path file) {
        WriteStep move = WriteStep.move(renewed.resolve(file.getFileName()), file);
        return () -> {
            try {
                move.run();
            } catch (NoSuchFileException e) {
                // It is there already: placed before a crash, or by somebody else who has found the folder meanwhile.
            }
        };
    }
}
