package org.jangbu.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.chaincode.packaging.ChaincodePackage;
import org.jangbu.quickstart.QuickStartUsers;
import org.jangbu.quickstart.machine.Artifacts;
import org.jangbu.quickstart.network.TrialContract;
import org.jangbu.quickstart.network.TrialNetwork;
import org.jangbu.tests.network.Fresh;
import org.jangbu.tests.network.Ledgers;
import org.jangbu.tests.network.NetworkTest;
import org.jangbu.tests.server.TrialServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What organisations do by command line, from calls to a contract's whole way to the channel and changes of the configuration. */
class CommandLineIT extends NetworkTest {
    private static final String CHANNEL = TrialServer.CHANNEL.value();

    @TempDir
    Path folder;

    private Cli user = Cli.bare(Path.of(""));
    private Cli ownKey = Cli.bare(Path.of(""));
    private List<Cli> administrators = List.of();

    @BeforeEach
    void callers() {
        user = Cli.managed(folder, QuickStartUsers.userOfOrg1());
        ownKey = Cli.ownKey(folder, "peerOrganizations/org1.example.com/users/User1@org1.example.com/msp", "Org1MSP");
        administrators = QuickStartUsers.administrators().stream()
                .map(administrator -> Cli.managed(folder, administrator))
                .toList();
    }

    @Test
    void a_managed_identity_and_an_own_key_call_the_same_contract() throws Exception {
        String key = Fresh.name("key");
        JsonObject written = ok(user.run(
                        "chaincode", "invoke", "-C", CHANNEL, "-n", "keyvalue", "put", key, "one", "-O", "json"))
                .json();
        assertThat(written.getString("validationCode")).isEqualTo("VALID");
        assertThat(ok(user.run("chaincode", "query", "-C", CHANNEL, "-n", "keyvalue", "get", key))
                        .out())
                .isEqualToIgnoringNewLines("one");

        JsonObject own = ok(ownKey.run(
                        "chaincode",
                        "invoke",
                        "-C",
                        CHANNEL,
                        "-n",
                        "keyvalue",
                        "-c",
                        call("put", key, "two"),
                        "-O",
                        "json"))
                .json();
        assertThat(own.getString("validationCode")).isEqualTo("VALID");
        assertThat(ok(ownKey.run("chaincode", "query", "-C", CHANNEL, "-n", "keyvalue", "get", key))
                        .out())
                .isEqualToIgnoringNewLines("two");

        JsonObject shown = ok(ownKey.run(
                        "ledger", "transaction", "-C", CHANNEL, own.getString("transactionId"), "-O", "json"))
                .json();
        assertThat(shown.getString("validationCode")).isEqualTo("VALID");
        assertThat(shown.getInt("blockNumber")).isEqualTo(own.getInt("blockNumber"));
        Ledgers.assertSoundAndEqual();
    }

    @Test
    void blocks_are_told_fetched_and_taken_apart() throws Exception {
        JsonObject info =
                ok(user.run("ledger", "info", "-C", CHANNEL, "-O", "json")).json();
        assertThat(info.getJsonNumber("height").longValue()).isEqualTo(network.height());
        assertThat(ok(user.run("channel", "list")).out()).contains(CHANNEL);

        ok(ownKey.run("channel", "fetch", "oldest", "first.block", "-c", CHANNEL));
        ok(ownKey.run(
                "configtxlator",
                "proto_decode",
                "--type",
                "common.Block",
                "--input",
                "first.block",
                "--output",
                "first.json"));
        assertThat(Files.readString(folder.resolve("first.json"))).contains("\"BatchTimeout\": {", "\"Org2MSP\": {");
        ok(user.run(
                "configtxlator",
                "proto_encode",
                "--type",
                "common.Block",
                "--input",
                "first.json",
                "--output",
                "again.block"));
        assertThat(Block.parseFrom(Files.readAllBytes(folder.resolve("again.block")))
                        .getHeader())
                .isEqualTo(network.block(0).getHeader());

        String hash = info.getString("currentBlockHash");
        assertThat(ok(user.run("ledger", "block", "-C", CHANNEL, "--hash", hash, "-O", "json"))
                        .json()
                        .getJsonObject("header")
                        .getString("number"))
                .isEqualTo(Long.toString(info.getJsonNumber("height").longValue() - 1));
    }

    @Test
    void a_contract_is_packaged_installed_approved_by_both_committed_and_called() throws Exception {
        String name = Fresh.name("clibook");
        Path jar = contractJar();
        String packageId = ok(user.run(
                        "chaincode", "package", "c.tgz", "--path", jar.toString(), "--label", name, "-O", "json"))
                .json()
                .getString("packageId");
        assertThat(ok(user.run("lifecycle", "chaincode", "calculatepackageid", "c.tgz"))
                        .out())
                .isEqualToIgnoringNewLines(packageId);
        allow(packageId);
        String[] definition = {"-C", CHANNEL, "-n", name, "-v", "1.0", "--sequence", "1", "-O", "json"};

        for (int i = 0; i < administrators.size(); i++) {
            String peer = "peer0.org" + (i + 1) + ".example.com";
            Cli administrator = administrators.get(i);
            assertThat(ok(administrator.run("chaincode", "install", "c.tgz", "--peer", peer, "-O", "json"))
                            .json()
                            .getString("packageId"))
                    .isEqualTo(packageId);
            assertThat(ok(administrator.run("chaincode", "queryinstalled", "--peer", peer))
                            .out())
                    .contains(packageId);
            assertThat(administrators
                            .get(0)
                            .run(with(definition, "chaincode", "commit"))
                            .code())
                    .as("not everybody has approved")
                    .isEqualTo(1);
            ok(administrator.run(with(definition, "chaincode", "approveformyorg", "--package-id", packageId)));
            assertThat(ok(administrator.run(with(definition, "chaincode", "checkcommitreadiness")))
                            .json()
                            .getJsonObject("approvals")
                            .toString())
                    .isEqualTo("{\"Org1MSP\":true,\"Org2MSP\":" + (i == 1) + "}");
        }
        ok(administrators.get(1).run(with(definition, "lifecycle", "chaincode", "commit")));

        JsonObject committed = ok(administrators
                        .get(0)
                        .run("chaincode", "querycommitted", "-C", CHANNEL, "-n", name, "-O", "json"))
                .json();
        assertThat(committed.getInt("sequence")).isEqualTo(1);
        assertThat(ok(administrators.get(0).run("chaincode", "queryapproved", "-C", CHANNEL, "-n", name, "-O", "json"))
                        .json()
                        .getString("package_id"))
                .isEqualTo(packageId);
        ok(user.run("chaincode", "invoke", "-C", CHANNEL, "-n", name, "put", "k", "v"));
        assertThat(ok(user.run("chaincode", "query", "-C", CHANNEL, "-n", name, "get", "k"))
                        .out())
                .isEqualToIgnoringNewLines("v");
        Ledgers.assertSoundAndEqual();
    }

    @Test
    void a_channel_is_founded_from_a_profile_joined_told_of_and_left_by_the_orderer() throws Exception {
        String name = Fresh.name("clichannel");
        Cli orderer = Cli.managed(folder, QuickStartUsers.administratorOfOrderer());
        Path organizations = Cli.organizations();
        Files.writeString(
                folder.resolve("profile.yaml"), """
                consortium: %s
                ordererOrganizations:
                  - {mspId: OrdererMSP, mspDir: %s/ordererOrganizations/example.com/msp}
                organizations:
                  - mspId: Org1MSP
                    mspDir: %s/peerOrganizations/org1.example.com/msp
                    anchorPeers: ["localhost:7051"]
                batch: {timeoutMillis: 100}
                """.formatted(TrialNetwork.CONSORTIUM, organizations, organizations));

        JsonObject created = ok(orderer.run(
                        "channel",
                        "create",
                        "--profile",
                        "profile.yaml",
                        "-c",
                        name,
                        "--outputBlock",
                        "new.block",
                        "-O",
                        "json"))
                .json();
        assertThat(created.getString("status")).isEqualTo("active");
        assertThat(ok(orderer.run("osnadmin", "channel", "list", "-c", name, "-O", "json"))
                        .json()
                        .getInt("height"))
                .isEqualTo(1);
        assertThat(orderer.run("osnadmin", "channel", "join", "-b", "new.block").code())
                .as("it takes part already")
                .isEqualTo(1);
        ok(administrators.get(0).run("channel", "join", "-b", "new.block", "--peer", "peer0.org1.example.com"));
        assertThat(ok(administrators.get(0).run("channel", "list", "--peer", "peer0.org1.example.com"))
                        .out())
                .contains(name);
        assertThat(ok(user.run("channel", "getinfo", "-c", name, "-O", "json"))
                        .json()
                        .getInt("height"))
                .isEqualTo(1);

        ok(orderer.run("osnadmin", "channel", "remove", "-c", name));
        assertThat(ok(orderer.run("osnadmin", "channel", "list")).out()).doesNotContain(name);
        network.assertWorks();
    }

    @Test
    void the_batch_timeout_is_changed_by_an_update_that_the_orderers_administrator_signs() throws Exception {
        Cli admin = administrators.get(0);
        ok(admin.run("channel", "fetch", "config", "config.block", "-c", CHANNEL));
        ok(admin.run(
                "configtxlator",
                "proto_decode",
                "--type",
                "common.Block",
                "--input",
                "config.block",
                "--output",
                "block.json"));
        String config = configuration(Files.readString(folder.resolve("block.json")));
        String changed = config.replaceFirst("\"timeout\": \"[0-9a-z]+\"", "\"timeout\": \"" + freshTimeout() + "ms\"");
        assertThat(changed).isNotEqualTo(config);
        encode(admin, "old", config);
        encode(admin, "new", changed);
        ok(admin.run(
                "configtxlator",
                "compute_update",
                "--channel_id",
                CHANNEL,
                "--original",
                "old.pb",
                "--updated",
                "new.pb",
                "--output",
                "update.pb"));

        Cli.Ended unsigned = admin.run("channel", "update", "-f", "update.pb", "-c", CHANNEL, "-O", "json");
        assertThat(unsigned.code()).as(unsigned.toString()).isEqualTo(1);
        assertThat(unsigned.err()).contains("config-update-refused", "\"exitCode\": 1");

        Cli orderer = Cli.ownKey(folder, "ordererOrganizations/example.com/users/Admin@example.com/msp", "OrdererMSP");
        ok(orderer.run("channel", "signconfigtx", "-f", "update.pb"));
        long before = network.configSequence();
        JsonObject done = ok(admin.run("channel", "update", "-f", "update.pb", "-c", CHANNEL, "-O", "json"))
                .json();
        assertThat(done.getJsonNumber("sequence").longValue()).isEqualTo(before + 1);
        assertThat(network.configSequence()).isEqualTo(before + 1);

        Cli.Ended stale = admin.run("channel", "update", "-f", "update.pb", "-c", CHANNEL);
        assertThat(stale.code()).as(stale.toString()).isEqualTo(1);
        network.assertWorks();
        Ledgers.assertSoundAndEqual();
    }

    @Test
    void somebody_is_registered_enrolled_signs_and_is_revoked() throws Exception {
        String url = TrialServer.installation().server().authority(7054).toString();
        String[] place = {"--tls.certfiles", Cli.tlsRoot().toString()};
        String id = Fresh.name("clerk");
        Cli registrar = Cli.bare(folder)
                .with("JANGBU_CA_SECRET", QuickStartUsers.administratorOfOrg1().password());
        ok(registrar.run(with(place, "ca", "enroll", "-u", withId(url, "admin"), "-M", "registrar")));
        ok(registrar.run(with(
                place,
                "ca",
                "register",
                "-u",
                url,
                "-M",
                "registrar",
                "--id.name",
                id,
                "--id.affiliation",
                "org1.department1",
                "--secret-out",
                "clerk.secret")));
        Cli clerk = Cli.bare(folder);
        Cli.Ended enrolled = ok(clerk.run(with(
                place,
                "ca",
                "enroll",
                "-u",
                withId(url, id),
                "-M",
                "clerk",
                "--secret-file",
                "clerk.secret",
                "-O",
                "json")));
        String secret = Files.readString(folder.resolve("clerk.secret")).strip();
        assertThat(enrolled.toString()).doesNotContain(secret);
        ok(clerk.run(with(place, "ca", "reenroll", "-u", url, "-M", "clerk")));

        Cli signing = Cli.ownKey(folder, "", "Org1MSP")
                .with("JANGBU_MSP_DIR", folder.resolve("clerk").toString());
        ok(signing.run("chaincode", "invoke", "-C", CHANNEL, "-n", "keyvalue", "put", Fresh.name("clerks"), "1"));

        JsonObject revoked = ok(registrar.run(
                        with(place, "ca", "revoke", "-u", url, "-M", "registrar", "-e", id, "--gencrl", "-O", "json")))
                .json();
        assertThat(revoked.getJsonArray("revoked")).hasSize(2);
        assertThat(Files.readString(folder.resolve(revoked.getString("list")))).contains("BEGIN X509 CRL");
        Cli.Ended refused = clerk.run(with(place, "ca", "reenroll", "-u", url, "-M", "clerk"));
        assertThat(refused.code()).as(refused.toString()).isEqualTo(1);
    }

    @Test
    void what_goes_wrong_is_told_by_the_exit_code() throws Exception {
        Cli.Ended chaincode = user.run(
                "chaincode", "invoke", "-C", CHANNEL, "-n", "remittance", "transfer", "nobody", "x", "1", "-O", "json");
        assertThat(chaincode.code()).isEqualTo(1);
        assertThat(chaincode.err()).contains("\"code\": \"chaincode-error\"", "transactionId");
        Cli.Ended password = Cli.managed(folder, QuickStartUsers.userOfOrg1())
                .with("JANGBU_PASSWORD", "wrong-secret")
                .run("channel", "list");
        assertThat(password.code()).isEqualTo(1);
        assertThat(password.toString()).doesNotContain("wrong-secret");
        assertThat(user.run("channel", "fetch", "-c", CHANNEL).code()).isEqualTo(2);
        assertThat(user.run("ca", "enroll", "-u", "https://admin:pw@localhost:7054")
                        .code())
                .isEqualTo(2);
        assertThat(user.with("JANGBU_SERVER", "http://127.0.0.1:9")
                        .run("channel", "list")
                        .code())
                .isEqualTo(3);
        assertThat(Cli.ownKey(folder, "peerOrganizations/org1.example.com/users/User1@org1.example.com/msp", "Org1MSP")
                        .with(
                                "JANGBU_TLS_CA",
                                Cli.organizations()
                                        .resolve(
                                                "peerOrganizations/org2.example.com/tlsca/tlsca.org2.example.com-cert.pem")
                                        .toString())
                        .run("channel", "list")
                        .code())
                .as("a server of an authority that is not trusted")
                .isEqualTo(3);
        Files.writeString(folder.resolve("no.tgz"), "no package");
        assertThat(user.run("chaincode", "calculatepackageid", "no.tgz").code()).isEqualTo(4);
    }

    private static Cli.Ended ok(Cli.Ended ended) {
        assertThat(ended.code()).as(ended.toString()).isZero();
        return ended;
    }

    private static String[] with(String[] more, String... words) {
        return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
    }

    private static String call(String... words) {
        return "{\"Args\":[\"" + String.join("\",\"", words) + "\"]}";
    }

    private static String withId(String url, String id) {
        return url.replace("https://", "https://" + id + "@");
    }

    private static long freshTimeout() {
        return 150 + System.nanoTime() % 100;
    }

    private void encode(Cli cli, String name, String json) throws Exception {
        Files.writeString(folder.resolve(name + ".json"), json);
        ok(cli.run(
                "configtxlator",
                "proto_encode",
                "--type",
                "common.Config",
                "--input",
                name + ".json",
                "--output",
                name + ".pb"));
    }

    /** What {@code jq .data.data[0].payload.data.config} would cut out, spelt as it was. */
    private static String configuration(String block) {
        int start = block.indexOf("{", block.indexOf("\"config\": {"));
        int depth = 0;
        for (int i = start; i < block.length(); i++) {
            depth += block.charAt(i) == '{' ? 1 : block.charAt(i) == '}' ? -1 : 0;
            if (depth == 0) {
                return block.substring(start, i + 1);
            }
        }
        throw new AssertionError("no configuration in the block");
    }

    /** The key-value sample's jar. */
    private Path contractJar() throws Exception {
        Path file = Artifacts.ofThisBuild().contractPackage(TrialContract.KEY_VALUE.packageFile());
        Path code = Files.createDirectories(folder.resolve("code"));
        ChaincodePackage.read(Files.readAllBytes(file)).unpackCode(code);
        try (Stream<Path> files = Files.walk(code)) {
            return files.filter(found -> found.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void allow(String packageId) throws IOException {
        Files.write(
                TrialServer.installation().network().home().resolve("packages/allowed"),
                (packageId + "\n").getBytes(StandardCharsets.UTF_8),
                StandardOpenOption.APPEND);
    }
}
