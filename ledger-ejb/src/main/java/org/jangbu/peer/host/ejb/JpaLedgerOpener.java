package org.jangbu.peer.host.ejb;

import jakarta.persistence.EntityManagerFactory;
import jakarta.transaction.UserTransaction;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.jangbu.ledger.commit.LedgerException;
import org.jangbu.ledger.commit.PeerLedger;
import org.jangbu.ledger.commit.PeerLedgers;
import org.jangbu.ledger.commit.jpa.FlywayMigration;
import org.jangbu.ledger.commit.jpa.JpaLedgers;
import org.jangbu.ledger.privatedata.CollectionMembership;
import org.jangbu.ledger.state.jpa.JtaUnitOfWork;
import org.jangbu.model.LedgerId;
import org.jangbu.peer.host.LedgerOpener;

/** Opens ledgers over the server's data source, through its persistence unit and its transactions. */
final class JpaLedgerOpener implements LedgerOpener {
    private final DataSource database;
    private final PeerLedgers ledgers;

    JpaLedgerOpener(DataSource database, EntityManagerFactory entities, UserTransaction transaction, long cacheBytes) {
        this.database = database;
        this.ledgers =
                new PeerLedgers(new JpaLedgers(new JtaUnitOfWork(entities, transaction), database)::open, cacheBytes);
    }

    @Override
    public void migrate() {
        new FlywayMigration(database).run();
    }

    @Override
    public PeerLedger open(LedgerId id, Path folder, CollectionMembership members) throws LedgerException {
        return ledgers.open(id, folder, members);
    }
}
