package org.jangbu.peer.lifecycle.node;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jangbu.chaincode.packaging.InstalledPackages;
import org.jangbu.chaincode.packaging.PackageId;
import org.jangbu.model.Quoted;
import org.jangbu.peer.endorse.ChaincodeUnavailableException;

/** Finds for a package who deploys it: by the type that the package says it is of, which is read once, for it never changes. */
final class PackageTypes {
    private final InstalledPackages installed;
    private final Map<String, PackageDeployer> deployers;
    private final Map<PackageId, String> types = new ConcurrentHashMap<>();

    /** @param deployers by type, in lower case */
    PackageTypes(InstalledPackages installed, Map<String, PackageDeployer> deployers) {
        this.installed = installed;
        this.deployers = Map.copyOf(deployers);
    }

    PackageDeployer of(PackageId id) throws IOException, ChaincodeUnavailableException {
        String type = types.get(id);
        if (type == null) {
            type = installed
                    .get(id)
                    .orElseThrow(() -> new NoSuchFileException(id.toString()))
                    .metadata()
                    .type()
                    .toLowerCase(Locale.ROOT);
            types.put(id, type);
        }
        PackageDeployer deployer = deployers.get(type);
        if (deployer == null) {
            throw new ChaincodeUnavailableException(
                    "package " + id + " is of type '" + Quoted.brief(type) + "', which cannot run here");
        }
        return deployer;
    }
}
