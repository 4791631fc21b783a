package org.jangbu.tests.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jangbu.quickstart.machine.Programs;
import org.jangbu.tests.network.Ledgers;
import org.jangbu.tests.network.NetworkTest;
import org.jangbu.tests.server.TestPorts;
import org.jangbu.tests.server.TrialServer;
import org.junit.jupiter.api.Test;

/** Fabric's own client for Node.js, as it comes from the npm registry; what it does is told in {@code client.test.js}. */
class NodeClientIT extends NetworkTest {
    private static final Path PROJECT = Path.of("src/test/node/fabric-gateway");

    @Test
    void fabrics_own_client_does_all_it_can() throws Exception {
        assumeTrue(
                Files.isDirectory(PROJECT.resolve("node_modules/@hyperledger/fabric-gateway")),
                "no Fabric gateway client here; Debian packages: nodejs, npm; then run npm ci in ear/tests/" + PROJECT);
        Path log = TestPorts.folder().resolve("fabric-gateway.log");
        Map<String, String> variables = Map.of(
                "JANGBU_PEER", Peers.address(1),
                "JANGBU_CHANNEL", TrialServer.CHANNEL.value(),
                "JANGBU_TLS_ROOT", Peers.tlsRoot(1).toAbsolutePath().toString(),
                "JANGBU_USER_MSP", Peers.userMsp(1).toAbsolutePath().toString(),
                "JANGBU_OTHER_MSP", Peers.userMsp(2).toAbsolutePath().toString());
        int status = Programs.run(
                List.of(
                        "node",
                        "--test",
                        PROJECT.resolve("client.test.js").toAbsolutePath().toString()),
                variables,
                log);
        assertThat(status).as(Files.readString(log)).isZero();
        assertThat(Files.readString(log)).contains("fail 0").doesNotContain("pass 0");
        Ledgers.assertSoundAndEqual();
    }
}
