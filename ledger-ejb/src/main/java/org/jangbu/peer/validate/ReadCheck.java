package org.jangbu.peer.validate;

import java.util.Optional;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRead;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVReadHash;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.RangeQueryInfo;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.ledger.state.VersionedValue;
import org.jangbu.ledger.state.WorldState;
import org.jangbu.model.Quoted;
import org.jangbu.model.ReadWriteSet;
import org.jangbu.model.Version;
import org.jspecify.annotations.Nullable;

/**
 * The second half of validation, one transaction after the other in the order of the block: the state can hold what is written, and what
 * was read when the transaction was simulated is still so.
 */
final class ReadCheck {
    private final WorldState state;
    private final CommittedEntries committed;
    private final StateOverlay overlay;

    ReadCheck(WorldState state, CommittedEntries committed) {
        this.state = state;
        this.committed = committed;
        this.overlay = new StateOverlay(committed);
    }

    /** Judges a transaction and, if it is valid, makes its writes visible to the next. */
    Verdict check(ReadWriteSet set, Version version) {
        Verdict verdict = writes(set);
        for (ReadWriteSet.Namespace namespace : set.namespaces()) {
            if (verdict.isValid()) {
                verdict = reads(namespace);
            }
        }
        if (verdict.isValid()) {
            overlay.apply(set, version);
        }
        return verdict;
    }

    private static Verdict writes(ReadWriteSet set) {
        String[] problem = {""};
        for (ReadWriteSet.Namespace namespace : set.namespaces()) {
            WrittenKeys.forEach(namespace, write -> write.key().problem().ifPresent(text -> problem[0] = text));
        }
        return problem[0].isEmpty() ? Verdict.VALID : new Verdict(TxValidationCode.INVALID_WRITESET, problem[0]);
    }

    private Verdict reads(ReadWriteSet.Namespace namespace) {
        String name = namespace.name();
        for (KVRead read : namespace.keys().getReadsList()) {
            StateKey key = new StateKey(name, read.getKey());
            if (!isCurrent(key, read.hasVersion() ? version(read.getVersion()) : null)) {
                return conflict(key);
            }
        }
        for (RangeQueryInfo query : namespace.keys().getRangeQueriesInfoList()) {
            if (!RangeQueryCheck.same(query, RangeScan.of(query, name, state, overlay))) {
                return new Verdict(
                        TxValidationCode.PHANTOM_READ_CONFLICT,
                        "the range from '" + Quoted.brief(query.getStartKey()) + "' in " + Quoted.brief(name)
                                + " has other results by now");
            }
        }
        for (ReadWriteSet.Collection collection : namespace.collections()) {
            for (KVReadHash read : collection.hashes().getHashedReadsList()) {
                StateKey key = StateKey.hashed(name, collection.name(), read.getKeyHash());
                if (!isCurrent(key, read.hasVersion() ? version(read.getVersion()) : null)) {
                    return conflict(key);
                }
            }
        }
        return Verdict.VALID;
    }

    /** A key that an earlier transaction of the block has written is stale whatever was read of it. */
    private boolean isCurrent(StateKey key, @Nullable Version read) {
        if (overlay.touches(key)) {
            return false;
        }
        Optional<Version> now = Optional.ofNullable(committed.get(key)).map(VersionedValue::version);
        return now.equals(Optional.ofNullable(read));
    }

    private static Version version(org.hyperledger.fabric.protos.ledger.rwset.kvrwset.Version version) {
        return new Version(version.getBlockNum(), version.getTxNum());
    }

    private static Verdict conflict(StateKey key) {
        return new Verdict(
                TxValidationCode.MVCC_READ_CONFLICT,
                "'" + Quoted.brief(key.key()) + "' in " + Quoted.brief(key.namespace()) + " has been written since");
    }
}
