package org.jangbu.ledger.privatedata;

/** A set that was not at hand when its block was committed. */
public record MissingSet(long block, PrivateHashes.Expected expected) {}
