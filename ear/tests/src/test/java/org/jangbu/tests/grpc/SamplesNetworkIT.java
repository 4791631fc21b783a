package org.jangbu.tests.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hyperledger.fabric.client.Contract;
import org.hyperledger.fabric.client.Gateway;
import org.hyperledger.fabric.client.Hash;
import org.hyperledger.fabric.client.identity.Identities;
import org.hyperledger.fabric.client.identity.Signers;
import org.hyperledger.fabric.client.identity.X509Identity;
import org.jangbu.model.ChannelId;
import org.jangbu.quickstart.machine.Artifacts;
import org.jangbu.quickstart.machine.Programs;
import org.jangbu.tests.network.Fresh;
import org.jangbu.tests.network.Ledgers;
import org.jangbu.tests.network.NetworkTest;
import org.jangbu.tests.server.TestPorts;
import org.jangbu.tests.server.TrialServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code samples/test-network/network.sh} makes a running network what Fabric's samples expect: found by nothing but their paths and profiles. */
class SamplesNetworkIT extends NetworkTest {
    @TempDir
    Path checkout;

    @Test
    void a_running_network_becomes_the_one_that_fabrics_samples_expect() throws Exception {
        String channel = Fresh.name("mychannel");
        Path organizations = Files.createDirectories(checkout.resolve("test-network/organizations"));

        assertThat(script("createChannel", "-c", channel, "--samples", checkout.toString()))
                .contains("Channel " + channel + " has been founded");
        assertThat(script("createChannel", "-c", channel, "--samples", checkout.toString()))
                .as("once more, nothing is left to do")
                .contains("Channel " + channel + " is there");
        String jar = Artifacts.ofThisBuild()
                .projectFolder()
                .resolve("samples/keyvalue/target/keyvalue.jar")
                .toString();
        assertThat(script("deployCC", "-c", channel, "-ccn", "basic", "-ccp", jar))
                .contains("basic 1.0 is in force on " + channel + ", sequence 1");

        for (int number = 1; number <= 2; number++) {
            Path organization = organizations.resolve("peerOrganizations/org" + number + ".example.com");
            ManagedChannel connection = connection(organization, number);
            try (Gateway gateway = gateway(organization, number, connection)) {
                Contract basic = gateway.getNetwork(channel).getContract("basic");
                basic.submitTransaction("put", "asset" + number, "blue");
                assertThat(new String(basic.evaluateTransaction("get", "asset" + number), StandardCharsets.UTF_8))
                        .isEqualTo("blue");
            } finally {
                Peers.close(connection);
            }
        }
        Ledgers.assertSoundAndEqual(new ChannelId(channel));
        assertThat(only(organizations.resolve(
                        "peerOrganizations/org1.example.com/users/Admin@org1.example.com/msp/signcerts")))
                .exists();
        assertThat(organizations.resolve("ordererOrganizations/example.com/orderers/orderer.example.com/tls/ca.crt"))
                .exists();
    }

    /** A connection made of what the profile says and nothing else. */
    private static ManagedChannel connection(Path organization, int number) throws IOException {
        JsonObject profile = json(organization.resolve("connection-org" + number + ".json"));
        JsonObject peer = profile.getJsonObject("peers").getJsonObject("peer0.org" + number + ".example.com");
        URI address = URI.create(peer.getString("url"));
        assertThat(profile.getJsonObject("certificateAuthorities")
                        .getJsonObject("ca.org" + number + ".example.com")
                        .getString("url"))
                .isEqualTo(TrialServer.installation()
                        .server()
                        .authority(number == 1 ? 7054 : 8054)
                        .toString());
        return Grpc.newChannelBuilder(
                        address.getAuthority(),
                        TlsChannelCredentials.newBuilder()
                                .trustManager(new ByteArrayInputStream(peer.getJsonObject("tlsCACerts")
                                        .getString("pem")
                                        .getBytes(StandardCharsets.US_ASCII)))
                                .build())
                .overrideAuthority(peer.getJsonObject("grpcOptions").getString("ssl-target-name-override"))
                .build();
    }

    private static Gateway gateway(Path organization, int number, ManagedChannel connection) throws Exception {
        Path msp = organization.resolve("users/User1@org" + number + ".example.com/msp");
        return Gateway.newInstance()
                .identity(new X509Identity(
                        "Org" + number + "MSP",
                        Identities.readX509Certificate(Files.readString(only(msp.resolve("signcerts"))))))
                .signer(Signers.newPrivateKeySigner(
                        Identities.readPrivateKey(Files.readString(only(msp.resolve("keystore"))))))
                .hash(Hash.SHA256)
                .connection(connection)
                .connect();
    }

    private static JsonObject json(Path file) throws IOException {
        try (JsonReader reader = Json.createReader(Files.newBufferedReader(file))) {
            return reader.readObject();
        }
    }

    private static Path only(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findFirst().orElseThrow();
        }
    }

    /** What the script says on its way to success. */
    private static String script(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "bash",
                Artifacts.ofThisBuild()
                        .projectFolder()
                        .resolve("samples/test-network/network.sh")
                        .toString()));
        command.addAll(List.of(arguments));
        command.add("--run-folder="
                + TrialServer.installation().network().organizations().getParent());
        command.add("--port-offset=" + TestPorts.offset());
        Path output = TestPorts.folder().resolve("test-network.log");
        int status = Programs.run(command, Map.of("JAVA_HOME", System.getProperty("java.home")), output);
        String told = Files.readString(output);
        assertThat(status).as(told).isZero();
        return told;
    }
}
