package org.jangbu.peer.lifecycle.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jangbu.chaincode.packaging.AllowedServices;
import org.jangbu.chaincode.packaging.ChaincodePackage;
import org.jangbu.chaincode.packaging.InstalledPackages;
import org.jangbu.chaincode.packaging.PackageId;
import org.jangbu.chaincode.packaging.PackageMetadata;
import org.jangbu.chaincode.service.ServiceDeployer;
import org.jangbu.chaincode.service.ServiceLimits;
import org.jangbu.peer.endorse.ChaincodeUnavailableException;
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

    private PackageDeployer services() {
        return new ServicePackages(
                installed, new AllowedServices(folder.resolve("services")), deployer, ServiceLimits.DEFAULT);
    }
}
