package org.jangbu.ledger.privatedata;

import com.google.protobuf.ByteString;
import org.jangbu.model.Version;

/**
 * A private value as a member holds it.
 *
 * @param version the height that wrote it; it is current only while the hash in the world state has the same
 */
public record PrivateValue(String key, ByteString value, Version version) {}
