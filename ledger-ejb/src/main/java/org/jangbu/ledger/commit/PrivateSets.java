package org.jangbu.ledger.commit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWriteHash;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.ledger.privatedata.CollectionMembership;
import org.jangbu.ledger.privatedata.HashWrite;
import org.jangbu.ledger.privatedata.KnownCollections;
import org.jangbu.ledger.privatedata.PrivateCommit;
import org.jangbu.ledger.privatedata.PrivateEffects;
import org.jangbu.ledger.privatedata.PrivateHashes;
import org.jangbu.ledger.privatedata.PrivateSet;
import org.jangbu.ledger.privatedata.TransientStore;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.ledger.state.StateReader;
import org.jangbu.model.EndorserTransaction;
import org.jangbu.model.LedgerId;
import org.jangbu.model.ParsedBlock;
import org.jangbu.model.ParsedTransaction;
import org.jangbu.model.ReadWriteSet;
import org.jangbu.model.TxId;
import org.jangbu.model.Version;

/** Brings the private sets that wait here together with the blocks that have their hashes, at commit as at replay. */
final class PrivateSets {
    /** What may be looked up as text: nobody waits under another id or name, and a database would refuse some. */
    private static final Pattern TX_ID = Pattern.compile("[0-9a-f]{64}");

    private static final Pattern COLLECTION = Pattern.compile("[A-Za-z0-9_.-]{1,300}");

    private final LedgerId id;
    private final TransientStore waiting;
    private final CollectionMembership members;
    private final Expiries expiries;

    PrivateSets(LedgerId id, LedgerDatabase database, CollectionMembership members) {
        this.id = id;
        this.waiting = database.transients();
        this.members = members;
        this.expiries = new Expiries(database.privateData());
    }

    /** What a block says of private data; a pure function of block and verdicts. */
    static PrivateHashes behind(ParsedBlock block, List<TxValidationCode> codes) {
        List<PrivateHashes.Expected> expected = new ArrayList<>();
        Map<StateKey, Version> purged = new HashMap<>();
        Set<TxId> decided = new LinkedHashSet<>();
        for (int tx = 0; tx < codes.size(); tx++) {
            if (block.transactions().get(tx) instanceof ParsedTransaction.Endorser endorser) {
                List<PrivateHashes.Expected> sets = behind(tx, endorser.transaction());
                sets.forEach(set -> decided.add(set.txId()));
                if (codes.get(tx) == TxValidationCode.VALID) {
                    expected.addAll(sets);
                    for (StateKey key : purges(endorser.transaction())) {
                        purged.put(key, new Version(block.number(), tx));
                    }
                }
            }
        }
        return expected.isEmpty() && decided.isEmpty()
                ? PrivateHashes.NONE
                : new PrivateHashes(expected, purged, List.copyOf(decided));
    }

    private static List<StateKey> purges(EndorserTransaction transaction) {
        List<StateKey> purges = new ArrayList<>();
        for (ReadWriteSet.Namespace namespace : transaction.readWriteSet().namespaces()) {
            for (ReadWriteSet.Collection collection : namespace.collections()) {
                for (KVWriteHash write : collection.hashes().getHashedWritesList()) {
                    if (write.getIsPurge()) {
                        purges.add(StateKey.hashed(namespace.name(), collection.name(), write.getKeyHash()));
                    }
                }
            }
        }
        return purges;
    }

    private static List<PrivateHashes.Expected> behind(int position, EndorserTransaction transaction) {
        List<PrivateHashes.Expected> sets = new ArrayList<>();
        for (ReadWriteSet.Namespace namespace : transaction.readWriteSet().namespaces()) {
            for (ReadWriteSet.Collection collection : namespace.collections()) {
                TxId txId = transaction.envelope().txId();
                if (collection.hasWrites()
                        && COLLECTION.matcher(collection.name()).matches()
                        && COLLECTION.matcher(namespace.name()).matches()
                        && TX_ID.matcher(txId.value()).matches()) {
                    sets.add(new PrivateHashes.Expected(
                            position, txId, namespace.name(), collection.name(), collection.privateSetHash()));
                }
            }
        }
        return sets;
    }

    /**
     * What becomes of this peer's private data. Two queries where the block concerns any or ends any, none otherwise.
     *
     * @param before the entries before the block
     */
    PrivateEffects effects(ValidatedBlock block, StateReader before) {
        PrivateHashes hashes = block.privateHashes();
        boolean due = expiries.isDue(block.number());
        if (hashes.decided().isEmpty() && !due) {
            return PrivateEffects.NONE;
        }
        List<PrivateSet> sets = waiting.find(hashes.expected().stream()
                .map(PrivateHashes.Expected::txId)
                .distinct()
                .toList());
        Map<StateKey, HashWrite> writes = hashWrites(block);
        KnownCollections collections = new KnownCollections(members, before);
        PrivateEffects effects = new PrivateCommit(block.number(), hashes, writes, sets, collections)
                .effects(due, expiries.endingWith(block.number(), writes.keySet(), before));
        effects.missing().stream()
                .filter(missing -> collections.isMember(missing.expected().name()))
                .forEach(missing -> CommitMessages.LOG.privateDataMissing(
                        id.channel(),
                        missing.block(),
                        missing.expected().txId(),
                        id.node(),
                        missing.expected().collection(),
                        missing.expected().chaincode()));
        return effects;
    }

    /** Takes note of a block that will be written with others. */
    void add(PrivateEffects effects) {
        expiries.add(effects.expiry());
    }

    /** All blocks that were added are in the database. */
    void written() {
        expiries.written();
    }

    private static Map<StateKey, HashWrite> hashWrites(ValidatedBlock block) {
        Map<StateKey, HashWrite> writes = new HashMap<>();
        for (StateWrite write : block.writes()) {
            if (!write.key().collection().isEmpty()) {
                writes.put(write.key(), new HashWrite(write.value(), write.delete(), write.version()));
            }
        }
        return writes;
    }
}
