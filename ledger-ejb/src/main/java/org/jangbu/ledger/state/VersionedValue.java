package org.jangbu.ledger.state;

import com.google.protobuf.ByteString;
import org.jangbu.model.Version;

/**
 * What the world state holds for a key.
 *
 * @param metadata serialised {@code KVMetadataWrite} entries of the key (its endorsement policy, for one); empty if none
 * @param version the height that wrote value or metadata last
 */
public record VersionedValue(ByteString value, ByteString metadata, Version version) {}
