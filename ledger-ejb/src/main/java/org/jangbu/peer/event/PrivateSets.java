package org.jangbu.peer.event;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.ledger.rwset.CollectionPvtReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.NsPvtReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.TxPvtReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.TxReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWrite;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWriteHash;
import org.jangbu.ledger.commit.PeerLedger;
import org.jangbu.ledger.privatedata.PrivateValue;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.model.MspId;
import org.jangbu.model.ParsedBlock;
import org.jangbu.model.ParsedTransaction;
import org.jangbu.model.ReadWriteSet;
import org.jangbu.model.Sha256;
import org.jangbu.model.TransactionsFilter;
import org.jangbu.model.Version;
import org.jangbu.peer.lifecycle.CollectionMembers;

/**
 * The private sets behind a committed block, as far as a peer still has their values and the reader's organisation is a member. Past sets are not kept, so
 * each is made from the values anew, and told only if its hash is the one in the block: a set of which a value was overwritten or purged is left out.
 */
public final class PrivateSets {
    private final PeerLedger ledger;
    private final CollectionMembers reader;

    /** @param reader the organisation of whoever is told */
    public PrivateSets(PeerLedger ledger, MspId reader) {
        this.ledger = ledger;
        this.reader = new CollectionMembers(reader);
    }

    /** By the position of their transaction. */
    public Map<Long, TxPvtReadWriteSet> behind(Block block) {
        TransactionsFilter filter = TransactionsFilter.of(block);
        List<ParsedTransaction> transactions = ParsedBlock.parse(block).transactions();
        Map<Long, TxPvtReadWriteSet> sets = new TreeMap<>();
        for (int position = 0; position < transactions.size(); position++) {
            if (filter.isValid(position) && transactions.get(position) instanceof ParsedTransaction.Endorser endorser) {
                Version version = new Version(block.getHeader().getNumber(), position);
                TxPvtReadWriteSet set = of(endorser.transaction().readWriteSet(), version);
                if (set.getNsPvtRwsetCount() > 0) {
                    sets.put((long) position, set);
                }
            }
        }
        return sets;
    }

    private TxPvtReadWriteSet of(ReadWriteSet hashes, Version version) {
        TxPvtReadWriteSet.Builder set = TxPvtReadWriteSet.newBuilder().setDataModel(TxReadWriteSet.DataModel.KV);
        for (ReadWriteSet.Namespace namespace : hashes.namespaces()) {
            NsPvtReadWriteSet.Builder sets = NsPvtReadWriteSet.newBuilder().setNamespace(namespace.name());
            for (ReadWriteSet.Collection collection : namespace.collections()) {
                if (collection.hasWrites() && reader.isMember(namespace.name(), collection.name(), ledger.state())) {
                    clear(namespace.name(), collection, version)
                            .ifPresent(bytes -> sets.addCollectionPvtRwset(CollectionPvtReadWriteSet.newBuilder()
                                    .setCollectionName(collection.name())
                                    .setRwset(bytes)));
                }
            }
            if (sets.getCollectionPvtRwsetCount() > 0) {
                set.addNsPvtRwset(sets);
            }
        }
        return set.build();
    }

    private Optional<ByteString> clear(String chaincode, ReadWriteSet.Collection collection, Version version) {
        List<StateKey> keys = collection.hashes().getHashedWritesList().stream()
                .map(write -> StateKey.hashed(chaincode, collection.name(), write.getKeyHash()))
                .toList();
        Map<StateKey, PrivateValue> values = ledger.privateData().values(keys);
        KVRWSet.Builder clear = KVRWSet.newBuilder();
        for (KVWriteHash write : collection.hashes().getHashedWritesList()) {
            PrivateValue value = values.get(StateKey.hashed(chaincode, collection.name(), write.getKeyHash()));
            if (value == null || !value.version().equals(version)) {
                return Optional.empty();
            }
            clear.addWrites(KVWrite.newBuilder().setKey(value.key()).setValue(value.value()));
        }
        ByteString bytes = clear.build().toByteString();
        return Sha256.of(bytes).equals(collection.privateSetHash()) ? Optional.of(bytes) : Optional.empty();
    }
}
