package org.jangbu.ledger.privatedata;

/** A set of a collection this peer is a member of, which was not there when its block was committed. */
public record MissingSet(long block, PrivateHashes.Expected expected) {}
