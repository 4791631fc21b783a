package org.jangbu.peer.lifecycle.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jangbu.chaincode.packaging.AllowedServices;
import org.jangbu.chaincode.packaging.ChaincodePackage;
import org.jangbu.chaincode.packaging.InstalledPackages;
import org.jangbu.chaincode.packaging.PackageId;
import org.jangbu.chaincode.packaging.PackageMetadata;
import org.jangbu.chaincode.packaging.PackageWriter;
import org.jangbu.chaincode.service.ServiceDeployer;
import org.jangbu.chaincode.service.ServiceLimits;
import org.jangbu.peer.endorse.ChaincodeUnavailableException;
import org.jangbu.peer.endorse.TestPeer;
import org.jangbu.peer.lifecycle.PackageException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageTypesTest {
    private final ServiceDeployer deployer = new ServiceDeployer(Thread::new);

    @TempDir
    private Path folder;

    private InstalledPackages installed;
    private PackageId service;
    private PackageId jar;

    @BeforeEach
    void install() throws Exception {
        installed = new InstalledPackages(folder.resolve("packages"), folder.resolve("work"));
        service = installed.install(
                ChaincodePackage.ofService("asset_1.0", "{\"address\":\"contract.example.com:9999\"}"));
        Path file = Files.write(folder.resolve("contract.jar"), new byte[] {1});
        jar = installed.install(ChaincodePackage.ofJar("sample_1.0", file));
    }

    @AfterEach
    void close() {
        deployer.close();
    }

    @Test
    void a_package_goes_to_the_deployer_of_its_type_and_others_are_refused_by_name() throws Exception {
        PackageDeployer services = services();
        PackageTypes types = new PackageTypes(installed, Map.of(PackageMetadata.SERVICE, services));

        assertThat(types.of(service)).isSameAs(services);
        assertThatThrownBy(() -> types.of(jar))
                .isInstanceOf(ChaincodeUnavailableException.class)
                .hasMessage("package " + jar + " is of type 'java', which cannot run here");
        assertThatThrownBy(() -> types.of(PackageId.parse("gone:" + "0".repeat(64))))
                .isInstanceOf(IOException.class);
    }

    @Test
    void a_service_may_be_called_once_the_operator_has_listed_its_address() throws Exception {
        PackageDeployer services = services();

        assertThat(services.refusal(service))
                .hasValue("this server may not call the service that package " + service + " names");

        Files.writeString(folder.resolve("services"), "contract.example.com:9999\n");
        assertThat(services.refusal(service)).isEmpty();

        Files.writeString(folder.resolve("services"), "contract.example.com\n");
        assertThatThrownBy(() -> services.refusal(service)).isInstanceOf(IOException.class);
    }

    @Test
    void a_package_of_a_type_that_no_peer_here_runs_is_not_installed() throws Exception {
        NodePackages packages =
                new NodePackages(new TestPeer(1).resources().node(), installed, ChaincodePackage.MAX_BYTES);
        for (String type : List.of("golang", "node", "javascript")) {
            ChaincodePackage foreign =
                    PackageWriter.write(type, "foreign_1.0", new TreeMap<>(Map.of("src/main.go", new byte[] {1})));
            assertThatThrownBy(() -> packages.install(new ByteArrayInputStream(foreign.bytes())))
                    .isInstanceOfSatisfying(
                            PackageException.class, e -> assertThat(e.kind()).isEqualTo(PackageException.Kind.UNUSABLE))
                    .hasMessage("peers here run packages of the types ccaas, java, not " + type);
        }
        assertThat(packages.list()).containsExactlyInAnyOrder(service, jar);
    }

    private PackageDeployer services() {
        return new ServicePackages(
                installed, new AllowedServices(folder.resolve("services")), deployer, ServiceLimits.DEFAULT);
    }
}
