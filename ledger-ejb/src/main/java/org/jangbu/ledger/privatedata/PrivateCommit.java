package org.jangbu.ledger.privatedata;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.model.Sha256;
import org.jangbu.model.Version;

/**
 * Puts the private sets of one block in their places. A set counts only if it has exactly the hash that the endorsers signed, and a value only
 * if it has the hash that the block leaves in the state; so nobody who hands in a set can put anything else here. For one thread.
 */
public final class PrivateCommit {
    private final long block;
    private final PrivateHashes of;
    private final Map<StateKey, HashWrite> hashes;
    private final List<PrivateSet> sets;
    private final KnownCollections collections;
    private final List<PrivateWrite> writes = new ArrayList<>();
    private final List<MissingSet> missing = new ArrayList<>();

    /**
     * A block's commit.
     *
     * @param hashes the block's final hashes, by their keys
     * @param sets what is at hand for the block's transactions
     */
    public PrivateCommit(
            long block,
            PrivateHashes of,
            Map<StateKey, HashWrite> hashes,
            List<PrivateSet> sets,
            KnownCollections collections) {
        this.block = block;
        this.of = of;
        this.hashes = hashes;
        this.sets = sets;
        this.collections = collections;
    }

    /**
     * What becomes of private data.
     *
     * @param due whether anything may end with this block
     * @param expired the hashes that do
     */
    public PrivateEffects effects(boolean due, List<StateKey> expired) {
        for (PrivateHashes.Expected expected : of.expected()) {
            find(expected).ifPresentOrElse(set -> take(expected, set), () -> missing.add(missing(expected)));
        }
        return new PrivateEffects(block, held(), missing, of.decided(), expiry(due, expired));
    }

    private MissingSet missing(PrivateHashes.Expected expected) {
        return new MissingSet(block, expected);
    }

    private Optional<PrivateSet> find(PrivateHashes.Expected expected) {
        return sets.stream()
                .filter(set -> set.txId().equals(expected.txId())
                        && set.chaincode().equals(expected.chaincode())
                        && set.collection().equals(expected.collection())
                        && set.hash().equals(expected.hash()))
                .findFirst();
    }

    private void take(PrivateHashes.Expected expected, PrivateSet set) {
        try {
            writes.addAll(PrivateWrite.of(expected.name(), new Version(block, expected.position()), set.content()));
        } catch (InvalidProtocolBufferException e) {
            // Its endorsers have signed the hash of something that is no set; whoever reads a key of it is told that
            // its
            // value is not available.
        }
    }

    private HeldChanges held() {
        Map<StateKey, PrivateValue> values = new HashMap<>();
        for (PrivateWrite write : writes) {
            HashWrite last = hashes.get(write.hashed());
            if (last != null && !last.delete() && hasValue(write, last.valueHash())) {
                values.put(write.hashed(), new PrivateValue(write.key(), write.value(), last.version()));
            }
        }
        Map<StateKey, HashWrite> kept = new HashMap<>();
        List<StateKey> removed = new ArrayList<>();
        hashes.forEach((key, write) -> {
            if (write.delete()) {
                removed.add(key);
            } else if (!values.containsKey(key) && collections.isMember(CollectionName.of(key))) {
                kept.put(key, write);
            }
        });
        removed.sort(null);
        return new HeldChanges(
                values,
                kept,
                removed,
                of.purged(),
                writes.stream().filter(this::stays).toList());
    }

    private static boolean hasValue(PrivateWrite write, ByteString hash) {
        return (write.kinds() & PrivateWrite.VALUE) != 0 && hash.equals(Sha256.of(write.value()));
    }

    private boolean stays(PrivateWrite write) {
        Version purge = of.purged().get(write.hashed());
        return purge == null || write.version().compareTo(purge) > 0;
    }

    private ExpiryChanges expiry(boolean due, List<StateKey> expired) {
        Map<String, Lifetime> lifetimes = new HashMap<>();
        List<Expiry> scheduled = new ArrayList<>();
        for (PrivateHashes.Expected expected : of.expected()) {
            Lifetime lifetime = collections.lifetime(expected.name());
            if (lifetime.blocks() > 0) {
                lifetimes.put(expected.name().namespace(), lifetime);
            }
        }
        for (StateKey key : hashes.keySet()) {
            Lifetime lifetime = collections.lifetime(CollectionName.of(key));
            long end = lifetime.end(block);
            if (end != Lifetime.NEVER) {
                lifetimes.put(key.namespace(), lifetime);
                scheduled.add(new Expiry(key, block, end));
            }
        }
        scheduled.sort((a, b) -> a.key().compareTo(b.key()));
        return new ExpiryChanges(lifetimes, scheduled, due, expired);
    }
}
