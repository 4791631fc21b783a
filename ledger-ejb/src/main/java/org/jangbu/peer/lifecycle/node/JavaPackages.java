package org.jangbu.peer.lifecycle.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jangbu.chaincode.java.ChaincodeDeployException;
import org.jangbu.chaincode.java.JavaChaincodeDeployer;
import org.jangbu.chaincode.java.Limits;
import org.jangbu.chaincode.packaging.AllowedPackages;
import org.jangbu.chaincode.packaging.InstalledPackages;
import org.jangbu.chaincode.packaging.PackageId;
import org.jangbu.chaincode.spi.ChaincodeRuntime;
import org.jangbu.ledger.node.LocalNode;

/** Packages of Java contracts, which run inside this server: those that its operator has listed by their ids, and nothing else. */
public final class JavaPackages implements PackageDeployer {
    private final LocalNode node;
    private final InstalledPackages installed;
    private final AllowedPackages allowed;
    private final JavaChaincodeDeployer deployer;
    private final Limits limits;

    public JavaPackages(
            LocalNode node,
            InstalledPackages installed,
            AllowedPackages allowed,
            JavaChaincodeDeployer deployer,
            Limits limits) {
        this.node = node;
        this.installed = installed;
        this.allowed = allowed;
        this.deployer = deployer;
        this.limits = limits;
    }

    @Override
    public Optional<String> refusal(PackageId id) throws IOException {
        return allowed.allows(id)
                ? Optional.empty()
                : Optional.of("package " + id + " is not allowed to run in this server");
    }

    @Override
    public ChaincodeRuntime deploy(PackageId id) throws IOException, ChaincodeDeployException {
        try {
            Path code = installed.code(id).orElseThrow(() -> new NoSuchFileException(id.toString()));
            return deployer.deploy(id.toString(), node.mspId().value(), code, limits);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
