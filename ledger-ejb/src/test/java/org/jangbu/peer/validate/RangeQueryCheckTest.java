package org.jangbu.peer.validate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRead;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.QueryReads;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.QueryReadsMerkleSummary;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.RangeQueryInfo;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.ledger.state.VersionedValue;
import org.jangbu.model.ParsedBlock;
import org.jangbu.model.ReadWriteSet;
import org.jangbu.model.Version;
import org.junit.jupiter.api.Test;

/** Phantoms, in ranges as large as real ones: several pages of the state, several levels of hashes. */
class RangeQueryCheckTest {
    private final MemoryPeerLedger state = new MemoryPeerLedger();

    @Test
    void finds_phantoms_among_few_results() {
        fill(10);
        RangeQueryInfo query = raw("k0000", "k0005", results(0, 5));
        assertThat(code(query)).isEqualTo(TxValidationCode.VALID);

        put("k0005", 9);
        assertThat(code(query)).as("the end does not belong to it").isEqualTo(TxValidationCode.VALID);
        put("k0002x", 9);
        assertThat(code(query)).isEqualTo(TxValidationCode.PHANTOM_READ_CONFLICT);
        assertThat(code(raw("k0000", "k0001", List.of()))).isEqualTo(TxValidationCode.PHANTOM_READ_CONFLICT);
        assertThat(code(raw("z", "", List.of()))).isEqualTo(TxValidationCode.VALID);
        assertThat(code(raw("k0005", "k0002", List.of())))
                .as("a range that ends before it begins is empty")
                .isEqualTo(TxValidationCode.VALID);
    }

    @Test
    void an_unfinished_query_depends_on_nothing_behind_its_last_result() {
        fill(10);
        RangeQueryInfo query = raw("k0000", "k0004", results(0, 5)).toBuilder()
                .setItrExhausted(false)
                .build();
        assertThat(code(query)).isEqualTo(TxValidationCode.VALID);
        put("k0004x", 9);
        assertThat(code(query)).isEqualTo(TxValidationCode.VALID);
        put("k0004", 9);
        assertThat(code(query)).isEqualTo(TxValidationCode.PHANTOM_READ_CONFLICT);
    }

    @Test
    void finds_phantoms_among_thousands_of_results_by_their_hashes() {
        fill(3000);
        RangeQueryInfo query = hashed(results(0, 3000));
        assertThat(query.getReadsMerkleHashes().getMaxLevel()).isEqualTo(2);
        assertThat(code(query)).isEqualTo(TxValidationCode.VALID);

        put("k1500", 9);
        assertThat(code(query)).as("one was written").isEqualTo(TxValidationCode.PHANTOM_READ_CONFLICT);
        put("k1500", 1);
        assertThat(code(query)).isEqualTo(TxValidationCode.VALID);
        put("k1500x", 1);
        assertThat(code(query)).as("one more").isEqualTo(TxValidationCode.PHANTOM_READ_CONFLICT);
    }

    @Test
    void knows_every_size_around_the_folds_of_the_tree() {
        for (int size : new int[] {51, 52, 101, 102, 103, 2600, 2601, 2602, 2652, 5202}) {
            MemoryPeerLedger fresh = new MemoryPeerLedger();
            for (int i = 0; i < size; i++) {
                put(fresh, name(i), 1);
            }
            assertThat(code(fresh, hashed(results(0, size))))
                    .as(size + " results")
                    .isEqualTo(TxValidationCode.VALID);
            assertThat(code(fresh, hashed(results(0, size - 1))))
                    .as(size + " results instead of one less")
                    .isEqualTo(TxValidationCode.PHANTOM_READ_CONFLICT);
        }
    }

    @Test
    void does_not_believe_summaries_that_no_endorser_makes() {
        fill(200);
        QueryReadsMerkleSummary real = NaiveLedger.summary(results(0, 200), 50);
        for (int degree : new int[] {0, 1, -1, Integer.MAX_VALUE}) {
            assertThat(code(query("", "")
                            .setReadsMerkleHashes(real.toBuilder().setMaxDegree(degree))
                            .build()))
                    .isEqualTo(TxValidationCode.PHANTOM_READ_CONFLICT);
        }
        for (int level : new int[] {0, 2, -1}) {
            assertThat(code(query("", "")
                            .setReadsMerkleHashes(real.toBuilder().setMaxLevel(level))
                            .build()))
                    .isEqualTo(TxValidationCode.PHANTOM_READ_CONFLICT);
        }
        assertThat(code(query("", "")
                        .setReadsMerkleHashes(real.toBuilder().clearMaxLevelHashes())
                        .build()))
                .isEqualTo(TxValidationCode.PHANTOM_READ_CONFLICT);
    }

    /** A summary that is wrong from its first hash on is found wrong there: of a range of millions, one page is read. */
    @Test
    void stops_reading_at_the_first_difference() {
        fill(5000);
        int before = state.queries();
        put("k0000", 9);
        assertThat(code(hashed(results(0, 5000)))).isEqualTo(TxValidationCode.PHANTOM_READ_CONFLICT);
        assertThat(state.queries() - before).isLessThanOrEqualTo(4);
    }

    private void fill(int count) {
        for (int i = 0; i < count; i++) {
            put(name(i), 1);
        }
    }

    private void put(String key, long block) {
        put(state, key, block);
    }

    private static void put(MemoryPeerLedger ledger, String key, long block) {
        ledger.put(
                new StateKey("cc", key),
                new VersionedValue(ByteString.copyFromUtf8("v"), ByteString.EMPTY, new Version(block, 0)));
    }

    private static String name(int i) {
        return String.format(Locale.ROOT, "k%04d", i);
    }

    private static List<KVRead> results(int from, int to) {
        List<KVRead> results = new ArrayList<>();
        for (int i = from; i < to; i++) {
            results.add(RwSets.read(name(i), 1, 0));
        }
        return results;
    }

    private static RangeQueryInfo.Builder query(String start, String end) {
        return RangeQueryInfo.newBuilder().setStartKey(start).setEndKey(end).setItrExhausted(true);
    }

    private static RangeQueryInfo raw(String start, String end, List<KVRead> results) {
        return query(start, end)
                .setRawReads(QueryReads.newBuilder().addAllKvReads(results))
                .build();
    }

    private static RangeQueryInfo hashed(List<KVRead> results) {
        return query("", "")
                .setReadsMerkleHashes(NaiveLedger.summary(results, 50))
                .build();
    }

    private TxValidationCode code(RangeQueryInfo query) {
        return code(state, query);
    }

    private static TxValidationCode code(MemoryPeerLedger ledger, RangeQueryInfo query) {
        ReadWriteSet set = new ReadWriteSet(List.of(new ReadWriteSet.Namespace(
                "cc",
                RwSets.write("other", "v").toBuilder()
                        .addRangeQueriesInfo(query)
                        .build(),
                List.of())));
        ParsedBlock empty = new ParsedBlock(Block.getDefaultInstance(), List.of());
        return new ReadCheck(ledger, CommittedEntries.of(empty, ledger))
                .check(set, new Version(7, 0))
                .code();
    }
}
