package org.jangbu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.common.ConfigUpdate;
import org.hyperledger.fabric.protos.common.ConfigUpdateEnvelope;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Payload;
import org.jangbu.cli.run.ExitCode;
import org.jangbu.ledger.channel.ConfigDifference;
import org.jangbu.model.ChannelId;
import org.jangbu.model.ParsedEnvelope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What commands do without a server, and what they say when they cannot. */
class CommandsTest {
    @TempDir
    Path folder;

    @Test
    void every_command_has_a_description_and_shows_an_example() {
        for (CommandLine leaf : leaves(Jangbu.commandLine())) {
            assertThat(leaf.getUsageMessage())
                    .as(leaf.getCommandSpec().qualifiedName())
                    .contains("Example:", "--help", "jangbu ");
        }
    }

    @Test
    void the_help_names_every_exit_code() {
        String help = Run.of("--help").out();
        for (ExitCode code : ExitCode.values()) {
            assertThat(help.replaceAll("\\s+", " ")).contains(code.number() + " " + code.meaning());
        }
    }

    @Test
    void completion_knows_the_commands() {
        assertThat(Run.of("generate-completion").out()).contains("signconfigtx", "approveformyorg", "compute_update");
    }

    @Test
    void what_is_not_understood_is_two_and_what_cannot_be_read_is_four() {
        assertThat(Run.of("channel", "fetch").code()).isEqualTo(2);
        assertThat(Run.of("channel", "list", "--server", "ftp://x", "--user", "a")
                        .code())
                .isEqualTo(2);
        assertThat(Run.of("configtxlator", "proto_decode", "--type", "common.Blok", "--input", "x")
                        .code())
                .isEqualTo(2);
        assertThat(Run.of("configtxlator", "proto_decode", "--type", "common.Block", "--input", path("none"))
                        .code())
                .isEqualTo(4);
        assertThat(Run.of("chaincode", "package", path("c.tgz"), "-p", path("none"), "--label", "a")
                        .code())
                .isEqualTo(4);
    }

    @Test
    void a_password_does_not_go_to_another_machine_in_the_clear() throws Exception {
        Path password = Files.writeString(folder.resolve("pw"), "secret\n");

        Run run = Run.of(
                "channel",
                "list",
                "--server",
                "http://192.0.2.1:8080",
                "--user",
                "a",
                "--password-file",
                password.toString());

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("use https").doesNotContain("secret");
    }

    @Test
    void where_nobody_answers_the_code_is_three_and_json_says_so() throws Exception {
        Path password = Files.writeString(folder.resolve("pw"), "secret\n");
        int port;
        try (ServerSocket closed = new ServerSocket()) {
            closed.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            port = closed.getLocalPort();
        }

        Run run = Run.of(
                "channel",
                "list",
                "--server",
                "http://127.0.0.1:" + port,
                "--user",
                "a",
                "--password-file",
                password.toString(),
                "-O",
                "json");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("\"exitCode\": 3").doesNotContain("secret");
    }

    @Test
    void secrets_are_refused_on_the_command_line() {
        assertThat(Run.of("ca", "enroll", "-u", "https://admin:adminpw@localhost:7054")
                        .err())
                .contains("can be seen by others")
                .doesNotContain("adminpw");
    }

    @Test
    void the_same_files_give_the_same_package_id_wherever_and_whenever_they_lie() throws Exception {
        Path first = code(
                folder.resolve("first"),
                List.of("contract.jar", "lib/other.jar", "META-INF/statedb/couchdb/indexes/i.json"));
        Path second = code(
                folder.resolve("second"),
                List.of("META-INF/statedb/couchdb/indexes/i.json", "lib/other.jar", "contract.jar"));
        Files.setLastModifiedTime(second.resolve("contract.jar"), java.nio.file.attribute.FileTime.fromMillis(1));

        String one = packaged(first);
        String two = packaged(second);

        assertThat(one).startsWith("pay_1.0:").isEqualTo(two);
        assertThat(Run.of("chaincode", "calculatepackageid", path("p.tgz"))
                        .out()
                        .strip())
                .isEqualTo(one);
    }

    @Test
    void packages_of_other_things_are_refused() throws Exception {
        Path sources = code(folder.resolve("sources"), List.of("Contract.java"));
        assertThat(Run.of("chaincode", "package", path("p.tgz"), "-p", sources.toString(), "--label", "a")
                        .err())
                .contains("no jar");
        Path connection = Files.writeString(folder.resolve("connection.json"), "{\"address\": \"nowhere\"}");
        assertThat(Run.of(
                                "chaincode",
                                "package",
                                path("p.tgz"),
                                "-l",
                                "ccaas",
                                "-p",
                                connection.toString(),
                                "--label",
                                "a")
                        .err())
                .contains("host:port");
        Path jar = code(folder.resolve("one"), List.of("c.jar"));
        assertThat(Run.of("chaincode", "package", path("p.tgz"), "-p", jar.toString(), "--label", "a b")
                        .code())
                .isEqualTo(4);
        assertThat(Files.exists(folder.resolve("p.tgz"))).isFalse();
    }

    @Test
    void a_package_of_a_service_holds_its_connection() throws Exception {
        Path connection = Files.writeString(
                folder.resolve("connection.json"), "{\"address\": \"localhost:9999\", \"tls_required\": false}");

        Run run = Run.of(
                "chaincode", "package", path("p.tgz"), "-l", "ccaas", "-p", connection.toString(), "--label", "svc");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("packageId: svc:");
    }

    @Test
    void messages_are_translated_and_the_update_of_two_configurations_is_that_of_the_ledger() throws Exception {
        Path original = copy("config.pb");
        Path updated = copy("mod.pb");

        assertThat(Run.of(
                                "configtxlator",
                                "compute_update",
                                "--channel_id",
                                "mychannel",
                                "--original",
                                original.toString(),
                                "--updated",
                                updated.toString(),
                                "--output",
                                path("update.pb"))
                        .code())
                .isZero();
        assertThat(ConfigUpdate.parseFrom(Files.readAllBytes(folder.resolve("update.pb"))))
                .isEqualTo(ConfigDifference.of(
                        new ChannelId("mychannel"),
                        Config.parseFrom(Files.readAllBytes(original)),
                        Config.parseFrom(Files.readAllBytes(updated)).getChannelGroup()));
        assertThat(Run.of(
                                "configtxlator",
                                "proto_decode",
                                "--type",
                                "common.ConfigUpdate",
                                "--input",
                                path("update.pb"),
                                "--output",
                                path("update.json"))
                        .code())
                .isZero();
        assertThat(Files.readString(folder.resolve("update.json"))).isEqualTo(text("update.json"));
    }

    @Test
    void a_network_is_made_its_channel_founded_and_its_update_signed_without_a_server() throws Exception {
        assertThat(Run.of("cryptogen", "generate", "--output", path("net")).code())
                .isZero();
        Files.writeString(folder.resolve("channel2.yaml"), """
                ordererOrganizations:
                  - {mspId: OrdererMSP, mspDir: net/ordererOrganizations/example.com/msp, addresses: ["localhost:7050"]}
                organizations:
                  - mspId: Org1MSP
                    mspDir: net/peerOrganizations/org1.example.com/msp
                    anchorPeers: ["localhost:7051"]
                batch: {maxMessageCount: 10, timeoutMillis: 500}
                order: ARRIVAL
                """);

        Run created = Run.of(
                "channel",
                "create",
                "--profile",
                path("channel2.yaml"),
                "-c",
                "channel2",
                "--outputBlock",
                path("c.block"),
                "--output-only");

        assertThat(created.code()).as(created.err()).isZero();
        Block block = Block.parseFrom(Files.readAllBytes(folder.resolve("c.block")));
        assertThat(ParsedEnvelope.parse(block.getData().getData(0))
                        .channelHeader()
                        .getChannelId())
                .isEqualTo("channel2");

        Files.write(folder.resolve("update.pb"), bytes("update.pb"));
        for (int i = 1; i <= 2; i++) {
            String organization = "org" + i + ".example.com";
            Run signed = Run.of(
                    "channel",
                    "signconfigtx",
                    "-f",
                    path("update.pb"),
                    "--msp-dir",
                    path("net/peerOrganizations/" + organization + "/users/Admin@" + organization + "/msp"),
                    "--msp-id",
                    "Org" + i + "MSP");
            assertThat(signed.code()).as(signed.err()).isZero();
            assertThat(signed.out()).contains("signatures: " + i);
        }
        Payload payload = Payload.parseFrom(Envelope.parseFrom(Files.readAllBytes(folder.resolve("update.pb")))
                .getPayload());
        ConfigUpdateEnvelope envelope = ConfigUpdateEnvelope.parseFrom(payload.getData());
        assertThat(envelope.getConfigUpdate().toByteArray()).isEqualTo(bytes("update.pb"));
        assertThat(envelope.getSignaturesList()).hasSize(2);
    }

    @Test
    void a_profile_with_a_slip_is_refused_with_its_place() throws Exception {
        Files.writeString(folder.resolve("p.yaml"), "ordererOrganizations:\n  - {mspID: OrdererMSP}\n");

        Run run = Run.of("channel", "create", "--profile", path("p.yaml"), "-c", "channel2", "--output-only");

        assertThat(run.code()).isEqualTo(4);
        assertThat(run.err()).contains("ordererOrganizations[0].mspID is not known");
    }

    @Test
    void a_file_is_read_by_those_it_was_encrypted_for_and_nobody_else() throws Exception {
        assertThat(Run.of("cryptogen", "generate", "--output", path("net")).code())
                .isZero();
        String admin = path("net/peerOrganizations/org1.example.com/users/Admin@org1.example.com/msp");
        String other = path("net/peerOrganizations/org2.example.com/users/Admin@org2.example.com/msp");
        Files.writeString(folder.resolve("plain"), "for one of us");
        assertThat(Run.of(
                                "encrypt",
                                "--to",
                                admin + "/signcerts/Admin@org1.example.com-cert.pem",
                                "--input",
                                path("plain"),
                                "--output",
                                path("sealed"))
                        .code())
                .isZero();

        assertThat(Run.of("decrypt", "--msp-dir", admin, "--input", path("sealed"), "--output", path("back"))
                        .code())
                .isZero();
        assertThat(Files.readString(folder.resolve("back"))).isEqualTo("for one of us");
        assertThat(Run.of("decrypt", "--msp-dir", other, "--input", path("sealed"), "--output", path("none"))
                        .code())
                .isEqualTo(4);
    }

    static List<CommandLine> leaves(CommandLine top) {
        List<CommandLine> found = new ArrayList<>();
        Deque<CommandLine> open = new ArrayDeque<>(List.of(top));
        while (!open.isEmpty()) {
            CommandLine line = open.pop();
            Map<String, CommandLine> below = line.getSubcommands();
            if (below.isEmpty()) {
                found.add(line);
            }
            below.values().forEach(open::push);
        }
        return found;
    }

    private String packaged(Path code) {
        Run run = Run.of(
                "chaincode", "package", path("p.tgz"), "-p", code.toString(), "--label", "pay_1.0", "-O", "json");
        assertThat(run.code()).as(run.err()).isZero();
        return run.out().replaceAll("(?s).*\"packageId\": \"([^\"]*)\".*", "$1");
    }

    private static Path code(Path folder, List<String> names) throws Exception {
        for (String name : names) {
            Path file = folder.resolve(name);
            Files.createDirectories(java.util.Objects.requireNonNull(file.getParent()));
            Files.writeString(file, name.endsWith(".json") ? "{\"index\": {}}" : "content of " + name);
        }
        return folder;
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private Path copy(String name) throws Exception {
        return Files.write(folder.resolve(name), bytes(name));
    }

    private static String text(String name) throws Exception {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String name) throws Exception {
        try (InputStream in = CommandsTest.class.getResourceAsStream("/fabric/config/" + name)) {
            return java.util.Objects.requireNonNull(in, name).readAllBytes();
        }
    }
}
