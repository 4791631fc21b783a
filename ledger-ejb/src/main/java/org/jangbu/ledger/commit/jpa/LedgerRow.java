package org.jangbu.ledger.commit.jpa;

import com.google.protobuf.ByteString;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import org.jangbu.ledger.commit.LedgerPosition;
import org.jspecify.annotations.NullUnmarked;

/** One node's ledger and how far it is. */
@Entity
@Table(schema = "ledger", name = "ledgers")
@NullUnmarked // the provider fills the fields
public class LedgerRow {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private int id;

    @Column(nullable = false)
    private String node;

    @Column(nullable = false)
    private String channel;

    @Column(nullable = false)
    private long height;

    @Column(name = "current_hash", nullable = false)
    private byte[] currentHash;

    @Column(name = "commit_hash", nullable = false)
    private byte[] commitHash;

    @Column(name = "last_config", nullable = false)
    private long lastConfig;

    @Version
    @Column(nullable = false)
    private long version;

    protected LedgerRow() {}

    public int getId() {
        return id;
    }

    public String getNode() {
        return node;
    }

    public String getChannel() {
        return channel;
    }

    /** How far the ledger is. */
    public LedgerPosition position() {
        return new LedgerPosition(
                height, ByteString.copyFrom(currentHash), ByteString.copyFrom(commitHash), lastConfig);
    }
}
