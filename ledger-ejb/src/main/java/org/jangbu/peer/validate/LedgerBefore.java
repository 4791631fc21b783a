package org.jangbu.peer.validate;

import org.jangbu.ledger.commit.PeerLedger;
import org.jangbu.ledger.commit.TransactionIndex;
import org.jangbu.ledger.state.WorldState;
import org.jangbu.peer.lifecycle.ChaincodeDefinitions;

/** The ledger as all blocks before the one that is judged have left it. Nothing may be committed to it meanwhile. */
public record LedgerBefore(WorldState state, TransactionIndex transactions, ChaincodeDefinitions definitions) {
    public static LedgerBefore of(PeerLedger ledger, ChaincodeDefinitions definitions) {
        return new LedgerBefore(ledger.state(), ledger.transactions(), definitions);
    }
}
