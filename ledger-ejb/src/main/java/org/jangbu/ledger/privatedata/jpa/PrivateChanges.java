package org.jangbu.ledger.privatedata.jpa;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jangbu.ledger.privatedata.ExpiryChanges;
import org.jangbu.ledger.privatedata.HashWrite;
import org.jangbu.ledger.privatedata.HeldChanges;
import org.jangbu.ledger.privatedata.MissingSet;
import org.jangbu.ledger.privatedata.PrivateEffects;
import org.jangbu.ledger.privatedata.PrivateValue;
import org.jangbu.ledger.privatedata.PrivateWrite;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.model.Sha256;
import org.jangbu.model.TxId;
import org.jangbu.model.Version;

/** What one or several blocks in a row make of the rows of a peer's private data: each key once, as the last of them leaves it. */
final class PrivateChanges {
    private final Map<StateKey, Ending<PrivateValue>> values = new LinkedHashMap<>();
    private final Map<StateKey, Ending<HashWrite>> kept = new LinkedHashMap<>();
    private final Set<StateKey> removed = new LinkedHashSet<>();
    private final Map<StateKey, Version> purged = new LinkedHashMap<>();
    private final Map<PrivateWrite, Long> history = new LinkedHashMap<>();
    private final Map<MissingSet, Long> missing = new LinkedHashMap<>();
    private final List<TxId> decided = new ArrayList<>();
    private final List<ExpiryChanges> schedules = new ArrayList<>();
    private long ended = -1;

    PrivateChanges(List<PrivateEffects> blocks) {
        blocks.forEach(this::add);
    }

    /** Something, and the number of the block with which it ends. */
    record Ending<T>(T content, long expires) {}

    private void add(PrivateEffects block) {
        addHeld(block.held(), block.expiry());
        for (PrivateWrite write : block.held().writes()) {
            history.put(write, block.expiry().end(write.hashed().namespace(), block.block()));
        }
        for (MissingSet set : block.missing()) {
            missing.put(set, block.expiry().end(set.expected().name().namespace(), block.block()));
        }
        decided.addAll(block.decided());
        schedules.add(block.expiry());
        if (block.expiry().due()) {
            ended = block.block();
        }
    }

    private void addHeld(HeldChanges held, ExpiryChanges expiry) {
        for (StateKey key : held.removed()) {
            values.remove(key);
            kept.remove(key);
            removed.add(key);
        }
        purge(held.purged());
        held.kept().forEach((key, write) -> keep(key, write, expiry));
        held.values().forEach((key, value) -> {
            kept.remove(key);
            values.put(
                    key,
                    new Ending<>(
                            value, expiry.end(key.namespace(), value.version().block())));
        });
    }

    private void purge(Map<StateKey, Version> keys) {
        if (keys.isEmpty()) {
            return;
        }
        purged.putAll(keys);
        values.entrySet()
                .removeIf(value -> isPurged(
                        keys, value.getKey(), value.getValue().content().version()));
        history.keySet().removeIf(write -> isPurged(keys, write.hashed(), write.version()));
    }

    private static boolean isPurged(Map<StateKey, Version> keys, StateKey key, Version version) {
        Version purge = keys.get(key);
        return purge != null && version.compareTo(purge) <= 0;
    }

    /** The hash has a new version; the value, if it is the one, follows. One that an earlier block of these brought is known already. */
    private void keep(StateKey key, HashWrite write, ExpiryChanges expiry) {
        long expires = expiry.end(key.namespace(), write.version().block());
        Ending<PrivateValue> value = values.get(key);
        if (value == null) {
            kept.put(key, new Ending<>(write, expires));
        } else if (Sha256.of(value.content().value()).equals(write.valueHash())) {
            PrivateValue moved =
                    new PrivateValue(value.content().key(), value.content().value(), write.version());
            values.put(key, new Ending<>(moved, expires));
        }
    }

    void write(PrivateStatements statements) {
        statements.remove(removed);
        statements.purge(purged);
        statements.keep(kept);
        statements.put(values);
        statements.record(history);
        statements.missing(missing);
        statements.forget(decided);
        statements.schedule(schedules.stream()
                .flatMap(expiry -> expiry.scheduled().stream())
                .toList());
        if (ended >= 0) {
            statements.end(ended);
        }
    }
}
