package org.jangbu.ledger.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.ledger.state.StateReader;
import org.jangbu.ledger.state.VersionedValue;
import org.jangbu.model.ParsedBlock;
import org.jangbu.model.TransactionsFilter;
import org.jangbu.model.TxId;
import org.jangbu.model.Version;
import org.junit.jupiter.api.Test;

class BlockEffectsTest {
    private static final ByteString POLICY = Writes.storedMetadata("policy");

    private final Map<StateKey, VersionedValue> committed = new HashMap<>();
    private final StateReader before = keys -> {
        Map<StateKey, VersionedValue> found = new HashMap<>(committed);
        found.keySet().retainAll(keys);
        return found;
    };

    @Test
    void the_last_valid_transaction_wins_and_each_key_stands_once_in_order() {
        ValidatedBlock block = effects(BlockBuilder.first()
                .valid(
                        Writes.by("1").put("cc", "b", "b1").put("cc", "a", "a1").put("bb", "z", "z1"),
                        Writes.by("2").put("cc", "b", "b2"))
                .invalid(Writes.by("3").put("cc", "b", "b3"), TxValidationCode.MVCC_READ_CONFLICT));
        assertThat(block.writes())
                .containsExactly(write("bb", "z", "z1", 0), write("cc", "a", "a1", 0), write("cc", "b", "b2", 1));
        assertThat(TransactionsFilter.of(block.block()).bytes()).isEqualTo(ByteString.fromHex("00000b"));
    }

    @Test
    void a_value_keeps_the_metadata_that_is_there() {
        commit("a", "old", POLICY);
        assertThat(effects(BlockBuilder.first().valid(Writes.by("1").put("cc", "a", "new")))
                        .writes())
                .containsExactly(new StateWrite(key("a"), utf8("new"), POLICY, false, new Version(0, 0)));
    }

    @Test
    void metadata_keeps_the_value_that_is_there_and_makes_a_new_version() {
        commit("a", "old", ByteString.EMPTY);
        assertThat(effects(BlockBuilder.first()
                                .valid(Writes.by("1"), Writes.by("2").metadata("cc", "a", "policy")))
                        .writes())
                .containsExactly(new StateWrite(key("a"), utf8("old"), POLICY, false, new Version(0, 1)));
    }

    @Test
    void metadata_without_entries_drops_what_was_there() {
        commit("a", "old", POLICY);
        assertThat(effects(BlockBuilder.first().valid(Writes.by("1").metadata("cc", "a")))
                        .writes())
                .containsExactly(write("cc", "a", "old", 0));
    }

    @Test
    void metadata_of_a_key_that_does_not_exist_is_ignored() {
        assertThat(effects(BlockBuilder.first().valid(Writes.by("1").metadata("cc", "a", "policy")))
                        .writes())
                .isEmpty();
    }

    @Test
    void metadata_after_a_deletion_in_the_same_block_is_ignored() {
        commit("a", "old", POLICY);
        assertThat(effects(BlockBuilder.first()
                                .valid(
                                        Writes.by("1").delete("cc", "a"),
                                        Writes.by("2").metadata("cc", "a", "policy")))
                        .writes())
                .containsExactly(deleted("a", 0));
    }

    @Test
    void a_deletion_drops_value_and_metadata_also_for_a_later_value() {
        commit("a", "old", POLICY);
        assertThat(effects(BlockBuilder.first()
                                .valid(Writes.by("1").delete("cc", "a").metadata("cc", "a", "other")))
                        .writes())
                .containsExactly(deleted("a", 0));
        assertThat(effects(BlockBuilder.first()
                                .valid(
                                        Writes.by("1").delete("cc", "a"),
                                        Writes.by("2").put("cc", "a", "new")))
                        .writes())
                .containsExactly(write("cc", "a", "new", 1));
    }

    @Test
    void an_empty_value_is_a_deletion() {
        commit("a", "old", POLICY);
        ValidatedBlock block = effects(BlockBuilder.first().valid(Writes.by("1").put("cc", "a", "")));
        assertThat(block.writes()).containsExactly(deleted("a", 0));
        assertThat(block.history()).containsExactly(new HistoryWrite(key("a"), 0, ByteString.EMPTY, true));
    }

    @Test
    void metadata_and_value_of_different_transactions_meet() {
        assertThat(effects(BlockBuilder.first()
                                .valid(
                                        Writes.by("1").put("cc", "a", "v1"),
                                        Writes.by("2").metadata("cc", "a", "policy"),
                                        Writes.by("3").put("cc", "a", "v2")))
                        .writes())
                .containsExactly(new StateWrite(key("a"), utf8("v2"), POLICY, false, new Version(0, 2)));
    }

    @Test
    void private_writes_go_to_the_hashed_namespace_and_into_no_history() {
        ValidatedBlock block = effects(BlockBuilder.first()
                .valid(Writes.by("1")
                        .putHash("cc", "coll", "secret", "value")
                        .hashMetadata("cc", "coll", "secret", "policy")));
        StateKey hashed = StateKey.hashed("cc", "coll", Writes.hash("secret"));
        assertThat(hashed.namespace()).isEqualTo("cc$$hcoll");
        assertThat(hashed.address().key()).isEqualTo(Writes.hash("secret"));
        assertThat(block.writes())
                .containsExactly(new StateWrite(hashed, Writes.hash("value"), POLICY, false, new Version(0, 0)));
        assertThat(block.history()).isEmpty();
        committed.put(hashed, new VersionedValue(Writes.hash("value"), POLICY, new Version(0, 0)));
        for (boolean purge : List.of(true, false)) {
            assertThat(effects(BlockBuilder.first().valid(Writes.by("2").deleteHash("cc", "coll", "secret", purge)))
                            .writes())
                    .containsExactly(
                            new StateWrite(hashed, ByteString.EMPTY, ByteString.EMPTY, true, new Version(0, 0)));
        }
    }

    @Test
    void history_has_every_valid_write_in_order() {
        assertThat(effects(BlockBuilder.first()
                                .valid(Writes.by("1").put("cc", "a", "a1"))
                                .invalid(Writes.by("2").put("cc", "a", "a2"), TxValidationCode.PHANTOM_READ_CONFLICT)
                                .valid(Writes.by("3").put("cc", "a", "a3").delete("cc", "b")))
                        .history())
                .containsExactly(
                        new HistoryWrite(key("a"), 0, utf8("a1"), false),
                        new HistoryWrite(key("a"), 2, utf8("a3"), false),
                        new HistoryWrite(key("b"), 2, ByteString.EMPTY, true));
    }

    @Test
    void outcomes_tell_id_verdict_and_time_of_each_position() {
        Writes first = Writes.by("1").at(1_800_000_000, 5);
        assertThat(effects(BlockBuilder.first()
                                .valid(first)
                                .envelope(ByteString.copyFromUtf8("garbage"), TxValidationCode.INVALID_OTHER_REASON)
                                .invalid(
                                        Writes.by("2")
                                                .as(new TxId("any text\0"))
                                                .at(Long.MAX_VALUE, -1),
                                        TxValidationCode.BAD_PROPOSAL_TXID))
                        .transactions())
                .containsExactly(
                        new ValidatedBlock.Outcome(
                                first.txId(), TxValidationCode.VALID, Instant.ofEpochSecond(1_800_000_000, 5)),
                        new ValidatedBlock.Outcome(new TxId(""), TxValidationCode.INVALID_OTHER_REASON, Instant.EPOCH),
                        new ValidatedBlock.Outcome(
                                new TxId("any text\0"), TxValidationCode.BAD_PROPOSAL_TXID, Instant.EPOCH));
    }

    @Test
    void a_configuration_has_no_effect_on_the_state() {
        assertThat(BlockBuilder.genesis().writes()).isEmpty();
    }

    @Test
    void reads_nothing_for_chaincodes_without_metadata() {
        StateReader unread = new StateReader() {
            @Override
            public Map<StateKey, VersionedValue> getAll(java.util.Collection<StateKey> keys) {
                throw new AssertionError("read " + keys);
            }

            @Override
            public boolean mayHoldMetadata(String namespace) {
                return false;
            }
        };
        assertThat(BlockBuilder.first()
                        .valid(Writes.by("1").put("cc", "a", "v"))
                        .validated(unread)
                        .writes())
                .hasSize(1);
    }

    @Test
    void refuses_verdicts_that_do_not_match_the_block() {
        ParsedBlock block =
                ParsedBlock.parse(BlockBuilder.first().valid(Writes.by("1")).block());
        assertThatThrownBy(() -> BlockEffects.of(block, List.of(), before))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private ValidatedBlock effects(BlockBuilder block) {
        return block.validated(before);
    }

    private void commit(String key, String value, ByteString metadata) {
        committed.put(key(key), new VersionedValue(utf8(value), metadata, new Version(0, 0)));
    }

    private static StateKey key(String key) {
        return new StateKey("cc", key);
    }

    private static ByteString utf8(String text) {
        return ByteString.copyFromUtf8(text);
    }

    private static StateWrite write(String ns, String key, String value, int tx) {
        return new StateWrite(new StateKey(ns, key), utf8(value), ByteString.EMPTY, false, new Version(0, tx));
    }

    private static StateWrite deleted(String key, int tx) {
        return new StateWrite(key(key), ByteString.EMPTY, ByteString.EMPTY, true, new Version(0, tx));
    }
}
