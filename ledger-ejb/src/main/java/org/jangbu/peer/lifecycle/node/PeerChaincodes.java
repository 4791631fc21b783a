package org.jangbu.peer.lifecycle.node;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jangbu.chaincode.java.ChaincodeDeployException;
import org.jangbu.chaincode.packaging.ChaincodePackageException;
import org.jangbu.chaincode.packaging.InstalledPackages;
import org.jangbu.chaincode.packaging.PackageId;
import org.jangbu.chaincode.spi.ChaincodeRuntime;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.ChannelId;
import org.jangbu.peer.endorse.ChaincodeUnavailableException;
import org.jangbu.peer.endorse.Chaincodes;
import org.jangbu.peer.lifecycle.ChaincodeDefinition;
import org.jangbu.peer.log.EndorsementLog;
import org.jspecify.annotations.Nullable;

/**
 * The chaincodes of one node, inside this server or as services: one deployment for each package, shared by all definitions that name it, made at
 * its first use and ended when no definition names it any more.
 */
public final class PeerChaincodes implements Chaincodes, AutoCloseable {
    private final LocalNode node;
    private final PackageAssignments assignments;
    private final PackageTypes types;

    /** Guarded by itself as to membership; each slot deploys under its own lock, so that one slow package holds up nobody else. */
    private final Map<PackageId, Slot> slots = new HashMap<>();

    /** Why a chaincode cannot run here, as it was told last. */
    private final Map<ChaincodeName, String> reasons = new ConcurrentHashMap<>();

    private boolean closed;

    /**
     * The chaincodes of a node.
     *
     * @param deployers by the type of a package, in lower case
     */
    public PeerChaincodes(
            LocalNode node,
            Approvals approvals,
            InstalledPackages installed,
            Map<String, PackageDeployer> deployers,
            LongSupplier nanoTime) {
        this.node = node;
        this.types = new PackageTypes(installed, deployers);
        this.assignments = new PackageAssignments(approvals, installed, types, nanoTime);
    }

    @Override
    public boolean has(ChannelId channel, ChaincodeDefinition definition) {
        try {
            assignments.of(channel, definition);
            reasons.remove(definition.name());
            return true;
        } catch (ChaincodeUnavailableException e) {
            tellOnce(channel, definition, String.valueOf(e.getMessage()));
            return false;
        }
    }

    /** Callers learn only that no peer is there for them, so why has to stand in the log; not for each of them. */
    private void tellOnce(ChannelId channel, ChaincodeDefinition definition, String reason) {
        if (!reason.equals(reasons.put(definition.name(), reason))) {
            EndorsementLog.LOG.chaincodeUnavailable(node.name().value(), channel.value(), reason);
        }
    }

    @Override
    public ChaincodeRuntime runtime(ChannelId channel, ChaincodeDefinition definition)
            throws ChaincodeUnavailableException {
        PackageId id = assignments.of(channel, definition);
        Slot slot;
        synchronized (slots) {
            if (closed) {
                throw new ChaincodeUnavailableException("this peer is being stopped");
            }
            slot = slots.get(id);
            if (slot == null) {
                slot = new Slot(id);
                slots.put(id, slot);
            }
        }
        ChaincodeRuntime runtime = slot.deployed();
        undeployUnused(id);
        return runtime;
    }

    @Override
    public void close() {
        List<Slot> all;
        synchronized (slots) {
            closed = true;
            all = List.copyOf(slots.values());
            slots.clear();
        }
        all.forEach(Slot::undeploy);
    }

    private void undeployUnused(PackageId inUse) {
        List<Slot> unused;
        synchronized (slots) {
            if (slots.size() == 1) {
                return;
            }
            unused = slots.values().stream()
                    .filter(slot -> !slot.id.equals(inUse) && !assignments.isAssigned(slot.id))
                    .toList();
            unused.forEach(slot -> slots.remove(slot.id));
        }
        unused.forEach(Slot::undeploy);
    }

    /** The place of one package: empty, deployed, or left. */
    private final class Slot {
        private final PackageId id;
        private @Nullable ChaincodeRuntime runtime;
        private boolean left;

        private Slot(PackageId id) {
            this.id = id;
        }

        private synchronized ChaincodeRuntime deployed() throws ChaincodeUnavailableException {
            ChaincodeRuntime existing = runtime;
            if (existing != null) {
                return existing;
            }
            if (left) {
                throw new ChaincodeUnavailableException("package " + id + " is being replaced; try again");
            }
            ChaincodeRuntime fresh = deploy();
            runtime = fresh;
            return fresh;
        }

        private ChaincodeRuntime deploy() throws ChaincodeUnavailableException {
            try {
                return types.of(id).deploy(id);
            } catch (ChaincodeDeployException | ChaincodePackageException | IOException e) {
                EndorsementLog.LOG.deploymentFailed(node.name().value(), id.toString(), e);
                throw new ChaincodeUnavailableException(
                        "package " + id + " cannot be deployed; this peer's log says why", e);
            }
        }

        private synchronized void undeploy() {
            left = true;
            ChaincodeRuntime existing = runtime;
            runtime = null;
            if (existing != null) {
                existing.close();
                EndorsementLog.LOG.undeployed(node.name().value(), id.toString());
            }
        }
    }
}
