package org.jangbu.ledger.privatedata;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWrite;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.model.Sha256;
import org.jangbu.model.TxId;
import org.jangbu.model.Version;

/**
 * What a block changes in a peer's private store.
 *
 * @param values by the key of their hash
 * @param removed keys whose values go: deleted or purged, whether or not the peer had the set that says so
 * @param missing sets that the peer should have and has not
 * @param decided transactions that nothing waits for any more
 */
public record PrivateEffects(
        Map<StateKey, PrivateValue> values, List<StateKey> removed, List<MissingSet> missing, List<TxId> decided) {
    /** Of a block without private data. */
    public static final PrivateEffects NONE = new PrivateEffects(Map.of(), List.of(), List.of(), List.of());

    /** A hash that a block leaves in the state; empty and {@code delete} if it leaves none. */
    public record HashWrite(ByteString valueHash, boolean delete, Version version) {}

    /**
     * Puts sets in their places. A set counts only if it has exactly the hash that the endorsers signed, and a value only if it has the hash
     * that the block leaves in the state at that transaction; so nobody who hands in a set can put anything else here.
     *
     * @param hashes the block's final hashes, by their keys
     * @param sets what is at hand for the block's transactions
     */
    public static PrivateEffects of(
            long block, PrivateHashes of, Map<StateKey, HashWrite> hashes, List<PrivateSet> sets, Members members) {
        Map<PrivateHashes.Expected, ByteString> found = new HashMap<>();
        Map<StateKey, PrivateValue> values = new HashMap<>();
        List<MissingSet> missing = new ArrayList<>();
        for (PrivateHashes.Expected expected : of.expected()) {
            sets.stream()
                    .filter(set -> isThat(set, expected))
                    .findFirst()
                    .ifPresent(set -> found.put(expected, set.content()));
            ByteString content = found.get(expected);
            if (content != null) {
                values.putAll(values(expected, new Version(block, expected.position()), content, hashes));
            } else if (members.isMember(expected.chaincode(), expected.collection())) {
                missing.add(new MissingSet(block, expected));
            }
        }
        List<StateKey> removed = hashes.entrySet().stream()
                .filter(write -> write.getValue().delete())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        return new PrivateEffects(values, removed, missing, of.decided());
    }

    /** Whether this peer is a member of a collection, as of the block before. */
    @FunctionalInterface
    public interface Members {
        boolean isMember(String chaincode, String collection);
    }

    public boolean isEmpty() {
        return values.isEmpty() && removed.isEmpty() && missing.isEmpty() && decided.isEmpty();
    }

    private static boolean isThat(PrivateSet set, PrivateHashes.Expected expected) {
        return set.txId().equals(expected.txId())
                && set.chaincode().equals(expected.chaincode())
                && set.collection().equals(expected.collection())
                && set.hash().equals(expected.hash());
    }

    private static Map<StateKey, PrivateValue> values(
            PrivateHashes.Expected expected, Version version, ByteString content, Map<StateKey, HashWrite> hashes) {
        Map<StateKey, PrivateValue> values = new HashMap<>();
        try {
            for (KVWrite write : KVRWSet.parseFrom(content).getWritesList()) {
                StateKey key =
                        StateKey.hashed(expected.chaincode(), expected.collection(), Sha256.of(write.getKeyBytes()));
                HashWrite last = hashes.get(key);
                if (last != null
                        && !last.delete()
                        && last.version().equals(version)
                        && last.valueHash().equals(Sha256.of(write.getValue()))) {
                    values.put(key, new PrivateValue(write.getKey(), write.getValue(), version));
                }
            }
            return values;
        } catch (InvalidProtocolBufferException e) {
            // Its endorsers have signed the hash of something that is no set; whoever reads the key is told that its
            // value is not available.
            return Map.of();
        }
    }
}
