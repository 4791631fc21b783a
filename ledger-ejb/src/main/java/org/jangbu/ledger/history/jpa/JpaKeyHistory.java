package org.jangbu.ledger.history.jpa;

import java.util.List;
import java.util.Optional;
import org.jangbu.ledger.history.KeyHistory;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.ledger.state.jpa.UnitOfWork;
import org.jangbu.model.Version;

/** The history of one ledger's keys. */
public final class JpaKeyHistory implements KeyHistory {
    private static final String NEWEST_FIRST = """
            SELECT h FROM HistoryRow h
            WHERE h.id.ledger = :ledger AND h.id.ns = :ns AND h.id.key = :key AND h.id.block <= :block
                AND (h.id.block < :block OR h.id.tx < :tx)
            ORDER BY h.id.block DESC, h.id.tx DESC""";

    private final UnitOfWork work;
    private final int ledger;

    /** The history of the ledger with that number. */
    public JpaKeyHistory(UnitOfWork work, int ledger) {
        this.work = work;
        this.ledger = ledger;
    }

    @Override
    public List<Modification> of(StateKey key, Optional<Version> before, int limit) {
        Version end = before.orElse(new Version(Long.MAX_VALUE, 0));
        return work.read(manager -> manager
                .createQuery(NEWEST_FIRST, HistoryRow.class)
                .setParameter("ledger", ledger)
                .setParameter("ns", key.namespaceBytes())
                .setParameter("key", key.keyBytes())
                .setParameter("block", end.block())
                .setParameter("tx", Math.toIntExact(end.tx()))
                .setMaxResults(limit)
                .getResultList()
                .stream()
                .map(HistoryRow::toModification)
                .toList());
    }
}
