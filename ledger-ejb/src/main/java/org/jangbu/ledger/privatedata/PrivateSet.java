package org.jangbu.ledger.privatedata;

import com.google.protobuf.ByteString;
import org.jangbu.model.Sha256;
import org.jangbu.model.TxId;

/**
 * What one transaction writes to one collection, in clear. Stays off the block, which carries its hash.
 *
 * @param content a serialised {@code KVRWSet} that holds writes alone
 */
public record PrivateSet(TxId txId, String chaincode, String collection, ByteString content) {
    /** The hash under which a block knows it. */
    public ByteString hash() {
        return Sha256.of(content);
    }
}
