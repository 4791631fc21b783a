package org.jangbu.ledger.state.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import org.jspecify.annotations.NullUnmarked;

/**
 * One entry of a world state, for reading and administration; what a block changes is written by {@link JpaStateStore} in sets. The JSON
 * form is not mapped: only queries use it, inside the database.
 */
@Entity
@Table(schema = "ledger", name = "state")
@NullUnmarked // the provider fills the fields
public class StateRow {
    @EmbeddedId
    private StateRowId id;

    @Column(nullable = false)
    private byte[] value;

    private byte[] metadata;

    @Column(nullable = false)
    private long block;

    @Column(nullable = false)
    private int tx;

    @Version
    @Column(nullable = false)
    private long version;

    protected StateRow() {}

    public StateRowId getId() {
        return id;
    }

    public byte[] getValue() {
        return value.clone();
    }

    public byte[] getMetadata() {
        return metadata == null ? new byte[0] : metadata.clone();
    }

    /** The block that wrote the entry last. */
    public long getBlock() {
        return block;
    }

    /** The transaction's position in that block. */
    public int getTx() {
        return tx;
    }

    /** How often the entry was updated since it came to be. */
    public long getVersion() {
        return version;
    }
}
