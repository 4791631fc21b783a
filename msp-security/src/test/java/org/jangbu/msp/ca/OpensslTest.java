package org.jangbu.msp.ca;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jangbu.msp.crypto.CertificateReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenSSL reads what we issue and comes to the same verdicts. */
class OpensslTest extends AuthorityTest {
    @TempDir
    Path folder;

    @Override
    AuthorityCertificate newRoot() throws Exception {
        // OpenSSL judges by the wall clock.
        clock.advance(java.time.Duration.between(clock.instant(), java.time.Instant.now()));
        return super.newRoot();
    }

    @Test
    void certificates_say_what_they_should() throws Exception {
        Client user = newClient("user1", "client", "org1.department1", inCertificate("a", "1"));
        Path file = write("user.pem", CertificateReader.pem(user.certificate()));
        String text = openssl("x509", "-noout", "-text", "-nameopt", "RFC2253", "-in", file.toString());
        assertThat(text)
                .contains("Issuer: CN=ca.org1.example.com")
                .contains("Subject: CN=user1,OU=department1,OU=org1,OU=client")
                .contains("Signature Algorithm: ecdsa-with-SHA256")
                .contains("NIST CURVE: P-256")
                .contains("X509v3 Key Usage: critical")
                .contains("Digital Signature")
                .contains("CA:FALSE")
                .contains("X509v3 Subject Key Identifier")
                .contains("X509v3 Authority Key Identifier")
                .contains("1.2.3.4.5.6.7.8.1")
                .contains("\"hf.EnrollmentID\":\"user1\"");
        String serial = openssl("x509", "-noout", "-serial", "-in", file.toString());
        assertThat(serial.strip())
                .isEqualToIgnoringCase(
                        "serial=" + user.certificate().getSerialNumber().toString(16));
    }

    @Test
    void chains_hold_and_break_where_they_should() throws Exception {
        Client user = newClient("user1", "client", "org1");
        Path root = write("root.pem", certificate.pem());
        Path file = write("user.pem", CertificateReader.pem(user.certificate()));
        assertThat(openssl("verify", "-x509_strict", "-CAfile", root.toString(), file.toString()))
                .contains("user.pem: OK");
        CallerSession.Revoked revoked =
                admin.call(session -> session.revoke(new RevocationRequest("user1", "", "", "superseded", true)));
        Path list = write("list.pem", revoked.list());
        assertThat(openssl("crl", "-noout", "-text", "-CAfile", root.toString(), "-in", list.toString()))
                .contains("verify OK")
                .contains("Superseded")
                .contains("X509v3 CRL Number")
                .containsIgnoringCase(user.certificate().getSerialNumber().toString(16));
        assertThat(openssl(
                        "verify",
                        "-crl_check",
                        "-CAfile",
                        root.toString(),
                        "-CRLfile",
                        list.toString(),
                        file.toString()))
                .contains("certificate revoked");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text, StandardCharsets.US_ASCII);
    }

    private static String openssl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
