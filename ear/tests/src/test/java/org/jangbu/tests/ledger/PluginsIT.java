package org.jangbu.tests.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hyperledger.fabric.protos.peer.TxValidationCode.ENDORSEMENT_POLICY_FAILURE;
import static org.hyperledger.fabric.protos.peer.TxValidationCode.VALID;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.peer.lifecycle.ApproveChaincodeDefinitionForMyOrgArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.ChaincodeSource;
import org.hyperledger.fabric.protos.peer.lifecycle.CommitChaincodeDefinitionArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.InstallChaincodeArgs;
import org.jangbu.chaincode.packaging.ChaincodePackage;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.quickstart.QuickStartUsers;
import org.jangbu.quickstart.machine.Artifacts;
import org.jangbu.quickstart.network.TrialContract;
import org.jangbu.tests.network.Forgery;
import org.jangbu.tests.network.Fresh;
import org.jangbu.tests.network.Ledgers;
import org.jangbu.tests.network.Network;
import org.jangbu.tests.network.NetworkTest;
import org.jangbu.tests.network.OwnKeys;
import org.jangbu.tests.network.Rest;
import org.jangbu.tests.server.TrialServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample plug-ins in the place of ESCC and VSCC, put into the running server. */
class PluginsIT extends NetworkTest {
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final String LIFECYCLE = Rest.chaincode("_lifecycle");
    private static final List<Rest> ADMINISTRATORS =
            QuickStartUsers.administrators().stream().map(Rest::as).toList();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    @Test
    void a_limit_is_kept_at_endorsement_and_by_every_peer_where_endorsers_do_not_keep_it() throws Exception {
        String name = Fresh.name("limited");
        String plugin = put(sampleJar());
        define(name, plugin, plugin);
        assertThat(submit(name, "open", "A", "2000000")).isEqualTo("200 VALID");
        assertThat(submit(name, "open", "B", "400000")).isEqualTo("200 VALID");
        assertThat(submit(name, "transfer", "A", "B", "900000")).isEqualTo("200 VALID");

        Rest.Answer refused = network.user().submit(name, "transfer", "A", "B", "1000000");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body())
                .contains("endorsing with plugin failed: plug-in limit:1.0 refuses: an account may hold 2000000 won"
                        + " at most");
        assertThat(balance(name, "B")).isEqualTo("1300000");

        // Both peers' keys sign what the peers themselves would not have come to.
        OwnKeys client = OwnKeys.ofUser();
        Forgery forgery = new Forgery(client.signer());
        Envelope honest = client.transaction(name, "open", "C", "5");
        assertThat(network.order(
                        forgery.endorsedAnew(forgery.tampered(honest, name, account("C", 1_900_000)), peers())))
                .as("an account may begin with any balance")
                .containsExactly(VALID);
        Envelope second = client.transaction(name, "transfer", "C", "B", "1");
        assertThat(network.order(forgery.endorsedAnew(forgery.replaced(second, "1899999", "0899999"), peers())))
                .as("C gives 1000001 away at once")
                .containsExactly(ENDORSEMENT_POLICY_FAILURE);
        Envelope third = client.transaction(name, "transfer", "C", "B", "1");
        assertThat(network.order(forgery.endorsedAnew(forgery.replaced(third, "1899999", "0900000"), peers())))
                .as("and now 1000000")
                .containsExactly(VALID);
        Ledgers.assertSoundAndEqual();
    }

    @Test
    void definitions_with_plugins_that_are_none_or_not_here_do_not_come_to_the_channel() throws Exception {
        String name = Fresh.name("unlimited");
        String missing = "limit:1.0:" + "ab".repeat(32);
        assertThat(approve(0, args(name, "custom", ""), "a:b").body()).contains("invalid endorsement plugin 'custom'");
        assertThat(approve(0, args(name, "", "limit:1.0"), "a:b").body())
                .contains("invalid validation plugin 'limit:1.0'");
        for (int organization : new int[] {0, 1}) {
            assertThat(approve(organization, args(name, missing, ""), "a:b").outcome())
                    .isEqualTo("200 VALID");
        }
        assertThat(commit(args(name, missing, "")).body())
                .contains("could not follow this definition: plug-in " + missing + " is not here");
    }

    /** The definition is forged with both peers' keys, for no honest peer would have endorsed it without the plug-in. */
    @Test
    void without_its_plugin_both_peers_halt_with_an_alarm_and_go_on_when_it_comes() throws Exception {
        String name = Fresh.name("halting");
        String here = put(sampleJar());
        byte[] other = sampleJarWith("notes/" + name);
        String missing = reference(other);
        String packageId = install(name);
        for (int organization : new int[] {0, 1}) {
            assertThat(approve(organization, args(name, "", here), packageId).outcome())
                    .isEqualTo("200 VALID");
        }
        SigningIdentity administrator = OwnKeys.identity(
                TrialServer.installation()
                        .network()
                        .organizations()
                        .resolve("peerOrganizations/org1.example.com/users/Admin@org1.example.com/msp"),
                "Org1MSP");
        OwnKeys client = new OwnKeys(administrator);
        Forgery forgery = new Forgery(administrator);
        Envelope definition = client.endorsed(client.propose(
                "_lifecycle", Instant.now(), List.of(args(name, "", here).toByteString()), TrialContract.COMMIT));
        assertThat(network.order(forgery.endorsedAnew(forgery.replaced(definition, here, missing), peers())))
                .containsExactly(VALID);
        // Whoever has approved exactly what is committed runs the package named there.
        for (int organization : new int[] {0, 1}) {
            assertThat(approve(organization, args(name, "", missing), packageId).outcome())
                    .isEqualTo("200 VALID");
        }

        long height = network.height();
        Envelope open = OwnKeys.ofUser().transaction(name, "open", "A", "5");
        try {
            assertThat(OwnKeys.ofUser().sendWithoutWaiting(open).status()).isEqualTo(202);
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(ready())
                            .contains("ledger " + Ledgers.PEER_OF_ORG1 + "/channel1")
                            .contains("halted at block " + height + ": transaction " + Forgery.txId(open)
                                    + " of chaincode " + name + " cannot be judged: plug-in " + missing
                                    + " is not here"));
            assertThat(network.height()).isEqualTo(height);
        } finally {
            assertThat(put(other)).isEqualTo(missing);
        }
        await().atMost(LONG).untilAsserted(() -> assertThat(network.height()).isEqualTo(height + 1));
        assertThat(network.user()
                        .get(Rest.channel() + "/transactions/" + Forgery.txId(open) + "/status")
                        .outcome())
                .isEqualTo("200 VALID");
        network.awaitReady();
        Ledgers.assertSoundAndEqual();
    }

    private static String ready() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(Network.managementHealth())
                .timeout(Duration.ofSeconds(20))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private String submit(String chaincode, String function, String... arguments) throws Exception {
        Rest.Answer answer = network.user().submit(chaincode, function, arguments);
        return answer.status() == 200 ? answer.outcome() : answer.body();
    }

    private String balance(String chaincode, String account) throws Exception {
        return network.user().evaluate(chaincode, "balance", account).json().getString("result");
    }

    private static String account(String name, long balance) {
        return "{\"account\":\"" + name + "\",\"balance\":" + balance + "}";
    }

    private static SigningIdentity[] peers() throws Exception {
        Path nodes = TrialServer.installation().network().home().resolve("nodes");
        return new SigningIdentity[] {
            OwnKeys.identity(nodes.resolve(Ledgers.PEER_OF_ORG1).resolve("msp"), "Org1MSP"),
            OwnKeys.identity(nodes.resolve(Ledgers.PEER_OF_ORG2).resolve("msp"), "Org2MSP")
        };
    }

    // Jars

    private static byte[] sampleJar() throws Exception {
        return Files.readAllBytes(Artifacts.ofThisBuild().contractPackage("samples/limit/target/limit.jar"));
    }

    /** The same plug-ins in a jar with one file more, which is another plug-in therefore. */
    private static byte[] sampleJarWith(String file) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(sampleJar()));
                ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                out.putNextEntry(new ZipEntry(entry.getName()));
                in.transferTo(out);
                out.closeEntry();
            }
            out.putNextEntry(new ZipEntry(file));
            out.closeEntry();
        }
        return bytes.toByteArray();
    }

    private static String reference(byte[] jar) throws Exception {
        return "limit:1.0:" + hash(jar);
    }

    private static String hash(byte[] jar) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(jar));
    }

    /** Puts a jar into the folder of plug-ins; what a definition calls it. */
    private static String put(byte[] jar) throws Exception {
        Path plugins = Files.createDirectories(
                TrialServer.installation().network().home().resolve("plugins"));
        Path whole = plugins.resolve(hash(jar) + ".jar");
        Files.move(Files.write(plugins.resolve("half.part"), jar), whole, StandardCopyOption.REPLACE_EXISTING);
        return reference(jar);
    }

    // Definitions

    private void define(String name, String endorsement, String validation) throws Exception {
        String packageId = install(name);
        for (int organization : new int[] {0, 1}) {
            assertThat(approve(organization, args(name, endorsement, validation), packageId)
                            .outcome())
                    .isEqualTo("200 VALID");
        }
        assertThat(commit(args(name, endorsement, validation)).outcome()).isEqualTo("200 VALID");
    }

    /** Installs the remittance contract under a label of its own at both peers. */
    private String install(String label) throws Exception {
        Path code = Files.createDirectories(folder.resolve(label));
        ChaincodePackage.read(Files.readAllBytes(
                        Artifacts.ofThisBuild().contractPackage(TrialContract.REMITTANCE.packageFile())))
                .unpackCode(code);
        ChaincodePackage contract;
        try (Stream<Path> files = Files.walk(code)) {
            Path jar = files.filter(found -> found.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow();
            contract = ChaincodePackage.ofJar(label, jar);
        }
        Files.writeString(
                TrialServer.installation().network().home().resolve("packages/allowed"),
                contract.id() + "\n",
                StandardOpenOption.APPEND);
        for (Rest administrator : ADMINISTRATORS) {
            Rest.Answer answer = administrator.post(
                    LIFECYCLE + "/evaluate",
                    call(
                            "InstallChaincode",
                            InstallChaincodeArgs.newBuilder()
                                    .setChaincodeInstallPackage(ByteString.copyFrom(contract.bytes()))
                                    .build()));
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        }
        return contract.id().toString();
    }

    private static CommitChaincodeDefinitionArgs args(String name, String endorsement, String validation) {
        return CommitChaincodeDefinitionArgs.newBuilder()
                .setName(name)
                .setSequence(1)
                .setVersion("1.0")
                .setEndorsementPlugin(endorsement)
                .setValidationPlugin(validation)
                .build();
    }

    private static Rest.Answer approve(int organization, CommitChaincodeDefinitionArgs args, String packageId)
            throws Exception {
        return ADMINISTRATORS
                .get(organization)
                .post(
                        LIFECYCLE + "/submit",
                        call(
                                TrialContract.APPROVE,
                                ApproveChaincodeDefinitionForMyOrgArgs.newBuilder()
                                        .setName(args.getName())
                                        .setSequence(args.getSequence())
                                        .setVersion(args.getVersion())
                                        .setEndorsementPlugin(args.getEndorsementPlugin())
                                        .setValidationPlugin(args.getValidationPlugin())
                                        .setSource(ChaincodeSource.newBuilder()
                                                .setLocalPackage(ChaincodeSource.Local.newBuilder()
                                                        .setPackageId(packageId)))
                                        .build()));
    }

    private static Rest.Answer commit(CommitChaincodeDefinitionArgs args) throws Exception {
        return ADMINISTRATORS.get(0).post(LIFECYCLE + "/submit", call(TrialContract.COMMIT, args));
    }

    private static JsonObject call(String function, MessageLite argument) {
        return Json.createObjectBuilder()
                .add("function", function)
                .add(
                        "args",
                        Json.createArrayBuilder()
                                .add(Json.createObjectBuilder()
                                        .add(
                                                "base64",
                                                Base64.getEncoder()
                                                        .encodeToString(argument.toByteString()
                                                                .toByteArray()))))
                .build();
    }
}
