package org.jangbu.ledger.commit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jangbu.ledger.privatedata.FoundSet;
import org.jangbu.ledger.privatedata.Lifetime;
import org.jangbu.ledger.privatedata.MissingSet;
import org.jangbu.ledger.privatedata.PrivateWrite;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Past private values on a real database: what is kept of them, what a purge takes away, and what may come in later. */
class PrivatePurgeTest {
    private static final String MINE = "mine";

    @TempDir
    Path folder;

    private PrivatePeer peer;

    @BeforeEach
    void open() throws Exception {
        peer = new PrivatePeer(folder, true);
    }

    @AfterEach
    void close() {
        peer.close();
    }

    @Test
    void past_sets_are_told_whole_though_their_values_were_overwritten_or_deleted() throws Exception {
        PrivateTransaction first = by("1").put("a", "1").put("b", "1").metadata("b", "m");
        PrivateTransaction second = by("2").put("a", "2").delete("b");
        peer.commitWithSets(first);
        peer.commitWithSets(second);
        assertThat(peer.past(1).in(peer.ledger().privateData()))
                .contains(first.set().content());
        assertThat(peer.past(2).in(peer.ledger().privateData()))
                .contains(second.set().content());
    }

    @Test
    void a_purge_takes_the_value_its_past_and_its_key_and_the_rest_of_a_set_is_told_without_it() throws Exception {
        peer.commitWithSets(by("1").put("secret", "old").put("b", "1"));
        peer.commitWithSets(by("2").put("secret", "new"));
        peer.commitWithSets(by("3").purge("secret"));
        assertThat(peer.hash(MINE, "secret")).isEmpty();
        assertThat(peer.ledger().privateData().values(List.of(PrivatePeer.key(MINE, "secret"))))
                .isEmpty();
        for (long block = 1; block <= 3; block++) {
            assertThat(writes(block)).extracting(PrivateWrite::key).doesNotContain("secret");
        }
        assertThat(peer.past(1).in(peer.ledger().privateData()))
                .contains(by("x").put("b", "1").set().content());
        assertThat(peer.past(2).in(peer.ledger().privateData())).isEmpty();
    }

    @Test
    void what_is_written_after_a_purge_in_the_same_block_stays() throws Exception {
        peer.commitWithSets(by("1").put("k", "old"));
        peer.commitWithSets(by("2").purge("k"), by("3").put("k", "new"));
        assertThat(peer.value(MINE, "k")).contains("new");
        assertThat(writes(1)).isEmpty();
        assertThat(peer.ledger().privateData().writes(PrivatePeer.name(MINE), 2, 1))
                .hasSize(1);
    }

    @Test
    void a_purge_is_whole_on_a_peer_that_lacks_the_set_which_says_so() throws Exception {
        peer.commitWithSets(by("1").put("k", "old"));
        peer.commit(by("2").purge("k"));
        assertThat(peer.ledger().privateData().values(List.of(PrivatePeer.key(MINE, "k"))))
                .isEmpty();
        assertThat(writes(1)).isEmpty();
    }

    @Test
    void a_set_that_comes_late_brings_back_nothing_that_was_purged_and_no_older_value() throws Exception {
        PrivateTransaction late =
                by("1").put("purged", "x").put("overwritten", "old").put("same", "v");
        peer.commit(late);
        peer.commitWithSets(by("2").purge("purged"), by("3").put("overwritten", "new"));
        MissingSet missing = missing().get(0);
        List<PrivateWrite> writes = peer.past(1)
                .check(late.set().content(), peer.ledger().privateData())
                .orElseThrow();
        FoundSet found = new FoundSet(missing, writes, Lifetime.UNLIMITED);

        assertThat(peer.ledger().missingSets().fill(List.of(found))).isEqualTo(1);
        assertThat(peer.value(MINE, "same")).contains("v");
        assertThat(peer.value(MINE, "overwritten")).contains("new");
        assertThat(peer.ledger().privateData().values(List.of(PrivatePeer.key(MINE, "purged"))))
                .isEmpty();
        assertThat(writes(1)).extracting(PrivateWrite::key).containsExactly("overwritten", "same");
        assertThat(missing()).isEmpty();
        assertThat(peer.ledger().missingSets().fill(List.of(found))).isZero();
    }

    @Test
    void a_set_is_good_only_if_it_is_the_one_signed_or_lacks_no_more_than_was_purged() throws Exception {
        PrivateTransaction real = by("1").put("a", "1").put("b", "1");
        peer.commit(real);
        assertThat(check(real)).isPresent();
        assertThat(check(by("x").put("a", "1").put("b", "forged"))).isEmpty();
        assertThat(check(by("x").put("a", "1"))).isEmpty();
        assertThat(check(by("x").put("a", "1").put("b", "1").put("c", "1"))).isEmpty();
        assertThat(peer.past(1)
                        .check(ByteString.copyFromUtf8("no set"), peer.ledger().privateData()))
                .isEmpty();
        peer.commit(by("2").purge("b"));
        assertThat(check(by("x").put("a", "1"))).isPresent();
        assertThat(check(by("x").put("b", "1"))).isEmpty();
        assertThat(check(by("x").delete("a"))).isEmpty();
    }

    @Test
    void missing_sets_are_asked_for_newest_first_and_those_that_failed_later() throws Exception {
        peer.commit(by("1").put("a", "1"), PrivateTransaction.by("2", "second").put("a", "1"));
        peer.commit(by("3").put("a", "2"));
        assertThat(peer.ledger().missingSets().collections())
                .containsExactly(PrivatePeer.name(MINE), PrivatePeer.name("second"));
        List<MissingSet> due = due();
        assertThat(due).extracting(MissingSet::block).containsExactly(2L, 1L);
        peer.ledger().missingSets().postpone(due.subList(0, 1), Duration.ofHours(1), Duration.ofHours(2));
        assertThat(due()).extracting(MissingSet::block).containsExactly(1L);
        peer.ledger().missingSets().postpone(due(), Duration.ZERO, Duration.ZERO);
        assertThat(due()).hasSize(1);
    }

    private List<MissingSet> due() {
        return peer.ledger().missingSets().due(List.of(PrivatePeer.name(MINE)), 10);
    }

    private Optional<List<PrivateWrite>> check(PrivateTransaction told) {
        return peer.past(1).check(told.set().content(), peer.ledger().privateData());
    }

    private List<MissingSet> missing() {
        return peer.ledger().missingSets().of(PrivatePeer.name(MINE), 10);
    }

    private List<PrivateWrite> writes(long block) {
        return peer.ledger().privateData().writes(PrivatePeer.name(MINE), block, 0);
    }

    private static PrivateTransaction by(String nonce) {
        return PrivateTransaction.by(nonce, MINE);
    }
}
