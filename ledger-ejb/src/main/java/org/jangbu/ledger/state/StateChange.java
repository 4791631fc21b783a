package org.jangbu.ledger.state;

import org.jspecify.annotations.Nullable;

/** What a block made of one key; {@code value} is null where it deleted the key. */
public record StateChange(StateKey key, @Nullable VersionedValue value) {}
