package org.jangbu.ledger.commit;

import com.google.protobuf.ByteString;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.model.Version;

/**
 * The final effect of a block on one key: what the last valid transaction that touched it left. Value and metadata are both as they are
 * after the block, whether that transaction wrote the one, the other or both.
 */
public record StateWrite(StateKey key, ByteString value, ByteString metadata, boolean delete, Version version) {}
