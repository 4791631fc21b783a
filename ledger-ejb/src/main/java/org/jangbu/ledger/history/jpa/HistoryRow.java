package org.jangbu.ledger.history.jpa;

import com.google.protobuf.UnsafeByteOperations;
import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.HexFormat;
import org.jangbu.ledger.history.KeyHistory.Modification;
import org.jangbu.model.TxId;
import org.jangbu.model.Version;
import org.jspecify.annotations.NullUnmarked;

/** One write of one transaction to one key; written in sets by {@link JpaKeyHistory}, never changed. */
@Entity
@Table(schema = "ledger", name = "history")
@NullUnmarked // the provider fills the fields
public class HistoryRow {
    @EmbeddedId
    private HistoryRowId id;

    @Column(name = "tx_id", nullable = false)
    private byte[] txId;

    @Column(nullable = false)
    private byte[] value;

    @Column(nullable = false)
    private boolean deleted;

    @Column(name = "ts_seconds", nullable = false)
    private long seconds;

    @Column(name = "ts_nanos", nullable = false)
    private int nanos;

    protected HistoryRow() {}

    /** The write in the ledger's words. */
    public Modification toModification() {
        return new Modification(
                new TxId(HexFormat.of().formatHex(txId)),
                new Version(id.getBlock(), id.getTx()),
                UnsafeByteOperations.unsafeWrap(value),
                Instant.ofEpochSecond(seconds, nanos),
                deleted);
    }
}
