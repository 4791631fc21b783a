package org.jangbu.peer.host;

import java.nio.file.Path;
import org.jangbu.ledger.commit.LedgerException;
import org.jangbu.ledger.commit.PeerLedger;
import org.jangbu.ledger.privatedata.CollectionMembership;
import org.jangbu.model.LedgerId;

/** Opens ledgers over whatever database this server has. */
public interface LedgerOpener {
    /**
     * Brings the database's schema up to date; called before any ledger is opened.
     *
     * @throws org.jangbu.ledger.state.StateUnavailableException if the database does not answer or does not fit
     */
    void migrate();

    /** Opens a ledger, repaired after a crash; see {@code PeerLedgers.open}. */
    PeerLedger open(LedgerId id, Path folder, CollectionMembership members) throws LedgerException;
}
