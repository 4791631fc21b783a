package org.jangbu.cli.crypto;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jangbu.cli.run.CommandFailure;
import org.jangbu.cli.run.ExitCode;
import org.jangbu.cli.run.InputFile;
import org.jangbu.msp.confidential.ConfidentialException;
import org.jangbu.msp.confidential.ConfidentialMessage;
import org.jangbu.msp.crypto.CertificateReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Encrypts a file. */
@Command(
        name = "encrypt",
        description = "Encrypt a file for the holders of certificates (CMS, AES-256-GCM); OpenSSL reads it.",
        footer = {
            "",
            "Example:",
            "  jangbu encrypt --to alice-cert.pem --to bob-cert.pem --input offer.pdf --output offer.cms"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class EncryptCommand implements Callable<Integer> {
    @Option(
            names = "--to",
            paramLabel = "FILE",
            required = true,
            description = "A recipient's certificate, PEM; may be given many times")
    private List<Path> recipients;

    @Option(names = "--input", paramLabel = "FILE", defaultValue = "-", description = "- is standard input")
    private Path input;

    @Option(names = "--output", paramLabel = "FILE", defaultValue = "-", description = "- is standard output")
    private Path output;

    @Override
    public Integer call() {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Path file : recipients) {
            try {
                certificates.add(CertificateReader.first(InputFile.read(file).toByteArray()));
            } catch (CertificateException e) {
                throw CommandFailure.of(ExitCode.UNUSABLE, file + " holds no certificate: " + e.getMessage(), e);
            }
        }
        try {
            byte[] message = ConfidentialMessage.encrypt(InputFile.read(input).toByteArray(), certificates);
            InputFile.write(output, ByteString.copyFrom(message));
            return ExitCode.OK.number();
        } catch (ConfidentialException e) {
            throw CommandFailure.of(ExitCode.UNUSABLE, String.valueOf(e.getMessage()), e);
        }
    }
}
