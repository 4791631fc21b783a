package org.jangbu.peer.event;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.ledger.rwset.CollectionPvtReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.NsPvtReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.TxPvtReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.TxReadWriteSet;
import org.jangbu.ledger.commit.PeerLedger;
import org.jangbu.ledger.privatedata.PastSet;
import org.jangbu.model.MspId;
import org.jangbu.model.ParsedBlock;
import org.jangbu.model.ParsedTransaction;
import org.jangbu.model.ReadWriteSet;
import org.jangbu.model.TransactionsFilter;
import org.jangbu.model.Version;
import org.jangbu.peer.lifecycle.CollectionMembers;

/**
 * The private sets behind a committed block, as far as a peer still has them and the reader's organisation is a member. A set is told without
 * what has been purged since; one that has come to its end, or was never here, is left out.
 */
public final class PrivateSets {
    private final PeerLedger ledger;
    private final CollectionMembers reader;

    /** @param reader the organisation of whoever is told */
    public PrivateSets(PeerLedger ledger, MspId reader) {
        this.ledger = ledger;
        this.reader = new CollectionMembers(reader);
    }

    /** By the position of their transaction. */
    public Map<Long, TxPvtReadWriteSet> behind(Block block) {
        TransactionsFilter filter = TransactionsFilter.of(block);
        List<ParsedTransaction> transactions = ParsedBlock.parse(block).transactions();
        Map<Long, TxPvtReadWriteSet> sets = new TreeMap<>();
        for (int position = 0; position < transactions.size(); position++) {
            if (filter.isValid(position) && transactions.get(position) instanceof ParsedTransaction.Endorser endorser) {
                Version version = new Version(block.getHeader().getNumber(), position);
                TxPvtReadWriteSet set = of(endorser.transaction().readWriteSet(), version);
                if (set.getNsPvtRwsetCount() > 0) {
                    sets.put((long) position, set);
                }
            }
        }
        return sets;
    }

    private TxPvtReadWriteSet of(ReadWriteSet hashes, Version version) {
        TxPvtReadWriteSet.Builder set = TxPvtReadWriteSet.newBuilder().setDataModel(TxReadWriteSet.DataModel.KV);
        for (ReadWriteSet.Namespace namespace : hashes.namespaces()) {
            NsPvtReadWriteSet.Builder sets = NsPvtReadWriteSet.newBuilder().setNamespace(namespace.name());
            for (ReadWriteSet.Collection collection : namespace.collections()) {
                if (collection.hasWrites() && reader.isMember(namespace.name(), collection.name(), ledger.state())) {
                    new PastSet(namespace.name(), collection, version)
                            .in(ledger.privateData())
                            .ifPresent(bytes -> sets.addCollectionPvtRwset(CollectionPvtReadWriteSet.newBuilder()
                                    .setCollectionName(collection.name())
                                    .setRwset(bytes)));
                }
            }
            if (sets.getCollectionPvtRwsetCount() > 0) {
                set.addNsPvtRwset(sets);
            }
        }
        return set.build();
    }
}
