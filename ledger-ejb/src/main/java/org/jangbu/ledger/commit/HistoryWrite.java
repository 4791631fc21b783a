package org.jangbu.ledger.commit;

import com.google.protobuf.ByteString;
import org.jangbu.ledger.state.StateKey;

/** One write of one valid transaction, for the key's history; a block may hold several for a key. */
public record HistoryWrite(StateKey key, int position, ByteString value, boolean delete) {}
