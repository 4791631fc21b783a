package org.jangbu.peer.lifecycle.node;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jangbu.chaincode.packaging.ChaincodePackageException;
import org.jangbu.chaincode.packaging.InstalledPackages;
import org.jangbu.chaincode.packaging.PackageId;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.ChannelId;
import org.jangbu.peer.endorse.ChaincodeUnavailableException;
import org.jangbu.peer.lifecycle.ChaincodeDefinition;

/** Which package runs a defined chaincode on a node: what its organisation approved and installed, and the server's operator agreed to, and nothing else. */
final class PackageAssignments {
    /** How long an approval and a permission that were read count, so that not every proposal asks the database and the file system. */
    private static final long FRESH_NANOS = 1_000_000_000L;

    private final Approvals approvals;
    private final InstalledPackages installed;
    private final PackageTypes types;
    private final LongSupplier nanoTime;
    private final Map<Place, Assigned> assigned = new ConcurrentHashMap<>();

    PackageAssignments(Approvals approvals, InstalledPackages installed, PackageTypes types, LongSupplier nanoTime) {
        this.approvals = approvals;
        this.installed = installed;
        this.types = types;
        this.nanoTime = nanoTime;
    }

    /**
     * The package of a definition.
     *
     * @throws ChaincodeUnavailableException if there is none that may run here; the message says what is missing
     */
    PackageId of(ChannelId channel, ChaincodeDefinition definition) throws ChaincodeUnavailableException {
        Place place = new Place(channel, definition.name());
        Assigned current = assigned.get(place);
        long now = nanoTime.getAsLong();
        if (current == null || !current.definition().equals(definition) || now - current.readAt() >= FRESH_NANOS) {
            current = new Assigned(definition, read(channel, definition), now, false);
        }
        if (!current.permitted()) {
            assigned.put(place, current);
            requirePermission(definition, current.packageId());
            assigned.put(place, current.withPermission());
        }
        return current.packageId();
    }

    private void requirePermission(ChaincodeDefinition definition, PackageId id) throws ChaincodeUnavailableException {
        String chaincode = "chaincode definition for '" + definition.name() + "' exists, but ";
        try {
            Optional<String> refusal = types.of(id).refusal(id);
            if (refusal.isPresent()) {
                throw new ChaincodeUnavailableException(chaincode + refusal.get());
            }
        } catch (IOException | ChaincodePackageException e) {
            throw new ChaincodeUnavailableException(
                    chaincode + "its package, or the list of what this server may run, cannot be read", e);
        }
    }

    /** Whether a package is still named by the definition that was asked for last on any channel. */
    boolean isAssigned(PackageId id) {
        return assigned.values().stream().anyMatch(a -> a.packageId().equals(id));
    }

    private PackageId read(ChannelId channel, ChaincodeDefinition definition) throws ChaincodeUnavailableException {
        String chaincode = "chaincode definition for '" + definition.name() + "' exists, but ";
        Optional<String> named = approvals
                .find(channel, definition.name().value(), definition.sequence())
                .flatMap(ApprovedDefinition::of)
                .filter(approved -> approved.definition().equals(definition))
                .flatMap(ApprovedDefinition::packageId);
        if (named.isEmpty()) {
            throw new ChaincodeUnavailableException(chaincode
                    + "chaincode is not installed: this peer's organisation has approved no package for sequence "
                    + definition.sequence());
        }
        try {
            PackageId id = PackageId.parse(named.get());
            if (!installed.list().contains(id)) {
                throw new ChaincodeUnavailableException(chaincode + "chaincode is not installed: package " + id);
            }
            return id;
        } catch (IllegalArgumentException | IOException e) {
            throw new ChaincodeUnavailableException(chaincode + "its package cannot be found", e);
        }
    }

    private record Place(ChannelId channel, ChaincodeName chaincode) {}

    /** @param permitted whether the operator was found to agree; one who does not is asked again each time */
    private record Assigned(ChaincodeDefinition definition, PackageId packageId, long readAt, boolean permitted) {
        Assigned withPermission() {
            return new Assigned(definition, packageId, readAt, true);
        }
    }
}
