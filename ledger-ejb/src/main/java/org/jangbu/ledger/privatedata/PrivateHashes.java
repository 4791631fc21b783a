package org.jangbu.ledger.privatedata;

import com.google.protobuf.ByteString;
import java.util.List;
import org.jangbu.model.TxId;

/**
 * What a block says of private data.
 *
 * @param expected the sets behind its valid transactions, in the order of the block
 * @param decided every transaction, valid or not, that names a collection: what waits for it waits no longer
 */
public record PrivateHashes(List<Expected> expected, List<TxId> decided) {
    /** Of a block without private data. */
    public static final PrivateHashes NONE = new PrivateHashes(List.of(), List.of());

    public PrivateHashes {
        expected = List.copyOf(expected);
        decided = List.copyOf(decided);
    }

    /**
     * A private set, known by its hash.
     *
     * @param position of the transaction in its block
     */
    public record Expected(int position, TxId txId, String chaincode, String collection, ByteString hash) {}
}
