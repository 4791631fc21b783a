package org.jangbu.ledger.privatedata;

import org.jangbu.ledger.state.StateKey;

/**
 * That a hash is to go at the end of its collection's time.
 *
 * @param key of the hash in the state
 * @param block that wrote it; a later write has an end of its own
 * @param expires number of the block with which it goes
 */
public record Expiry(StateKey key, long block, long expires) {}
