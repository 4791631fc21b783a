package org.jangbu.peer.lifecycle.node;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jangbu.chaincode.packaging.ChaincodePackageException;
import org.jangbu.chaincode.packaging.InstalledPackages;
import org.jangbu.chaincode.packaging.PackageId;
import org.jangbu.ledger.commit.PeerLedger;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.ledger.query.QueryIndexes;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.ChannelId;
import org.jangbu.model.query.IndexDefinition;
import org.jangbu.model.query.QueryException;
import org.jangbu.peer.lifecycle.StateDefinitions;
import org.jangbu.peer.log.EndorsementLog;

/**
 * The indexes of rich queries that one peer needs: for each chaincode that a channel has defined, those in the package by which this peer's
 * organisation approved to run it, if it is installed.
 */
public final class ContractIndexes {
    private final LocalNode node;
    private final Approvals approvals;
    private final InstalledPackages installed;
    private final Map<PackageId, PackageIndexes> read = new ConcurrentHashMap<>();

    public ContractIndexes(LocalNode node, Approvals approvals, InstalledPackages installed) {
        this.node = node;
        this.approvals = approvals;
        this.installed = installed;
    }

    /**
     * Makes those of a channel that are not there yet, which may take long.
     *
     * @throws org.jangbu.ledger.state.StateUnavailableException if the database fails
     */
    public void make(ChannelId channel, PeerLedger ledger) {
        StateDefinitions definitions = new StateDefinitions(ledger.state());
        for (ChaincodeName chaincode : StateDefinitions.names(ledger.state())) {
            PackageIndexes wanted = definitions
                    .find(chaincode)
                    .flatMap(definition -> approvals.find(channel, chaincode.value(), definition.sequence()))
                    .flatMap(ApprovedDefinition::of)
                    .flatMap(ApprovedDefinition::packageId)
                    .flatMap(ContractIndexes::parsed)
                    .map(this::wanted)
                    .orElse(PackageIndexes.NONE);
            wanted.byCollection().forEach((collection, some) -> make(ledger, chaincode, collection, some));
        }
    }

    private static void make(
            PeerLedger ledger, ChaincodeName chaincode, String collection, List<IndexDefinition> wanted) {
        QueryIndexes indexes = collection.isEmpty() ? ledger.indexes() : ledger.privateIndexes();
        indexes.make(StateKey.namespaceOf(chaincode.value(), collection), wanted);
    }

    /** What somebody approved may be no package id at all; then nothing runs, and nothing is indexed. */
    private static Optional<PackageId> parsed(String packageId) {
        try {
            return Optional.of(PackageId.parse(packageId));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private PackageIndexes wanted(PackageId id) {
        PackageIndexes known = read.get(id);
        if (known == null && installed.has(id)) {
            known = read(id);
            read.put(id, known);
        }
        return known == null ? PackageIndexes.NONE : known;
    }

    private PackageIndexes read(PackageId id) {
        try {
            return PackageIndexes.read(installed.stateFiles(id, IndexDefinition.MAX_BYTES));
        } catch (IOException | ChaincodePackageException | QueryException e) {
            EndorsementLog.LOG.indexesUnreadable(node.name().value(), id.toString(), e);
            return PackageIndexes.NONE;
        }
    }
}
