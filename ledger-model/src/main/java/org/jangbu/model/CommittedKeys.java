package org.jangbu.model;

import com.google.protobuf.ByteString;
import java.util.Collection;
import java.util.Map;

/** What keys held before a block, for merging a write of a value with the metadata that stays, and the other way round. */
public interface CommittedKeys {
    /** What those of the keys hold that exist. */
    Map<KeyAddress, Content> contents(Collection<KeyAddress> addresses);

    /** Whether a key there may have metadata. False saves looking each written key up; true is always safe. */
    boolean mayHoldMetadata(String namespace, String collection);

    /** Value and metadata of a key, either of which a block may leave as it was. */
    record Content(ByteString value, ByteString metadata) {}
}
