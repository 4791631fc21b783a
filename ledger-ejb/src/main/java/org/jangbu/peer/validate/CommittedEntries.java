package org.jangbu.peer.validate;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRead;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVReadHash;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.ledger.state.VersionedValue;
import org.jangbu.ledger.state.WorldState;
import org.jangbu.model.ParsedBlock;
import org.jangbu.model.ParsedTransaction;
import org.jangbu.model.ReadWriteSet;
import org.jspecify.annotations.Nullable;

/** The state entries that a block's verdicts depend on, as the blocks before it left them; read at once. Range queries are read later. */
final class CommittedEntries {
    private final Map<StateKey, VersionedValue> entries;

    private CommittedEntries(Map<StateKey, VersionedValue> entries) {
        this.entries = entries;
    }

    /**
     * Reads every key that a transaction of the block says it has read, and those written keys of which something may matter: their own
     * policy, or whether they are there at all.
     */
    static CommittedEntries of(ParsedBlock block, WorldState state) {
        Set<StateKey> wanted = new HashSet<>();
        for (ParsedTransaction transaction : block.transactions()) {
            if (transaction instanceof ParsedTransaction.Endorser endorser) {
                for (ReadWriteSet.Namespace namespace :
                        endorser.transaction().readWriteSet().namespaces()) {
                    addReads(namespace, wanted);
                    addWrites(namespace, state, wanted);
                }
            }
        }
        return new CommittedEntries(wanted.isEmpty() ? Map.of() : state.getAll(wanted));
    }

    @Nullable
    VersionedValue get(StateKey key) {
        return entries.get(key);
    }

    private static void addReads(ReadWriteSet.Namespace namespace, Set<StateKey> wanted) {
        for (KVRead read : namespace.keys().getReadsList()) {
            wanted.add(new StateKey(namespace.name(), read.getKey()));
        }
        for (ReadWriteSet.Collection collection : namespace.collections()) {
            for (KVReadHash read : collection.hashes().getHashedReadsList()) {
                wanted.add(StateKey.hashed(namespace.name(), collection.name(), read.getKeyHash()));
            }
        }
    }

    private static void addWrites(ReadWriteSet.Namespace namespace, WorldState state, Set<StateKey> wanted) {
        if (namespace.hasWrites()) {
            WrittenKeys.forEach(namespace, write -> {
                if (write.kind() == WrittenKeys.Kind.METADATA
                        || state.mayHoldMetadata(write.key().namespace())) {
                    wanted.add(write.key());
                }
            });
        }
    }
}
