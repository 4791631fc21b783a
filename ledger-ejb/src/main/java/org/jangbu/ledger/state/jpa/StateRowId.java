package org.jangbu.ledger.state.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.io.Serializable;
import java.util.Arrays;
import org.jangbu.ledger.state.StateKey;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** The key of a row: ledger, namespace and key, the latter two as UTF-8 bytes. */
@Embeddable
@NullUnmarked // the provider fills the fields
public class StateRowId implements Serializable {
    private static final long serialVersionUID = 1;

    @Column(nullable = false)
    private int ledger;

    @Column(nullable = false)
    private byte[] ns;

    @Column(nullable = false)
    private byte[] key;

    protected StateRowId() {}

    public StateRowId(int ledger, StateKey key) {
        this.ledger = ledger;
        this.ns = key.namespaceBytes();
        this.key = key.keyBytes();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StateRowId that
                && ledger == that.ledger
                && Arrays.equals(ns, that.ns)
                && Arrays.equals(key, that.key);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * ledger + Arrays.hashCode(ns)) + Arrays.hashCode(key);
    }
}
