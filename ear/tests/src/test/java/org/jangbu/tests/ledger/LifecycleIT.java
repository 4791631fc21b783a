package org.jangbu.tests.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hyperledger.fabric.protos.peer.lifecycle.ApproveChaincodeDefinitionForMyOrgArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.ChaincodeSource;
import org.hyperledger.fabric.protos.peer.lifecycle.CheckCommitReadinessResult;
import org.hyperledger.fabric.protos.peer.lifecycle.CommitChaincodeDefinitionArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.InstallChaincodeArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.InstallChaincodeResult;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryChaincodeDefinitionArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryChaincodeDefinitionResult;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryInstalledChaincodesArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryInstalledChaincodesResult;
import org.jangbu.chaincode.packaging.ChaincodePackage;
import org.jangbu.quickstart.QuickStartUsers;
import org.jangbu.quickstart.machine.Artifacts;
import org.jangbu.quickstart.network.TrialContract;
import org.jangbu.tests.network.Fresh;
import org.jangbu.tests.network.Ledgers;
import org.jangbu.tests.network.NetworkTest;
import org.jangbu.tests.network.Rest;
import org.jangbu.tests.server.TrialServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A contract comes to the channel as in Fabric, step by step, and is replaced by its next version. */
class LifecycleIT extends NetworkTest {
    private static final String LIFECYCLE = Rest.chaincode("_lifecycle");
    private static final List<Rest> ADMINISTRATORS =
            QuickStartUsers.administrators().stream().map(Rest::as).toList();

    @TempDir
    Path folder;

    @Test
    void a_contract_is_installed_approved_by_both_committed_called_and_upgraded() throws Exception {
        String name = Fresh.name("ledgerbook");
        ChaincodePackage contract = contract(name);
        String id = contract.id().toString();
        allow(id);

        install(0, contract);
        assertThat(installed(0)).contains(id);
        assertThat(installed(1)).doesNotContain(id);
        assertThat(readiness(args(name, 1, "1.0"))).isEqualTo(Map.of("Org1MSP", false, "Org2MSP", false));

        assertThat(approve(0, args(name, 1, "1.0"), id)).isEqualTo("200 VALID");
        assertThat(readiness(args(name, 1, "1.0"))).isEqualTo(Map.of("Org1MSP", true, "Org2MSP", false));
        assertThat(commit(args(name, 1, "1.0")).body())
                .contains("chaincode definition not agreed to by this org (Org2MSP)");
        assertThat(approve(1, args(name, 1, "1.1"), id)).isEqualTo("200 VALID");
        assertThat(readiness(args(name, 1, "1.0"))).isEqualTo(Map.of("Org1MSP", true, "Org2MSP", false));

        install(1, contract);
        assertThat(approve(1, args(name, 1, "1.0"), id)).isEqualTo("200 VALID");
        assertThat(commit(args(name, 1, "1.0")).outcome()).isEqualTo("200 VALID");
        assertThat(network.user().submit(name, "put", "k", "one").outcome()).isEqualTo("200 VALID");

        assertThat(approve(0, args(name, 2, "2.0"), id)).isEqualTo("200 VALID");
        assertThat(approve(1, args(name, 2, "2.0"), id)).isEqualTo("200 VALID");
        assertThat(commit(args(name, 2, "2.0")).outcome()).isEqualTo("200 VALID");
        QueryChaincodeDefinitionResult definition = QueryChaincodeDefinitionResult.parseFrom(evaluate(
                ADMINISTRATORS.get(1),
                "QueryChaincodeDefinition",
                QueryChaincodeDefinitionArgs.newBuilder().setName(name).build()));
        assertThat(definition.getSequence()).isEqualTo(2);
        assertThat(definition.getVersion()).isEqualTo("2.0");
        assertThat(definition.getApprovalsMap()).isEqualTo(Map.of("Org1MSP", true, "Org2MSP", true));
        assertThat(network.user().evaluate(name, "get", "k").json().getString("result"))
                .isEqualTo("one");
        Ledgers.assertSoundAndEqual();
    }

    @Test
    void what_an_organisation_installs_and_approves_is_for_its_administrators_alone() throws Exception {
        CommitChaincodeDefinitionArgs args = args(Fresh.name("nobodys"), 1, "1.0");
        Rest.Answer approval =
                network.user().post(LIFECYCLE + "/submit", call(TrialContract.APPROVE, approval(args, "a:b")));
        assertThat(approval.body()).contains("failed ACL check");
        Rest.Answer listing = network.user()
                .post(
                        LIFECYCLE + "/evaluate",
                        call("QueryInstalledChaincodes", QueryInstalledChaincodesArgs.getDefaultInstance()));
        assertThat(listing.body()).contains("failed ACL check");
        Rest.Answer broken = ADMINISTRATORS
                .get(0)
                .post(
                        LIFECYCLE + "/evaluate",
                        call(
                                "InstallChaincode",
                                InstallChaincodeArgs.newBuilder()
                                        .setChaincodeInstallPackage(ByteString.copyFromUtf8("no package"))
                                        .build()));
        assertThat(broken.outcome()).isEqualTo("422 chaincode-error");
        assertThat(broken.body()).contains("could not parse as a chaincode install package");
    }

    private static void install(int organization, ChaincodePackage contract) throws Exception {
        InstallChaincodeResult result = InstallChaincodeResult.parseFrom(evaluate(
                ADMINISTRATORS.get(organization),
                "InstallChaincode",
                InstallChaincodeArgs.newBuilder()
                        .setChaincodeInstallPackage(ByteString.copyFrom(contract.bytes()))
                        .build()));
        assertThat(result.getPackageId()).isEqualTo(contract.id().toString());
    }

    private static List<String> installed(int organization) throws Exception {
        return QueryInstalledChaincodesResult.parseFrom(evaluate(
                        ADMINISTRATORS.get(organization),
                        "QueryInstalledChaincodes",
                        QueryInstalledChaincodesArgs.getDefaultInstance()))
                .getInstalledChaincodesList()
                .stream()
                .map(found -> found.getPackageId())
                .toList();
    }

    private static Map<String, Boolean> readiness(CommitChaincodeDefinitionArgs args) throws Exception {
        return CheckCommitReadinessResult.parseFrom(evaluate(ADMINISTRATORS.get(0), "CheckCommitReadiness", args))
                .getApprovalsMap();
    }

    private static String approve(int organization, CommitChaincodeDefinitionArgs args, String packageId)
            throws Exception {
        Rest.Answer answer = ADMINISTRATORS
                .get(organization)
                .post(LIFECYCLE + "/submit", call(TrialContract.APPROVE, approval(args, packageId)));
        return answer.status() == 200 ? answer.outcome() : answer.body();
    }

    private static Rest.Answer commit(CommitChaincodeDefinitionArgs args) throws Exception {
        return ADMINISTRATORS.get(0).post(LIFECYCLE + "/submit", call(TrialContract.COMMIT, args));
    }

    private static byte[] evaluate(Rest caller, String function, MessageLite argument) throws Exception {
        Rest.Answer answer = caller.post(LIFECYCLE + "/evaluate", call(function, argument));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        JsonObject json = answer.json();
        return json.get("result") instanceof JsonString text
                ? text.getString().getBytes(StandardCharsets.UTF_8)
                : Base64.getDecoder().decode(json.getJsonObject("result").getString("base64"));
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

    private static CommitChaincodeDefinitionArgs args(String name, long sequence, String version) {
        return CommitChaincodeDefinitionArgs.newBuilder()
                .setName(name)
                .setSequence(sequence)
                .setVersion(version)
                .build();
    }

    private static ApproveChaincodeDefinitionForMyOrgArgs approval(
            CommitChaincodeDefinitionArgs args, String packageId) {
        return ApproveChaincodeDefinitionForMyOrgArgs.newBuilder()
                .setName(args.getName())
                .setSequence(args.getSequence())
                .setVersion(args.getVersion())
                .setSource(ChaincodeSource.newBuilder()
                        .setLocalPackage(ChaincodeSource.Local.newBuilder().setPackageId(packageId)))
                .build();
    }

    /** The key-value sample under a label of its own, so that it is another package. */
    private ChaincodePackage contract(String label) throws Exception {
        Path file = Artifacts.ofThisBuild().contractPackage(TrialContract.KEY_VALUE.packageFile());
        Path code = Files.createDirectories(folder.resolve("code"));
        ChaincodePackage.read(Files.readAllBytes(file)).unpackCode(code);
        try (Stream<Path> files = Files.walk(code)) {
            Path jar = files.filter(found -> found.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow();
            return ChaincodePackage.ofJar(label, jar);
        }
    }

    private static void allow(String packageId) throws IOException {
        Files.writeString(
                TrialServer.installation().network().home().resolve("packages/allowed"),
                packageId + "\n",
                StandardOpenOption.APPEND);
    }
}
