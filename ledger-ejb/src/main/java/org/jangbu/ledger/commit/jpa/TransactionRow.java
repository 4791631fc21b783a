package org.jangbu.ledger.commit.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.ledger.commit.TransactionIndex;
import org.jangbu.model.TxId;
import org.jspecify.annotations.NullUnmarked;

/** Where a transaction id first stood; written in sets by {@link CommitStatements}, never changed. */
@Entity
@Table(schema = "ledger", name = "transactions")
@NullUnmarked // the provider fills the fields
public class TransactionRow {
    @EmbeddedId
    @SuppressWarnings("UnusedVariable") // the provider needs it
    private TransactionRowId id;

    @Column(nullable = false)
    private long block;

    @Column(nullable = false)
    private int position;

    @Column(nullable = false)
    private short code;

    protected TransactionRow() {}

    /** The entry in the ledger's words. */
    public TransactionIndex.Entry toEntry(TxId txId) {
        return new TransactionIndex.Entry(txId, block, position, TxValidationCode.forNumber(code));
    }
}
