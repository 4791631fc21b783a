package org.jangbu.ledger.commit.jpa;

import jakarta.persistence.EntityManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jangbu.ledger.commit.LedgerDatabase;
import org.jangbu.ledger.commit.LedgerPosition;
import org.jangbu.ledger.commit.SealedBlock;
import org.jangbu.ledger.commit.StateWrite;
import org.jangbu.ledger.commit.TransactionIndex;
import org.jangbu.ledger.history.KeyHistory;
import org.jangbu.ledger.history.jpa.JpaKeyHistory;
import org.jangbu.ledger.privatedata.MissingSets;
import org.jangbu.ledger.privatedata.PrivateEffects;
import org.jangbu.ledger.privatedata.PrivateStore;
import org.jangbu.ledger.privatedata.TransientStore;
import org.jangbu.ledger.privatedata.jpa.JpaMissingSets;
import org.jangbu.ledger.privatedata.jpa.JpaPrivateStore;
import org.jangbu.ledger.privatedata.jpa.JpaTransientStore;
import org.jangbu.ledger.query.Documents;
import org.jangbu.ledger.query.QueryIndexes;
import org.jangbu.ledger.query.jpa.JpaDocuments;
import org.jangbu.ledger.state.StateStore;
import org.jangbu.ledger.state.StateUnavailableException;
import org.jangbu.ledger.state.jpa.JpaStateStore;
import org.jangbu.ledger.state.jpa.RowChanges;
import org.jangbu.ledger.state.jpa.UnitOfWork;

/** One ledger's rows in PostgreSQL. */
final class JpaLedgerDatabase implements LedgerDatabase {
    private static final String CHECKSUMS =
            "SELECT number, checksum FROM ledger.blocks WHERE ledger = ?1 ORDER BY number DESC";

    private final UnitOfWork work;
    private final int ledger;
    private final JpaStateStore state;
    private final JpaPrivateStore privateData;
    private final JpaMissingSets missingSets;
    private final JpaTransientStore transients;
    private final Indexes indexes;

    JpaLedgerDatabase(UnitOfWork work, int ledger, Indexes indexes) {
        this.work = work;
        this.ledger = ledger;
        this.indexes = indexes;
        this.state = new JpaStateStore(work, ledger);
        this.privateData = new JpaPrivateStore(work, ledger);
        this.missingSets = new JpaMissingSets(work, ledger);
        this.transients = new JpaTransientStore(work, ledger, TransientStore.Limits.DEFAULT);
    }

    /** The indexes for rich queries. */
    record Indexes(QueryIndexes ofState, QueryIndexes ofPrivateValues) {}

    @Override
    public LedgerPosition position() {
        LedgerRow row = work.read(manager -> manager.find(LedgerRow.class, ledger));
        if (row == null) {
            throw new StateUnavailableException("the ledger's row is gone from the database", false);
        }
        return row.position();
    }

    @Override
    public void write(List<SealedBlock> blocks, LedgerPosition before, List<Integer> checksums) {
        RowChanges changes = changes(blocks);
        LedgerPosition after = blocks.get(blocks.size() - 1).after();
        work.write(manager -> write(manager, blocks, before, after, changes, checksums));
    }

    private void write(
            EntityManager manager,
            List<SealedBlock> blocks,
            LedgerPosition before,
            LedgerPosition after,
            RowChanges changes,
            List<Integer> checksums) {
        CommitStatements statements = new CommitStatements(manager, ledger);
        List<PrivateEffects> privateEffects = blocks.stream()
                .map(SealedBlock::privateEffects)
                .filter(effects -> !effects.isEmpty())
                .toList();
        statements.advance(before.height(), after, !privateEffects.isEmpty());
        statements.blocks(blocks, checksums);
        state.write(manager, changes);
        statements.history(blocks);
        statements.transactions(blocks);
        privateData.write(manager, privateEffects);
    }

    private static RowChanges changes(List<SealedBlock> blocks) {
        RowChanges changes = new RowChanges();
        for (SealedBlock block : blocks) {
            for (StateWrite write : block.effects().writes()) {
                if (write.delete()) {
                    changes.delete(write.key());
                } else {
                    changes.put(write.key(), write.value(), write.metadata(), write.version());
                }
            }
            block.privateEffects().expiry().expired().forEach(changes::delete);
        }
        return changes;
    }

    @Override
    public Map<Long, Integer> checksums(int limit) {
        List<?> rows = work.read(manager -> manager.createNativeQuery(CHECKSUMS)
                .setParameter(1, ledger)
                .setMaxResults(limit)
                .getResultList());
        Map<Long, Integer> checksums = new HashMap<>();
        for (Object row : rows) {
            Object[] columns = (Object[]) row;
            checksums.put(((Number) columns[0]).longValue(), ((Number) columns[1]).intValue());
        }
        return checksums;
    }

    @Override
    public StateStore state() {
        return state;
    }

    @Override
    public PrivateStore privateData() {
        return privateData;
    }

    @Override
    public MissingSets missingSets() {
        return missingSets;
    }

    @Override
    public TransientStore transients() {
        return transients;
    }

    @Override
    public KeyHistory history() {
        return new JpaKeyHistory(work, ledger);
    }

    @Override
    public Documents documents() {
        return JpaDocuments.ofState(work, ledger, indexes.ofState()::indexed);
    }

    @Override
    public QueryIndexes indexes() {
        return indexes.ofState();
    }

    @Override
    public Documents privateDocuments() {
        return JpaDocuments.ofPrivateValues(work, ledger, indexes.ofPrivateValues()::indexed);
    }

    @Override
    public QueryIndexes privateIndexes() {
        return indexes.ofPrivateValues();
    }

    @Override
    public TransactionIndex transactions() {
        return new JpaTransactionIndex(work, ledger);
    }
}
