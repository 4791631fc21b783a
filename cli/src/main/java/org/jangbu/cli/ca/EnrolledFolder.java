package org.jangbu.cli.ca;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import org.jangbu.cli.run.CommandFailure;
import org.jangbu.cli.run.ExitCode;
import org.jangbu.cli.run.InputFile;
import org.jangbu.model.Sha256;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.crypto.OwnerOnly;
import org.jangbu.msp.crypto.Pem;

/** Writes what an authority has issued into an MSP folder: the key first, readable by its owner alone, then certificates. */
final class EnrolledFolder {
    private final Path folder;

    EnrolledFolder(Path folder) {
        this.folder = folder;
    }

    /** Keeps a key that nothing has been issued for yet: if the enrolment is lost on the way, the key is not. */
    void keep(KeyPair keys) {
        try {
            Path keystore = folder.resolve("keystore");
            OwnerOnly.createDirectories(keystore);
            byte[] pem = new Pem(
                            "PRIVATE KEY", ByteString.copyFrom(keys.getPrivate().getEncoded()))
                    .text()
                    .getBytes(StandardCharsets.US_ASCII);
            String name = HexFormat.of()
                    .formatHex(Sha256.of(ByteString.copyFrom(keys.getPublic().getEncoded()))
                            .toByteArray());
            OwnerOnly.write(keystore.resolve(name + "_sk"), pem);
        } catch (IOException e) {
            throw CommandFailure.of(ExitCode.UNUSABLE, "the key cannot be written: " + e.getMessage(), e);
        }
    }

    /** The certificate of the key, which must be for it. */
    Path certificate(byte[] pem, KeyPair keys) {
        try {
            X509Certificate certificate = CertificateReader.only(pem);
            if (!certificate.getPublicKey().equals(keys.getPublic())
                    && !java.util.Arrays.equals(
                            certificate.getPublicKey().getEncoded(),
                            keys.getPublic().getEncoded())) {
                throw new GeneralSecurityException("it is for another key");
            }
            return write("signcerts", "cert.pem", CertificateReader.pem(certificate));
        } catch (GeneralSecurityException e) {
            throw CommandFailure.of(
                    ExitCode.UNUSABLE, "the authority's certificate cannot be used: " + e.getMessage(), e);
        }
    }

    /** The authority's own certificates: those that sign themselves are roots. */
    void authorities(byte[] chain, String name) {
        try {
            List<X509Certificate> certificates = CertificateReader.all(chain);
            if (certificates.isEmpty()) {
                throw new CertificateException("none");
            }
            StringBuilder roots = new StringBuilder();
            StringBuilder others = new StringBuilder();
            for (X509Certificate certificate : certificates) {
                boolean root = certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
                (root ? roots : others).append(CertificateReader.pem(certificate));
            }
            if (!roots.isEmpty()) {
                write("cacerts", name + ".pem", roots.toString());
            }
            if (!others.isEmpty()) {
                write("intermediatecerts", name + ".pem", others.toString());
            }
        } catch (CertificateException e) {
            throw CommandFailure.of(
                    ExitCode.UNUSABLE, "the authority's own certificates cannot be read: " + e.getMessage(), e);
        }
    }

    /** A list of what the authority has revoked. */
    Path revocations(byte[] list, String name) {
        return write("crls", name + ".pem", new String(list, StandardCharsets.US_ASCII));
    }

    private Path write(String sub, String name, String content) {
        Path target = folder.resolve(sub);
        try {
            Files.createDirectories(target);
        } catch (IOException e) {
            throw CommandFailure.of(ExitCode.UNUSABLE, target + " cannot be made: " + e.getMessage(), e);
        }
        InputFile.write(target.resolve(name), ByteString.copyFromUtf8(content));
        return target.resolve(name);
    }
}
