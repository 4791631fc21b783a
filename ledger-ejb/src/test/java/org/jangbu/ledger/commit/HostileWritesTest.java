package org.jangbu.ledger.commit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.ledger.commit.jpa.TestDatabase;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.ledger.state.VersionedValue;
import org.jangbu.model.TxId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No bytes that a stranger can send make a commit fail, and all of them come back as they were. */
class HostileWritesTest {
    private static final int WRITES_OF_A_BLOCK = 500;

    @TempDir
    Path folder;

    @Test
    void any_keys_and_values_are_committed_and_read_back() throws Exception {
        commitAndCompare(20_000, 2026);
    }

    @Test
    @Tag("soak")
    void a_million_keys_and_values_are_committed_and_read_back() throws Exception {
        for (int round = 0; round < 20; round++) {
            commitAndCompare(50_000, round);
        }
    }

    private void commitAndCompare(int cases, long seed) throws Exception {
        HostileBytes hostile = new HostileBytes(seed);
        Map<StateKey, ByteString> expected = new HashMap<>();
        // A small cache, so that most is read from the database.
        PeerLedgers ledgers = new PeerLedgers(TestDatabase.get()::open, 100_000);
        try (PeerLedger ledger = ledgers.open(TestDatabase.newLedger(), folder.resolve("seed" + seed))) {
            for (int done = 0; done < cases; done += WRITES_OF_A_BLOCK) {
                BlockBuilder block = done == 0 ? BlockBuilder.first() : BlockBuilder.after(ledger);
                for (int i = 0; i < WRITES_OF_A_BLOCK; i++) {
                    add(block, hostile, expected);
                }
                ledger.commit(block.validated(ledger.state()));
            }
            Map<StateKey, VersionedValue> read = ledger.state().getAll(expected.keySet());
            expected.forEach((key, value) -> {
                if (value.isEmpty()) {
                    assertThat(read).doesNotContainKey(key);
                } else {
                    assertThat(read.get(key))
                            .isNotNull()
                            .extracting(VersionedValue::value)
                            .isEqualTo(value);
                }
            });
        }
    }

    private static void add(BlockBuilder block, HostileBytes hostile, Map<StateKey, ByteString> expected) {
        String ns = hostile.below(10) == 0 ? hostile.text(1 + hostile.below(5)) : "cc";
        StateKey key = new StateKey(ns, hostile.key(StateKey.MAX_BYTES - 30));
        ByteString value = hostile.value();
        Writes writes = Writes.by("tx" + hostile.below(Integer.MAX_VALUE))
                .at(
                        hostile.below(3) == 0 ? Long.MIN_VALUE : hostile.below(Integer.MAX_VALUE),
                        hostile.below(2_000_000_000))
                .put(key.namespace(), key.key(), value);
        if (hostile.below(20) == 0) {
            writes.put(key.namespace(), key.key(), value);
        }
        if (hostile.below(20) == 0) {
            writes.metadata(key.namespace(), key.key(), hostile.text(20));
        }
        if (hostile.below(20) == 0) {
            block.invalid(
                    Writes.by("").as(new TxId(hostile.text(hostile.below(100)))), TxValidationCode.BAD_PROPOSAL_TXID);
        }
        if (hostile.below(50) == 0) {
            block.envelope(hostile.bytes(hostile.below(100)), TxValidationCode.INVALID_OTHER_REASON);
        }
        block.valid(writes);
        expected.put(key, value);
    }
}
