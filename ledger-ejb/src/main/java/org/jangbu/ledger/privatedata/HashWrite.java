package org.jangbu.ledger.privatedata;

import com.google.protobuf.ByteString;
import org.jangbu.model.Version;

/** A hash that a block leaves in the state; empty and {@code delete} if it leaves none. */
public record HashWrite(ByteString valueHash, boolean delete, Version version) {}
