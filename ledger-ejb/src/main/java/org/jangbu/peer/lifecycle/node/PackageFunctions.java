package org.jangbu.peer.lifecycle.node;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.InputStream;
import org.hyperledger.fabric.protos.peer.lifecycle.GetInstalledChaincodePackageArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.GetInstalledChaincodePackageResult;
import org.hyperledger.fabric.protos.peer.lifecycle.InstallChaincodeArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.InstallChaincodeResult;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryInstalledChaincodeArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryInstalledChaincodeResult;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryInstalledChaincodesResult;
import org.jangbu.chaincode.packaging.PackageId;
import org.jangbu.peer.lifecycle.PackageException;

/** What {@code _lifecycle} does with the packages of one peer, in Fabric's messages and words. */
final class PackageFunctions {
    private final NodePackages packages;

    PackageFunctions(NodePackages packages) {
        this.packages = packages;
    }

    /** Keeps a package, whole or not at all. */
    ByteString install(ByteString argument) throws LifecycleException, InvalidProtocolBufferException {
        InputStream file = InstallChaincodeArgs.parseFrom(argument)
                .getChaincodeInstallPackage()
                .newInput();
        try {
            PackageId id = packages.install(file);
            return InstallChaincodeResult.newBuilder()
                    .setPackageId(id.toString())
                    .setLabel(id.label())
                    .build()
                    .toByteString();
        } catch (PackageException e) {
            throw words(e);
        }
    }

    /** Tells of one package. */
    ByteString query(ByteString argument) throws LifecycleException, InvalidProtocolBufferException {
        PackageId id = find(QueryInstalledChaincodeArgs.parseFrom(argument).getPackageId());
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
            for (PackageId id : packages.list()) {
                result.addInstalledChaincodesBuilder()
                        .setPackageId(id.toString())
                        .setLabel(id.label());
            }
            return result.build().toByteString();
        } catch (PackageException e) {
            throw words(e);
        }
    }

    /** Gives a package back, byte by byte. */
    ByteString get(ByteString argument) throws LifecycleException, InvalidProtocolBufferException {
        PackageId id = find(GetInstalledChaincodePackageArgs.parseFrom(argument).getPackageId());
        try (InputStream bytes = packages.open(id)) {
            return GetInstalledChaincodePackageResult.newBuilder()
                    .setChaincodeInstallPackage(ByteString.readFrom(bytes))
                    .build()
                    .toByteString();
        } catch (PackageException e) {
            throw words(e);
        } catch (IOException e) {
            throw new LifecycleException("could not load chaincode install package");
        }
    }

    private PackageId find(String packageId) throws LifecycleException {
        try {
            return packages.find(packageId);
        } catch (PackageException e) {
            throw words(e);
        }
    }

    private static LifecycleException words(PackageException failure) {
        String message = String.valueOf(failure.getMessage());
        return switch (failure.kind()) {
            case NOT_INSTALLED -> new LifecycleException(404, message);
            case UNUSABLE, TOO_LARGE ->
                new LifecycleException("could not parse as a chaincode install package: " + message);
            default -> new LifecycleException(message);
        };
    }
}
