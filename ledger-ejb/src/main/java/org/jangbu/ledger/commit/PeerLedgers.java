package org.jangbu.ledger.commit;

import java.nio.file.Path;
import java.util.function.Function;
import org.jangbu.ledger.privatedata.CollectionMembership;
import org.jangbu.model.LedgerId;

/** Opens the ledgers of the peers that this server hosts. */
public final class PeerLedgers {
    private final Function<LedgerId, LedgerDatabase> databases;
    private final long cacheBytes;

    /**
     * Opens ledgers over databases.
     *
     * @param databases gives each ledger its place in the database, and makes one for a ledger that has none
     * @param cacheBytes about how much memory the state cache of each ledger may take
     */
    public PeerLedgers(Function<LedgerId, LedgerDatabase> databases, long cacheBytes) {
        this.databases = databases;
        this.cacheBytes = cacheBytes;
    }

    /** Opens a ledger of a peer that holds no private data. */
    public PeerLedger open(LedgerId id, Path folder) throws LedgerException {
        return open(id, folder, (chaincode, collection, state) -> false);
    }

    /**
     * Opens a ledger, repaired after a crash: a torn block file is cut, a database that is behind its files is brought up to them.
     *
     * @param folder what {@code LocalNode.ledgers()} names; made if it is not there
     * @param members whose private data this peer is to hold
     * @throws LedgerException transient while the database is away; otherwise the files or the database are damaged, foreign, or in use
     */
    public PeerLedger open(LedgerId id, Path folder, CollectionMembership members) throws LedgerException {
        LedgerDatabase database;
        try {
            database = databases.apply(id);
        } catch (org.jangbu.ledger.state.StateUnavailableException e) {
            throw new LedgerException(id, e.isTransient(), "the database cannot be used", e);
        }
        return LedgerRecovery.open(id, folder, database, members, cacheBytes);
    }
}
