package org.jangbu.peer.validate;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVMetadataEntry;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVMetadataWrite;
import org.hyperledger.fabric.protos.peer.MetaDataKeys;
import org.jangbu.ledger.state.VersionedValue;
import org.jspecify.annotations.Nullable;

/** The endorsement policy that a key carries in its metadata. */
public final class KeyPolicy {
    private static final String NAME = MetaDataKeys.VALIDATION_PARAMETER.name();

    private KeyPolicy() {}

    /** The serialised {@code SignaturePolicyEnvelope} of a key; empty if it has none of its own. */
    public static ByteString of(@Nullable VersionedValue entry) {
        if (entry == null || entry.metadata().isEmpty()) {
            return ByteString.EMPTY;
        }
        ByteString policy = ByteString.EMPTY;
        try {
            for (KVMetadataEntry metadata :
                    KVMetadataWrite.parseFrom(entry.metadata()).getEntriesList()) {
                if (metadata.getName().equals(NAME)) {
                    policy = metadata.getValue();
                }
            }
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the state holds metadata that no block can have written", e);
        }
        return policy;
    }
}
