package org.jangbu.quickstart.wildfly;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jangbu.msp.renewal.HttpsStore;
import org.jangbu.msp.renewal.TlsFiles;
import org.jangbu.quickstart.machine.Artifacts;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts that set up WildFly and take it back, run against the real distribution. */
class ServerScriptsTest {
    @TempDir
    static Path folder;

    private static ServerEnvironment environment;
    private static WildFlyInstallation wildfly;

    @BeforeAll
    static void install() throws Exception {
        Path tls = folder.resolve("tls");
        TestCertificate.write(tls);
        Path keyStore = folder.resolve("tls.p12");
        new HttpsStore(keyStore, "secret of the key store").write(new TlsFiles(tls, "").read());
        environment = new ServerEnvironment()
                .serverName("server1")
                .home(folder.resolve("jangbu").toString())
                .database("jdbc:postgresql://127.0.0.1:1/jangbu", "jangbu", "secret of the database")
                .tls(keyStore.toString(), "secret of the key store")
                .identitiesSecret("secret of the identities");
        ServerEnvironment.brokerAccounts()
                .forEach(account -> environment.brokerPassword(account, "secret of " + account));
        wildfly = new WildFlyInstallation(folder.resolve("server"), Artifacts.ofThisBuild());
        wildfly.prepare(environment);
    }

    @Test
    void a_second_run_changes_nothing_and_restoring_brings_back_the_distribution() throws Exception {
        String original = Files.readString(wildfly.originalConfigurationFile());
        String configured = Files.readString(wildfly.configurationFile());
        assertThat(configured)
                .isNotEqualTo(original)
                .contains("LedgerDS", "JangbuConnectionFactory", "micrometer", "jangbu-ca-3");

        wildfly.runScript("configure.cli", environment);
        wildfly.runScript("certificate-authorities.cli", environment);
        assertThat(Files.readString(wildfly.configurationFile())).isEqualTo(configured);

        wildfly.runScript("secret-key.cli", environment);
        String withKey = Files.readString(wildfly.configurationFile());
        assertThat(withKey).contains("jangbu-key.cs", "secret-key-credential-store");
        wildfly.runScript("secret-key.cli", environment);
        assertThat(Files.readString(wildfly.configurationFile())).isEqualTo(withKey);

        for (int run = 1; run <= 2; run++) {
            wildfly.runScript("restore.cli", environment);
            assertThat(Files.readString(wildfly.configurationFile()))
                    .as("restored, run " + run)
                    .isEqualTo(original);
        }
        assertThat(wildfly.folder().resolve("modules/org/postgresql")).doesNotExist();

        wildfly.runScript("configure.cli", environment);
        wildfly.runScript("certificate-authorities.cli", environment);
        if (Artifacts.ofThisBuild().amazonCorretto().isPresent()) {
            wildfly.runScript("amazon-corretto.cli", environment);
        }
        assertThat(Files.readString(wildfly.configurationFile())).isEqualTo(configured);
    }

    @Test
    void an_outside_broker_can_be_taken_and_given_back() throws Exception {
        String configured = Files.readString(wildfly.configurationFile());
        environment.with("JANGBU_BROKER_HOST", "broker.example.com");
        wildfly.runScript("outside-broker.cli", environment);
        String outside = Files.readString(wildfly.configurationFile());
        assertThat(outside).contains("remote-connector").doesNotContain("in-vm-acceptor");
        wildfly.runScript("outside-broker.cli", environment);
        assertThat(Files.readString(wildfly.configurationFile())).isEqualTo(outside);

        wildfly.runScript("restore.cli", environment);
        assertThat(Files.readString(wildfly.configurationFile()))
                .isEqualTo(Files.readString(wildfly.originalConfigurationFile()));
        Files.writeString(wildfly.configurationFile(), configured);
    }

    @Test
    void no_secret_is_written_into_the_configuration() throws Exception {
        List<Path> files;
        try (var walk = Files.walk(wildfly.folder().resolve("standalone/configuration"))) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        assertThat(files)
                .isNotEmpty()
                .allSatisfy(file -> assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .doesNotContain("secret of"));
    }
}
