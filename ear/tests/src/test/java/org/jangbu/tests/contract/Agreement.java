package org.jangbu.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.List;
import org.hyperledger.fabric.protos.peer.lifecycle.InstallChaincodeArgs;
import org.jangbu.chaincode.packaging.ChaincodePackage;
import org.jangbu.quickstart.QuickStartUsers;
import org.jangbu.quickstart.network.TrialContract;
import org.jangbu.tests.network.Rest;
import org.jangbu.tests.server.TrialServer;

/** How both organisations bring a service's package to the channel, each administrator for his own. */
final class Agreement {
    private static final String LIFECYCLE = Rest.chaincode("_lifecycle");
    private static final List<Rest> ADMINISTRATORS =
            QuickStartUsers.administrators().stream().map(Rest::as).toList();

    private Agreement() {}

    /** Installs at both, approves at both, commits. */
    static void on(String name, ChaincodePackage chaincode) throws Exception {
        TrialContract contract = new TrialContract(name, "");
        for (Rest administrator : ADMINISTRATORS) {
            assertThat(install(administrator, chaincode.bytes()).status()).isEqualTo(200);
            assertThat(administrator
                            .post(
                                    LIFECYCLE + "/submit",
                                    call(
                                            TrialContract.APPROVE,
                                            contract.approvalArgument(
                                                    chaincode.id().toString())))
                            .outcome())
                    .isEqualTo("200 VALID");
        }
        assertThat(ADMINISTRATORS
                        .get(0)
                        .post(LIFECYCLE + "/submit", call(TrialContract.COMMIT, contract.commitArgument()))
                        .outcome())
                .isEqualTo("200 VALID");
    }

    private static Rest.Answer install(Rest administrator, byte[] bytes) throws Exception {
        MessageLite argument = InstallChaincodeArgs.newBuilder()
                .setChaincodeInstallPackage(ByteString.copyFrom(bytes))
                .build();
        return administrator.post(
                LIFECYCLE + "/evaluate",
                call("InstallChaincode", Base64.getEncoder().encodeToString(argument.toByteArray())));
    }

    /** The operator lets the server call an address. */
    static void allow(String address) throws Exception {
        Path list = TrialServer.installation().network().home().resolve("packages/services");
        Files.writeString(list, address + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static JsonObject call(String function, String base64) {
        return Json.createObjectBuilder()
                .add("function", function)
                .add(
                        "args",
                        Json.createArrayBuilder().add(Json.createObjectBuilder().add("base64", base64)))
                .build();
    }
}
