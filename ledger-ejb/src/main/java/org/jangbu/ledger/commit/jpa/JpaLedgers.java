package org.jangbu.ledger.commit.jpa;

import java.util.function.IntFunction;
import javax.sql.DataSource;
import org.jangbu.ledger.commit.LedgerDatabase;
import org.jangbu.ledger.query.QueryIndexes;
import org.jangbu.ledger.query.jdbc.JdbcQueryIndexes;
import org.jangbu.ledger.state.jpa.UnitOfWork;
import org.jangbu.model.LedgerId;

/** The ledgers that a database holds. The schema must be there: {@link FlywayMigration}. */
public final class JpaLedgers {
    private static final String REGISTER =
            "INSERT INTO ledger.ledgers (node, channel) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
    private static final String NUMBER = "SELECT l.id FROM LedgerRow l WHERE l.node = :node AND l.channel = :channel";

    private final UnitOfWork work;
    private final IntFunction<JpaLedgerDatabase.Indexes> indexes;

    /** Ledgers whose rich queries find no indexes. */
    public JpaLedgers(UnitOfWork work) {
        this.work = work;
        this.indexes = ledger -> new JpaLedgerDatabase.Indexes(QueryIndexes.NONE, QueryIndexes.NONE);
    }

    /** @param database where indexes are made, outside of any transaction */
    public JpaLedgers(UnitOfWork work, DataSource database) {
        this.work = work;
        this.indexes = ledger -> new JpaLedgerDatabase.Indexes(
                JdbcQueryIndexes.ofState(database, ledger), JdbcQueryIndexes.ofPrivateValues(database, ledger));
    }

    /**
     * The database side of a ledger, made empty if there is none yet.
     *
     * @throws org.jangbu.ledger.state.StateUnavailableException if the database does not answer
     */
    public LedgerDatabase open(LedgerId id) {
        work.write(manager -> manager.createNativeQuery(REGISTER)
                .setParameter(1, id.node().value())
                .setParameter(2, id.channel().value())
                .executeUpdate());
        int number = work.read(manager -> manager.createQuery(NUMBER, Integer.class)
                .setParameter("node", id.node().value())
                .setParameter("channel", id.channel().value())
                .getSingleResult());
        return new JpaLedgerDatabase(work, number, indexes.apply(number));
    }
}
