package org.jangbu.tests.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jangbu.tests.network.LifecycleCalls.definition;
import static org.jangbu.tests.network.LifecycleCalls.packages;

import com.google.protobuf.ByteString;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.hyperledger.fabric.protos.common.BlockchainInfo;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.hyperledger.fabric.protos.peer.lifecycle.InstallChaincodeArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.InstallChaincodeResult;
import org.jangbu.chaincode.packaging.ChaincodePackage;
import org.jangbu.quickstart.QuickStartUsers;
import org.jangbu.quickstart.machine.Artifacts;
import org.jangbu.quickstart.network.TrialContract;
import org.jangbu.tests.network.Fresh;
import org.jangbu.tests.network.FurtherChannel;
import org.jangbu.tests.network.Ledgers;
import org.jangbu.tests.network.LifecycleCalls;
import org.jangbu.tests.network.NetworkTest;
import org.jangbu.tests.network.OwnKeys;
import org.jangbu.tests.network.Rest;
import org.jangbu.tests.server.TrialServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A contract comes to the channel by the typed calls of REST, and by proposals to one peer that an administrator signs at home. */
class LifecycleRestIT extends NetworkTest {
    private static final String BYTES = "application/octet-stream";
    private static final String PEER = "peer0.org1.example.com";
    private static final List<Rest> ADMINISTRATORS =
            QuickStartUsers.administrators().stream().map(Rest::as).toList();

    @TempDir
    Path folder;

    @Test
    void a_contract_is_installed_approved_by_both_committed_called_and_upgraded() throws Exception {
        String name = Fresh.name("typed");
        ChaincodePackage contract = LifecycleCalls.contract(folder, name);
        String id = contract.id().toString();
        LifecycleCalls.allow(id);
        String chaincode = Rest.chaincode(name);

        for (int organization : List.of(0, 1)) {
            Rest.Answer installed =
                    ADMINISTRATORS.get(organization).post(packages(organization), BYTES, contract.bytes());
            assertThat(installed.status()).as(installed.body()).isEqualTo(201);
            assertThat(installed.json().getString("packageId")).isEqualTo(id);
        }
        assertThat(ADMINISTRATORS.get(0).getBytes(packages(0) + "/" + id)).isEqualTo(contract.bytes());
        assertThat(ADMINISTRATORS
                        .get(0)
                        .post(packages(0), BYTES, contract.bytes())
                        .outcome())
                .isEqualTo("409 already-installed");

        assertThat(ADMINISTRATORS.get(0).get(chaincode).outcome()).isEqualTo("404 chaincode-not-found");
        assertThat(approve(0, name, definition(1, "1.0", id))).isEqualTo("200 VALID");
        assertThat(approve(1, name, definition(1, "1.1", id))).isEqualTo("200 VALID");
        Rest.Answer readiness = ADMINISTRATORS
                .get(0)
                .post(chaincode + "/readiness", definition(1, "1.0").build());
        assertThat(readiness.body())
                .contains("{\"mspId\":\"Org1MSP\",\"approved\":true}")
                .contains("{\"mspId\":\"Org2MSP\",\"approved\":false,\"difference\":\"EndorsementInfo differs\"}");
        assertThat(commit(name, definition(1, "1.0").build()).body())
                .contains("chaincode definition not agreed to by this org (Org2MSP)");

        assertThat(approve(1, name, definition(1, "1.0", id))).isEqualTo("200 VALID");
        assertThat(commit(name, definition(1, "1.0").build()).outcome()).isEqualTo("200 VALID");
        assertThat(network.user().submit(name, "put", "k", "one").outcome()).isEqualTo("200 VALID");

        JsonObject owned = definition(2, "2.0")
                .add("packageId", id)
                .add("signaturePolicy", "OR('Org1MSP.peer','Org2MSP.peer')")
                .build();
        assertThat(approve(0, name, owned)).isEqualTo("200 VALID");
        JsonObject approved =
                ADMINISTRATORS.get(0).get(chaincode + "/approvals?sequence=2").json();
        assertThat(approved.getString("packageId")).isEqualTo(id);
        assertThat(approved.getString("signaturePolicy")).isEqualTo("OR('Org1MSP.peer', 'Org2MSP.peer')");
        assertThat(ADMINISTRATORS
                        .get(1)
                        .post(chaincode + "/readiness", definition(2, "2.0").build())
                        .body())
                .contains("\"mspId\":\"Org1MSP\",\"approved\":false,\"difference\":\"ValidationInfo differs\"")
                .contains("\"mspId\":\"Org2MSP\",\"approved\":false,\"difference\":\"not approved\"");
        assertThat(approve(1, name, owned)).isEqualTo("200 VALID");
        assertThat(commit(name, owned).outcome()).isEqualTo("200 VALID");
        JsonObject committed = network.user().get(chaincode).json();
        assertThat(committed.getInt("sequence")).isEqualTo(2);
        assertThat(committed.getJsonArray("approvals"))
                .allSatisfy(approval -> assertThat(approval.asJsonObject().getBoolean("approved"))
                        .isTrue());
        assertThat(network.user().get(Rest.channel() + "/chaincodes").body()).contains("\"name\":\"" + name + "\"");
        assertThat(network.user().evaluate(name, "get", "k").json().getString("result"))
                .isEqualTo("one");
        Ledgers.assertSoundAndEqual();
    }

    @Test
    void what_a_definition_must_not_be_is_refused_with_the_reason() throws Exception {
        String name = Fresh.name("refused");
        String chaincode = Rest.chaincode(name);
        Rest administrator = ADMINISTRATORS.get(0);
        assertThat(refusal(
                        administrator,
                        chaincode,
                        Json.createObjectBuilder().add("sequence", 1).build()))
                .contains("invalid-body", "version is missing");
        assertThat(refusal(
                        administrator,
                        chaincode,
                        definition(1, "1.0")
                                .add("signaturePolicy", "AND('Org1MSP.peer'")
                                .build()))
                .contains("invalid-body", "signaturePolicy is no policy");
        assertThat(refusal(administrator, chaincode, definition(2, "1.0").build()))
                .contains("requested sequence 2 is larger than the next available sequence number 1");
        assertThat(refusal(network.user(), chaincode, definition(1, "1.0").build()))
                .contains("failed ACL check");
        Rest.Answer alone = administrator.post(
                chaincode + "/instantiate", definition(1, "1.0").build());
        assertThat(alone.outcome()).isEqualTo("409 policy-unsatisfied");
        assertThat(alone.body()).contains("Org1MSP does not decide alone").contains("Org2MSP");
        assertThat(administrator.get(chaincode).outcome()).isEqualTo("404 chaincode-not-found");
    }

    @Test
    void an_organisation_that_decides_alone_instantiates_and_upgrades_in_one_step() throws Exception {
        FurtherChannel channel = FurtherChannel.of(Fresh.name("alone"), 1).founded();
        Rest administrator = FurtherChannel.administrator(1);
        TrialContract contract = TrialContract.KEY_VALUE;
        String chaincode = channel.path() + "/chaincodes/" + contract.name();
        String id = contract.packageId(Artifacts.ofThisBuild());
        JsonObject first = Json.createObjectBuilder()
                .add("version", "1.0")
                .add("packageId", id)
                .build();
        JsonObject second = Json.createObjectBuilder()
                .add("version", "2.0")
                .add("packageId", id)
                .build();

        assertThat(administrator.post(chaincode + "/upgrade", first).outcome()).isEqualTo("404 chaincode-not-found");
        Rest.Answer instantiated = administrator.post(chaincode + "/instantiate", first);
        assertThat(instantiated.outcome()).as(instantiated.body()).isEqualTo("200 VALID");
        assertThat(administrator.get(chaincode).json().getInt("sequence")).isEqualTo(1);
        assertThat(channel.submit(1, contract.name(), "put", "k", "one").outcome())
                .isEqualTo("200 VALID");

        assertThat(administrator.post(chaincode + "/instantiate", second).outcome())
                .isEqualTo("409 already-defined");
        assertThat(administrator.post(chaincode + "/upgrade", first).outcome()).isEqualTo("409 already-defined");
        Rest.Answer upgraded = administrator.post(chaincode + "/upgrade", second);
        assertThat(upgraded.outcome()).as(upgraded.body()).isEqualTo("200 VALID");
        JsonObject committed = administrator.get(chaincode).json();
        assertThat(committed.getInt("sequence")).isEqualTo(2);
        assertThat(committed.getString("version")).isEqualTo("2.0");
        assertThat(channel.evaluate(1, contract.name(), "get", "k").json().getString("result"))
                .isEqualTo("one");
    }

    @Test
    void packages_are_for_administrators_of_the_peers_organisation_alone() throws Exception {
        ChaincodePackage contract = LifecycleCalls.contract(folder, Fresh.name("foreign"));
        Set<String> before = kept();
        assertThat(network.user().post(packages(0), BYTES, contract.bytes()).outcome())
                .isEqualTo("403 forbidden");
        assertThat(network.user().get(packages(0)).outcome()).isEqualTo("403 forbidden");
        assertThat(ADMINISTRATORS
                        .get(1)
                        .post(packages(0), BYTES, contract.bytes())
                        .outcome())
                .isEqualTo("404 peer-not-found");
        assertThatThrownBy(() -> ADMINISTRATORS.get(0).getBytes(packages(0) + "/" + contract.id()))
                .hasMessageContaining("404")
                .hasMessageContaining("package-not-found");
        assertThat(kept()).isEqualTo(before);
    }

    @Test
    void what_is_no_package_is_refused_and_nothing_of_it_kept() throws Exception {
        byte[] good = LifecycleCalls.contract(folder, Fresh.name("broken")).bytes();
        byte[] cut = Arrays.copyOf(good, good.length / 2);
        byte[] more = Arrays.copyOf(good, good.length + 3);
        Set<String> before = kept();
        for (byte[] bad : List.of("no package".getBytes(StandardCharsets.UTF_8), new byte[0], cut, more)) {
            Rest.Answer answer = ADMINISTRATORS.get(0).post(packages(0), BYTES, bad);
            assertThat(answer.outcome()).isEqualTo("422 invalid-package");
        }
        Rest.Answer large = ADMINISTRATORS.get(0).post(packages(0), BYTES, new byte[ChaincodePackage.MAX_BYTES + 1]);
        assertThat(large.outcome()).isEqualTo("413 body-too-large");
        assertThat(kept()).isEqualTo(before);
    }

    @Test
    void an_upload_that_is_cut_off_leaves_nothing_and_can_be_made_again() throws Exception {
        ChaincodePackage contract = LifecycleCalls.contract(folder, Fresh.name("cut"));
        Set<String> before = kept();
        byte[] bytes = contract.bytes();
        URI server = TrialServer.installation().server().http();
        String credentials = QuickStartUsers.administratorOfOrg1().name() + ":"
                + QuickStartUsers.administratorOfOrg1().password();
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /api/v1/" + packages(0) + " HTTP/1.1\r\nHost: " + server.getHost()
                            + "\r\nAuthorization: Basic "
                            + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8))
                            + "\r\nContent-Type: " + BYTES + "\r\nContent-Length: " + bytes.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(bytes, 0, bytes.length / 2);
            out.flush();
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !kept().equals(before));
        }
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> kept().equals(before));
        assertThat(ADMINISTRATORS.get(0).post(packages(0), BYTES, bytes).status())
                .isEqualTo(201);
    }

    @Test
    void an_administrator_with_a_key_at_home_asks_one_peer_directly() throws Exception {
        ChaincodePackage contract = LifecycleCalls.contract(folder, Fresh.name("athome"));
        OwnKeys administrator = ownKeys("Admin");
        OwnKeys user = OwnKeys.ofUser();
        ByteString install = InstallChaincodeArgs.newBuilder()
                .setChaincodeInstallPackage(ByteString.copyFrom(contract.bytes()))
                .build()
                .toByteString();

        Rest.Answer denied = propose(user.proposeWithoutChannel("_lifecycle", List.of(install), "InstallChaincode"));
        assertThat(denied.json().getJsonObject("response").getInt("status")).isEqualTo(500);
        assertThat(denied.body()).contains("failed ACL check");
        Rest.Answer installed =
                propose(administrator.proposeWithoutChannel("_lifecycle", List.of(install), "InstallChaincode"));
        assertThat(installed.status()).as(installed.body()).isEqualTo(200);
        ProposalResponse response = response(installed);
        assertThat(InstallChaincodeResult.parseFrom(response.getResponse().getPayload())
                        .getPackageId())
                .isEqualTo(contract.id().toString());
        assertThat(ADMINISTRATORS.get(0).get(packages(0)).body())
                .contains(contract.id().toString());

        Rest.Answer info = propose(user.propose("qscc", "GetChainInfo", TrialServer.CHANNEL.value()));
        assertThat(info.json().getString("transactionId")).hasSize(64);
        assertThat(BlockchainInfo.parseFrom(response(info).getResponse().getPayload())
                        .getHeight())
                .isPositive();
        SignedProposal forged = user.propose("qscc", "GetChainInfo", TrialServer.CHANNEL.value()).toBuilder()
                .setSignature(ByteString.copyFromUtf8("forged"))
                .build();
        assertThat(propose(forged).outcome()).isEqualTo("403 access-denied");
        assertThat(Rest.as(QuickStartUsers.userOfOrg1())
                        .post("peers/nobody/proposals", BYTES, forged.toByteArray())
                        .outcome())
                .isEqualTo("404 peer-not-found");
    }

    private static OwnKeys ownKeys(String user) throws Exception {
        Path organizations = TrialServer.installation().network().organizations();
        return new OwnKeys(OwnKeys.identity(
                organizations.resolve("peerOrganizations/org1.example.com/users/" + user + "@org1.example.com/msp"),
                "Org1MSP"));
    }

    private static Rest.Answer propose(SignedProposal proposal) throws Exception {
        return Rest.as(QuickStartUsers.userOfOrg2())
                .post("peers/" + PEER + "/proposals", BYTES, proposal.toByteArray());
    }

    private static ProposalResponse response(Rest.Answer answer) throws Exception {
        return ProposalResponse.parseFrom(
                Base64.getDecoder().decode(answer.json().getString("proposalResponse")));
    }

    private static String approve(int organization, String name, JsonObject definition) throws Exception {
        Rest.Answer answer = ADMINISTRATORS.get(organization).post(Rest.chaincode(name) + "/approvals", definition);
        return answer.status() == 200 ? answer.outcome() : answer.body();
    }

    private static Rest.Answer commit(String name, JsonObject definition) throws Exception {
        return ADMINISTRATORS.get(0).post(Rest.chaincode(name) + "/definitions", definition);
    }

    private static String refusal(Rest caller, String chaincode, JsonObject definition) throws Exception {
        Rest.Answer answer = caller.post(chaincode + "/approvals", definition);
        assertThat(answer.status()).isBetween(400, 499);
        return answer.body();
    }

    /** Everything in the folder of the peer's packages. */
    private static Set<String> kept() throws IOException {
        Path packages = TrialServer.installation().network().home().resolve("nodes/" + PEER + "/packages");
        try (Stream<Path> files = Files.list(packages)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
