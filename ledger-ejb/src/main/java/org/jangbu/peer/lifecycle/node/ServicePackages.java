package org.jangbu.peer.lifecycle.node;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jangbu.chaincode.packaging.AllowedServices;
import org.jangbu.chaincode.packaging.ChaincodePackageException;
import org.jangbu.chaincode.packaging.InstalledPackages;
import org.jangbu.chaincode.packaging.PackageId;
import org.jangbu.chaincode.packaging.ServiceEndpoint;
import org.jangbu.chaincode.service.ServiceDeployer;
import org.jangbu.chaincode.service.ServiceLimits;
import org.jangbu.chaincode.spi.ChaincodeRuntime;

/** Packages that name a service: called at addresses that the operator has listed, and nowhere else. What a package says never changes, so it is read once. */
public final class ServicePackages implements PackageDeployer {
    private final InstalledPackages installed;
    private final AllowedServices allowed;
    private final ServiceDeployer deployer;
    private final ServiceLimits limits;
    private final Map<PackageId, ServiceEndpoint> endpoints = new ConcurrentHashMap<>();

    public ServicePackages(
            InstalledPackages installed, AllowedServices allowed, ServiceDeployer deployer, ServiceLimits limits) {
        this.installed = installed;
        this.allowed = allowed;
        this.deployer = deployer;
        this.limits = limits;
    }

    // Where it is, is known to those who may read the package; callers are others.
    @Override
    public Optional<String> refusal(PackageId id) throws IOException, ChaincodePackageException {
        return allowed.allows(endpoint(id).address())
                ? Optional.empty()
                : Optional.of("this server may not call the service that package " + id + " names");
    }

    @Override
    public ChaincodeRuntime deploy(PackageId id) throws IOException, ChaincodePackageException {
        return deployer.deploy(id.toString(), endpoint(id), limits);
    }

    private ServiceEndpoint endpoint(PackageId id) throws IOException, ChaincodePackageException {
        ServiceEndpoint known = endpoints.get(id);
        if (known == null) {
            known = ServiceEndpoint.of(installed.get(id).orElseThrow(() -> new NoSuchFileException(id.toString())));
            endpoints.put(id, known);
        }
        return known;
    }
}
