package org.jangbu.peer.lifecycle.node;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.util.Optional;
import org.hyperledger.fabric.protos.peer.lifecycle.GetInstalledChaincodePackageArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.GetInstalledChaincodePackageResult;
import org.hyperledger.fabric.protos.peer.lifecycle.InstallChaincodeArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.InstallChaincodeResult;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryInstalledChaincodeArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryInstalledChaincodeResult;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryInstalledChaincodesResult;
import org.jangbu.chaincode.packaging.ChaincodePackage;
import org.jangbu.chaincode.packaging.ChaincodePackageException;
import org.jangbu.chaincode.packaging.InstalledPackages;
import org.jangbu.chaincode.packaging.PackageId;
import org.jangbu.chaincode.packaging.PackageMetadata;
import org.jangbu.chaincode.packaging.ServiceEndpoint;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.model.Quoted;
import org.jangbu.peer.log.EndorsementLog;

/** The packages of one peer. They stay through restarts; whether one may run in this server is for its operator to say, elsewhere. */
final class PackageFunctions {
    private final LocalNode node;
    private final InstalledPackages installed;

    PackageFunctions(LocalNode node, InstalledPackages installed) {
        this.node = node;
        this.installed = installed;
    }

    /** Keeps a package, whole or not at all. */
    ByteString install(ByteString argument) throws LifecycleException, InvalidProtocolBufferException {
        byte[] file = InstallChaincodeArgs.parseFrom(argument)
                .getChaincodeInstallPackage()
                .toByteArray();
        try {
            ChaincodePackage chaincode = ChaincodePackage.read(file);
            if (chaincode.metadata().type().equalsIgnoreCase(PackageMetadata.SERVICE)) {
                ServiceEndpoint.of(chaincode);
            }
            if (installed.list().contains(chaincode.id())) {
                throw new LifecycleException(
                        "chaincode already successfully installed (package ID '" + chaincode.id() + "')");
            }
            PackageId id = installed.install(chaincode);
            EndorsementLog.LOG.installed(node.name().value(), id.toString());
            return InstallChaincodeResult.newBuilder()
                    .setPackageId(id.toString())
                    .setLabel(id.label())
                    .build()
                    .toByteString();
        } catch (ChaincodePackageException e) {
            throw new LifecycleException("could not parse as a chaincode install package: " + e.getMessage());
        } catch (IOException e) {
            throw failed("could not save chaincode install package", e);
        }
    }

    /** Tells of one package. */
    ByteString query(ByteString argument) throws LifecycleException, InvalidProtocolBufferException {
        String packageId = QueryInstalledChaincodeArgs.parseFrom(argument).getPackageId();
        PackageId id = find(packageId);
        return QueryInstalledChaincodeResult.newBuilder()
                .setPackageId(id.toString())
                .setLabel(id.label())
                .build()
                .toByteString();
    }

    /** Tells of all packages, by label and hash. */
    ByteString queryAll() throws LifecycleException {
        try {
            QueryInstalledChaincodesResult.Builder result = QueryInstalledChaincodesResult.newBuilder();
            for (PackageId id : installed.list()) {
                result.addInstalledChaincodesBuilder()
                        .setPackageId(id.toString())
                        .setLabel(id.label());
            }
            return result.build().toByteString();
        } catch (IOException e) {
            throw failed("could not list chaincode install packages", e);
        }
    }

    /** Gives a package back, byte by byte. */
    ByteString get(ByteString argument) throws LifecycleException, InvalidProtocolBufferException {
        PackageId id = find(GetInstalledChaincodePackageArgs.parseFrom(argument).getPackageId());
        try {
            Optional<ChaincodePackage> found = installed.get(id);
            return GetInstalledChaincodePackageResult.newBuilder()
                    .setChaincodeInstallPackage(ByteString.copyFrom(
                            found.orElseThrow(() -> notInstalled(id.toString())).bytes()))
                    .build()
                    .toByteString();
        } catch (IOException e) {
            throw failed("could not load chaincode install package", e);
        }
    }

    private PackageId find(String packageId) throws LifecycleException {
        try {
            PackageId id = PackageId.parse(packageId);
            if (installed.list().contains(id)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            throw notInstalled(packageId);
        } catch (IOException e) {
            throw failed("could not list chaincode install packages", e);
        }
        throw notInstalled(packageId);
    }

    private static LifecycleException notInstalled(String packageId) {
        return new LifecycleException(404, "chaincode install package '" + Quoted.brief(packageId) + "' not found");
    }

    /** What went wrong with a file is for this server's log, not for whoever asks. */
    private LifecycleException failed(String what, IOException cause) {
        EndorsementLog.LOG.packagesUnreadable(node.name().value(), cause);
        return new LifecycleException(what + "; this peer's log says why");
    }
}
