package org.jangbu.peer.reconcile;

import com.google.protobuf.ByteString;
import org.jangbu.ledger.privatedata.MissingSet;

/**
 * What a peer tells of a set that another lacks.
 *
 * @param content a serialised {@code KVRWSet}, as its teller says; not measured yet
 */
public record ToldSet(MissingSet asked, ByteString content) {}
