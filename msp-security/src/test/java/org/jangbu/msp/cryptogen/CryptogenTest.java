package org.jangbu.msp.cryptogen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CryptogenTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @Test
    void makes_what_a_file_describes() throws Exception {
        Path config =
                Files.writeString(folder.resolve("config.yaml"), "PeerOrgs: [{Name: Org1, Domain: a.example.com}]");
        Path output = folder.resolve("made");
        assertThat(run("generate", "--config=" + config, "--output", output.toString()))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("a.example.com" + System.lineSeparator());
        assertThat(output.resolve("peerOrganizations/a.example.com/users/Admin@a.example.com/msp/keystore/priv_sk"))
                .exists();
    }

    @Test
    void its_template_makes_fabrics_test_network() throws Exception {
        assertThat(run("showtemplate")).isZero();
        List<OrganizationSpec> shown = CryptoConfig.parse(out.toString(StandardCharsets.UTF_8));
        assertThat(shown)
                .extracting(OrganizationSpec::domain)
                .containsExactly("example.com", "org1.example.com", "org2.example.com");
        Path output = folder.resolve("made");
        assertThat(run("generate", "--output=" + output)).isZero();
        assertThat(output.resolve("ordererOrganizations/example.com/orderers/orderer.example.com/msp/config.yaml"))
                .exists();
    }

    @Test
    void never_overwrites() throws Exception {
        assertThat(run("generate", "--output=" + folder)).isEqualTo(Cryptogen.FAILED);
        assertThat(errors()).contains("is there already");
    }

    @Test
    void tells_what_is_wrong_with_a_file() throws Exception {
        Path config = Files.writeString(folder.resolve("config.yaml"), "PeerOrgs: [{Name: Org1}]");
        assertThat(run("generate", "--config", config.toString(), "--output=" + folder.resolve("made")))
                .isEqualTo(Cryptogen.FAILED);
        assertThat(errors()).contains("config.yaml: PeerOrgs[0].Domain");
        assertThat(folder.resolve("made")).doesNotExist();
        assertThat(run("generate", "--config", folder.resolve("none").toString(), "--output=x"))
                .isEqualTo(Cryptogen.FAILED);
        assertThat(errors()).contains("is not there");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "help",
                "generate --config",
                "generate --config=",
                "generate --input=x",
                "generate x",
                "generate --output=a --output=b",
                "showtemplate x"
            })
    void explains_itself_to_whoever_asks_for_something_else(String line) {
        assertThat(run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(Cryptogen.USAGE_STATUS);
        assertThat(errors()).startsWith("usage:");
    }

    private int run(String... arguments) {
        return new Cryptogen(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        Clock.systemUTC())
                .run(List.of(arguments));
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
