package org.jangbu.peer.lifecycle.node;

import java.io.IOException;
import java.util.Optional;
import org.jangbu.chaincode.java.ChaincodeDeployException;
import org.jangbu.chaincode.packaging.ChaincodePackageException;
import org.jangbu.chaincode.packaging.PackageId;
import org.jangbu.chaincode.spi.ChaincodeRuntime;

/** How installed packages of one type come to run, and whether the server's operator lets them. */
public interface PackageDeployer {
    /** What the operator of this server has not agreed to; empty if the package may run. Asked again every second while proposals come, and each time while the answer is no. */
    Optional<String> refusal(PackageId id) throws IOException, ChaincodePackageException;

    /** Makes a package ready to run. */
    ChaincodeRuntime deploy(PackageId id) throws IOException, ChaincodePackageException, ChaincodeDeployException;
}
