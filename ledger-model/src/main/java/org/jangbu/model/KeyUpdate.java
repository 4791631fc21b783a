package org.jangbu.model;

import com.google.protobuf.ByteString;

/**
 * The final effect of a block on one key.
 *
 * @param value as it is after the block; the hash of the value in a collection; empty if deleted
 * @param metadata serialised {@code KVMetadataWrite} that holds the entries alone, as Fabric's state database has it; empty if none
 * @param version the transaction that touched the key last
 */
public record KeyUpdate(KeyAddress address, ByteString value, ByteString metadata, boolean delete, Version version)
        implements Comparable<KeyUpdate> {
    @Override
    public int compareTo(KeyUpdate other) {
        return address.compareTo(other.address);
    }
}
