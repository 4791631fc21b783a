package org.jangbu.chaincode.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jangbu.chaincode.packaging.ChaincodePackageException;
import org.jangbu.chaincode.packaging.ServiceEndpoint.ClientKey;
import org.jangbu.chaincode.packaging.ServiceEndpoint.Tls;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TlsTest {
    private static final String PASSWORD = "of-a-test";

    @TempDir
    private static Path folder;

    private static Pem service;
    private static Pem peer;
    private static Pem stranger;

    private record Pem(String certificate, String key) {
        private InputStream certificateStream() {
            return new ByteArrayInputStream(certificate.getBytes(StandardCharsets.US_ASCII));
        }

        private InputStream keyStream() {
            return new ByteArrayInputStream(key.getBytes(StandardCharsets.US_ASCII));
        }

        private Optional<ClientKey> asClient() {
            return Optional.of(new ClientKey(certificate, key));
        }
    }

    @BeforeAll
    static void make_keys() throws Exception {
        service = pair("service", "san=ip:127.0.0.1");
        peer = pair("peer", "san=dns:peer0");
        stranger = pair("stranger", "san=dns:elsewhere");
    }

    /** A key and its own certificate, by the JDK's tool. */
    private static Pem pair(String name, String extension) throws Exception {
        Path file = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        extension,
                        "-validity",
                        "2",
                        "-keystore",
                        file.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD))
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(output).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream stored = Files.newInputStream(file)) {
            keys.load(stored, PASSWORD.toCharArray());
        }
        return new Pem(
                pem("CERTIFICATE", keys.getCertificate(name).getEncoded()),
                pem("PRIVATE KEY", keys.getKey(name, PASSWORD.toCharArray()).getEncoded()));
    }

    private static String pem(String kind, byte[] der) {
        return "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + kind
                + "-----\n";
    }

    private static FakeService started(boolean mutual) throws Exception {
        SslContextBuilder builder = GrpcSslContexts.configure(
                SslContextBuilder.forServer(service.certificateStream(), service.keyStream()), SslProvider.JDK);
        if (mutual) {
            builder.trustManager(peer.certificateStream()).clientAuth(ClientAuth.REQUIRE);
        }
        return FakeService.start(
                builder.build(), (message, to) -> to.onNext(FakeService.completed(message, "secretly")));
    }

    @Test
    void a_service_is_called_over_tls_if_it_is_the_one_that_the_package_trusts() throws Exception {
        try (FakeService tls = started(false)) {
            try (Calls calls = Calls.to(tls.port(), Optional.of(new Tls(service.certificate(), Optional.empty())))) {
                assertThat(calls.call("x")).isEqualTo("secretly");
            }
            try (Calls calls = Calls.to(tls.port(), Optional.of(new Tls(stranger.certificate(), Optional.empty())))) {
                assertThatThrownBy(() -> calls.call("x")).hasMessageContaining("cannot be reached now");
            }
            try (Calls calls = Calls.to(tls.port(), Optional.empty())) {
                assertThatThrownBy(() -> calls.call("x")).hasMessageContaining("cannot be reached now");
            }
        }
    }

    @Test
    void a_certificate_for_another_host_is_not_enough() throws Exception {
        Pem before = service;
        try {
            service = stranger;
            try (FakeService tls = started(false);
                    Calls calls =
                            Calls.to(tls.port(), Optional.of(new Tls(stranger.certificate(), Optional.empty())))) {
                assertThatThrownBy(() -> calls.call("x")).hasMessageContaining("cannot be reached now");
            }
        } finally {
            service = before;
        }
    }

    @Test
    void a_service_that_wants_to_know_who_calls_is_shown_the_packages_key() throws Exception {
        try (FakeService tls = started(true)) {
            try (Calls calls = Calls.to(tls.port(), Optional.of(new Tls(service.certificate(), peer.asClient())))) {
                assertThat(calls.call("x")).isEqualTo("secretly");
            }
            for (Optional<ClientKey> other : List.of(stranger.asClient(), Optional.<ClientKey>empty())) {
                try (Calls calls = Calls.to(tls.port(), Optional.of(new Tls(service.certificate(), other)))) {
                    assertThatThrownBy(() -> calls.call("x")).hasMessageContaining("cannot be reached now");
                }
            }
        }
    }

    @Test
    void keys_that_are_none_are_refused_before_anything_is_dialled() {
        String garbage = pem("CERTIFICATE", new byte[] {1, 2, 3});

        assertThatThrownBy(() -> Calls.to(1, Optional.of(new Tls(garbage, Optional.empty())))
                        .close())
                .isInstanceOf(ChaincodePackageException.class)
                .hasMessageContaining("cannot be used");
    }
}
