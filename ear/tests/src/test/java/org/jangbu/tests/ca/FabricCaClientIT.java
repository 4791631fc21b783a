package org.jangbu.tests.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jangbu.quickstart.QuickStartUsers;
import org.jangbu.quickstart.machine.Programs;
import org.jangbu.tests.network.NetworkTest;
import org.jangbu.tests.server.TestPorts;
import org.junit.jupiter.api.Test;

/** Fabric's own client for Node.js, as it comes from the npm registry; what it does is told in {@code client.test.js}. */
class FabricCaClientIT extends NetworkTest {
    private static final Path PROJECT = Path.of("src/test/node/fabric-ca-client");

    @Test
    void fabrics_own_client_does_all_it_can() throws Exception {
        assumeTrue(
                Files.isDirectory(PROJECT.resolve("node_modules/fabric-ca-client")),
                "no Fabric CA client here; Debian packages: nodejs, npm; then run npm ci in ear/tests/" + PROJECT);
        Path log = TestPorts.folder().resolve("fabric-ca-client.log");
        Map<String, String> variables = Map.of(
                "JANGBU_CA_URL", Ca.ORG1.toString(),
                "JANGBU_CA_TLS_ROOT", Ca.tlsRoot().toString(),
                "JANGBU_CA_ADMIN_SECRET", QuickStartUsers.administratorOfOrg1().password(),
                "HOME",
                        TestPorts.folder()
                                .resolve("fabric-ca-client-home")
                                .toAbsolutePath()
                                .toString());
        int status = Programs.run(
                List.of(
                        "node",
                        "--test",
                        PROJECT.resolve("client.test.js").toAbsolutePath().toString()),
                variables,
                log);
        assertThat(status).as(Files.readString(log)).isZero();
        assertThat(Files.readString(log)).contains("fail 0").doesNotContain("pass 0");
    }
}
