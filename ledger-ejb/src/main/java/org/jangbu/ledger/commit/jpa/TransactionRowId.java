package org.jangbu.ledger.commit.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.io.Serializable;
import java.util.Arrays;
import org.jangbu.model.TxId;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** The key of a row: a ledger and a transaction id. */
@Embeddable
@NullUnmarked // the provider fills the fields
public class TransactionRowId implements Serializable {
    private static final long serialVersionUID = 1;

    @Column(nullable = false)
    private int ledger;

    @Column(name = "tx_id", nullable = false)
    private byte[] txId;

    protected TransactionRowId() {}

    public TransactionRowId(int ledger, TxId txId) {
        this.ledger = ledger;
        this.txId = StoredTxId.bytes(txId);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TransactionRowId that && ledger == that.ledger && Arrays.equals(txId, that.txId);
    }

    @Override
    public int hashCode() {
        return 31 * ledger + Arrays.hashCode(txId);
    }
}
