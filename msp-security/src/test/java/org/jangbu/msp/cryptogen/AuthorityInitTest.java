package org.jangbu.msp.cryptogen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jangbu.msp.ca.AuthorityFolder;
import org.jangbu.msp.ca.AuthorityProfile;
import org.jangbu.msp.crypto.Curve;
import org.jangbu.msp.crypto.VerifyingKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorityInitTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> environment = new HashMap<>(
            Map.of("JANGBU_IDENTITIES_SECRET", "key secret", "JANGBU_CA_ADMINISTRATOR_SECRET", "admin secret"));
    private final Deque<String> answers = new ArrayDeque<>();

    @TempDir
    Path folder;

    @Test
    void makes_a_root_for_its_owner_alone() throws Exception {
        Path ca = folder.resolve("ca/ca-org1");
        assertThat(run(
                        "root",
                        "--folder=" + ca,
                        "--msp-id=Org1MSP",
                        "--common-name=Org1 Root CA",
                        "--curve=P384",
                        "--port=7054",
                        "--port-default",
                        "--affiliations=org1.a,org1.b"))
                .as(errors())
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8).strip()).isEqualTo(ca.toString());
        AuthorityFolder made = new AuthorityFolder(ca);
        AuthorityProfile profile = made.profile();
        assertThat(profile.name().value()).isEqualTo("ca-org1");
        assertThat(profile.port()).contains(7054);
        assertThat(profile.unnamed()).isTrue();
        assertThat(profile.affiliations()).hasSize(2);
        assertThat(profile.administrator().orElseThrow().secret().isOf("admin secret"))
                .isTrue();
        X509Certificate own = made.certificate("key secret").own();
        assertThat(own.getSubjectX500Principal().getName()).isEqualTo("CN=Org1 Root CA");
        assertThat(VerifyingKey.of(own.getPublicKey()).curve()).isEqualTo(Curve.P384);
        try (Stream<Path> all = Files.walk(folder.resolve("ca"))) {
            for (Path path : all.toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                        .as(path.toString())
                        .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
            }
        }
        assertThat(Files.readString(ca.resolve("ca.properties"))).doesNotContain("admin secret");
    }

    @Test
    void an_intermediate_takes_its_certificate_from_openssl() throws Exception {
        Path ica = folder.resolve("ica-org1");
        assertThat(run("request", "--folder", ica.toString(), "--msp-id", "Org1MSP"))
                .as(errors())
                .isZero();
        String request = out.toString(StandardCharsets.UTF_8).strip();
        Path root = folder.resolve("root.pem");
        Path certificate = folder.resolve("ica.pem");
        openssl("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -sha256 -days 30 -subj /CN=root"
                + " -addext keyUsage=critical,keyCertSign,cRLSign -keyout root.key -out " + root);
        openssl("x509 -req -sha256 -days 20 -copy_extensions copyall -CA root.pem -CAkey root.key -in " + request
                + " -out " + certificate);
        Path chain = folder.resolve("chain.pem");
        Files.writeString(chain, Files.readString(certificate) + Files.readString(root));
        environment.remove("JANGBU_CA_ADMINISTRATOR_SECRET");
        assertThat(run("complete", "--folder=" + ica, "--chain=" + chain))
                .as(errors())
                .isZero();
        AuthorityFolder made = new AuthorityFolder(ica);
        assertThat(made.certificate("key secret")
                        .own()
                        .getSubjectX500Principal()
                        .getName())
                .isEqualTo("CN=ica-org1");
        assertThat(made.profile().administrator().orElseThrow().secret().isOf("admin secret"))
                .isTrue();
        assertThat(Path.of(request)).doesNotExist();
    }

    @Test
    void asks_for_secrets_that_the_environment_does_not_tell() throws Exception {
        environment.clear();
        answers.addAll(List.of("k", "k", "a", "a"));
        Path ca = folder.resolve("ca");
        assertThat(run("root", "--folder=" + ca, "--msp-id=Org1MSP"))
                .as(errors())
                .isZero();
        assertThat(new AuthorityFolder(ca).certificate("k")).isNotNull();
    }

    @Test
    void nothing_is_made_without_secrets() throws Exception {
        environment.remove("JANGBU_CA_ADMINISTRATOR_SECRET");
        Path ca = folder.resolve("ca");
        assertFails("JANGBU_CA_ADMINISTRATOR_SECRET is not set", "root", "--folder=" + ca, "--msp-id=Org1MSP");
        answers.addAll(List.of("one", "other"));
        assertFails("the two answers differ", "root", "--folder=" + ca, "--msp-id=Org1MSP");
        answers.addAll(List.of("", ""));
        assertFails("a secret has 1 to 1024 characters", "request", "--folder=" + ca, "--msp-id=Org1MSP");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void never_overwrites() throws Exception {
        Path ca = Files.createDirectories(folder.resolve("ca"));
        assertFails("is there already", "root", "--folder=" + ca, "--msp-id=Org1MSP");
        assertFails("is there already", "request", "--folder=" + ca, "--msp-id=Org1MSP");
        assertFails("ca.properties is not there", "complete", "--folder=" + folder.resolve("x"), "--chain=" + chain());
    }

    private Path chain() throws Exception {
        return Files.writeString(folder.resolve("chain.pem"), "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--folder=F/.ca --msp-id=Org1MSP | not a name for a CA",
                "--folder=F/ca --msp-id=../x | MSP",
                "--folder=F/ca --msp-id=A --port=70000 | 70000 is no port",
                "--folder=F/ca --msp-id=A --port=x | x",
                "--folder=F/ca --msp-id=A --port-default | has a port",
                "--folder=F/ca --msp-id=A --curve=P521 | P521",
                "--folder=F/ca --msp-id=A --administrator=../x | enrolment id",
                "--folder=F/ca --msp-id=A --affiliations=a.admin | not an affiliation",
                "--folder=F/ca --msp-id=A --max-enrollments=0 | enrolments",
            })
    void tells_what_is_wrong(String line, String reason) throws Exception {
        String[] options = line.replace("F/", folder + "/").split(" ");
        assertFails(reason, Stream.concat(Stream.of("root"), Stream.of(options)).toArray(String[]::new));
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "help",
                "root",
                "root --folder=x",
                "root --msp-id=x",
                "root --folder=x --msp-id=y --secret=z",
                "root --folder=x --msp-id=y --port-default=true",
                "complete --folder=x",
                "complete --folder=x --chain=y --msp-id=z"
            })
    void explains_itself_to_whoever_asks_for_something_else(String line) {
        assertThat(run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(Cryptogen.USAGE_STATUS);
        assertThat(errors()).startsWith("usage:");
    }

    private void assertFails(String reason, String... arguments) {
        err.reset();
        assertThat(run(arguments)).as(errors()).isEqualTo(Cryptogen.FAILED);
        assertThat(errors()).contains(reason);
    }

    private void openssl(String line) throws Exception {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(line.split(" ")));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }

    private int run(String... arguments) {
        return new AuthorityInit(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        new Secrets(environment, prompt -> Optional.ofNullable(answers.poll())),
                        Clock.systemUTC())
                .run(List.of(arguments));
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
