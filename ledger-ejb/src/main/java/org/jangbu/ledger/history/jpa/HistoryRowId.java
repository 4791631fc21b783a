package org.jangbu.ledger.history.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.io.Serializable;
import java.util.Arrays;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** The key of a row: which transaction wrote which key of which ledger. */
@Embeddable
@NullUnmarked // the provider fills the fields
public class HistoryRowId implements Serializable {
    private static final long serialVersionUID = 1;

    @Column(nullable = false)
    private int ledger;

    @Column(nullable = false)
    private byte[] ns;

    @Column(nullable = false)
    private byte[] key;

    @Column(nullable = false)
    private long block;

    @Column(nullable = false)
    private int tx;

    protected HistoryRowId() {}

    public long getBlock() {
        return block;
    }

    public int getTx() {
        return tx;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HistoryRowId that
                && ledger == that.ledger
                && block == that.block
                && tx == that.tx
                && Arrays.equals(ns, that.ns)
                && Arrays.equals(key, that.key);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(key) + Long.hashCode(block) + tx;
    }
}
