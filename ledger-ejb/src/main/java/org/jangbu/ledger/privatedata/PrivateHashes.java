package org.jangbu.ledger.privatedata;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Map;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.model.TxId;
import org.jangbu.model.Version;

/**
 * What a block says of private data.
 *
 * @param expected the sets behind its valid transactions, in the order of the block
 * @param purged keys of which valid transactions say that they never were, by their hashes, each with the last one that says so
 * @param decided every transaction, valid or not, that names a collection: what waits for it waits no longer
 */
public record PrivateHashes(List<Expected> expected, Map<StateKey, Version> purged, List<TxId> decided) {
    /** Of a block without private data. */
    public static final PrivateHashes NONE = new PrivateHashes(List.of(), Map.of(), List.of());

    public PrivateHashes {
        expected = List.copyOf(expected);
        purged = Map.copyOf(purged);
        decided = List.copyOf(decided);
    }

    /**
     * A private set, known by its hash.
     *
     * @param position of the transaction in its block
     */
    public record Expected(int position, TxId txId, String chaincode, String collection, ByteString hash) {
        public CollectionName name() {
            return new CollectionName(chaincode, collection);
        }
    }
}
