package org.jangbu.ledger.history;

import com.google.protobuf.ByteString;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.model.TxId;
import org.jangbu.model.Version;

/** Every valid public write of a key. */
public interface KeyHistory {
    /**
     * Writes of a key, newest first.
     *
     * @param before only writes older than this version; empty for the newest
     * @param limit most entries returned
     */
    List<Modification> of(StateKey key, Optional<Version> before, int limit);

    /** One write. The value is empty where the key was deleted; the timestamp is that of the transaction's channel header. */
    record Modification(TxId txId, Version version, ByteString value, Instant timestamp, boolean deleted) {}
}
