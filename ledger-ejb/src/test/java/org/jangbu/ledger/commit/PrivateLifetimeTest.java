package org.jangbu.ledger.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jangbu.ledger.privatedata.Lifetime;
import org.jangbu.ledger.privatedata.PrivateWrite;
import org.jangbu.model.CommitHash;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long private data and their hashes are there, on a real database: with members and others, through replay. */
class PrivateLifetimeTest {
    private static final String SHORT = "short2";
    private static final String LONG = "unlimited";

    @TempDir
    Path folder;

    private PrivatePeer member;
    private PrivatePeer other;
    private int transactions;

    @BeforeEach
    void open() throws Exception {
        member = new PrivatePeer(folder.resolve("member"), true);
        other = new PrivatePeer(folder.resolve("other"), false);
    }

    @AfterEach
    void close() {
        member.close();
        other.close();
    }

    @Test
    void counts_as_fabric_does_and_never_overflows() {
        assertThat(new Lifetime(3).end(5)).isEqualTo(9);
        assertThat(Lifetime.UNLIMITED.end(5)).isEqualTo(Lifetime.NEVER);
        assertThat(new Lifetime(Long.MAX_VALUE).end(5)).isEqualTo(Lifetime.NEVER);
    }

    @Test
    void a_value_and_its_hash_outlive_the_blocks_they_were_given_and_end_with_the_next() throws Exception {
        commit(by(SHORT).put("k", "v"), by(LONG).put("k", "v"));
        empty(2);
        assertThat(member.value(SHORT, "k")).contains("v");
        assertThat(other.hash(SHORT, "k")).isPresent();
        empty(1);
        for (PrivatePeer peer : List.of(member, other)) {
            assertThat(peer.hash(SHORT, "k")).isEmpty();
            assertThat(peer.hash(LONG, "k")).isPresent();
        }
        assertThat(member.ledger().privateData().values(List.of(PrivatePeer.key(SHORT, "k"))))
                .isEmpty();
        assertThat(history(SHORT, 1)).isEmpty();
        assertThat(member.value(LONG, "k")).contains("v");
    }

    @Test
    void a_value_written_again_in_time_lives_on_even_in_the_block_with_which_it_would_end() throws Exception {
        commit(by(SHORT).put("k", "first"), by(SHORT).put("dies", "v"));
        empty(2);
        commit(by(SHORT).put("k", "second"));
        assertThat(member.value(SHORT, "k")).contains("second");
        assertThat(member.hash(SHORT, "dies")).isEmpty();
        assertThat(history(SHORT, 1)).isEmpty();
        assertThat(history(SHORT, 4)).extracting(PrivateWrite::key).containsExactly("k");
        empty(2);
        assertThat(member.value(SHORT, "k")).contains("second");
        empty(1);
        assertThat(member.hash(SHORT, "k")).isEmpty();
    }

    @Test
    void what_is_missing_is_missed_no_longer_than_it_would_live() throws Exception {
        member.commit(by(SHORT).put("k", "v"));
        assertThat(member.ledger().missingSets().of(PrivatePeer.name(SHORT), 10))
                .hasSize(1);
        for (int i = 0; i < 3; i++) {
            member.commit();
        }
        assertThat(member.ledger().missingSets().of(PrivatePeer.name(SHORT), 10))
                .isEmpty();
    }

    @Test
    void metadata_alone_keep_the_value_current_and_begin_its_time_anew() throws Exception {
        commit(by(SHORT).put("k", "v"));
        commit(by(SHORT).metadata("k", "policy"));
        assertThat(member.value(SHORT, "k")).contains("v");
        assertThat(member.hash(SHORT, "k").orElseThrow().version().block()).isEqualTo(2);
        empty(2);
        assertThat(member.value(SHORT, "k")).contains("v");
        empty(1);
        assertThat(member.hash(SHORT, "k")).isEmpty();
        assertThat(other.hash(SHORT, "k")).isEmpty();
    }

    @Test
    void value_and_then_metadata_in_one_block_leave_a_current_value() throws Exception {
        commit(by(LONG).put("k", "v"), by(LONG).metadata("k", "policy"));
        assertThat(member.value(LONG, "k")).contains("v");
    }

    /** Against a model that knows one rule: gone when {@code block > written + lifetime}, unless written since. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void members_others_and_rebuilt_ledgers_agree_with_a_naive_model(long seed) throws Exception {
        Random random = new Random(seed);
        List<String> collections = List.of("short1", "short2", "short5", LONG);
        Map<String, String> values = new TreeMap<>();
        Map<String, Long> written = new TreeMap<>();
        for (int block = 1; block <= 30; block++) {
            List<PrivateTransaction> block0 = new ArrayList<>();
            int count = random.nextInt(4);
            long number = block;
            // What ends with this block is still there for its transactions, and stays if they write it.
            Map<String, String> ending = new TreeMap<>();
            values.forEach((name, value) -> {
                String collection = name.substring(0, name.indexOf('/'));
                if (!collection.equals(LONG) && number > written.getOrDefault(name, number) + lifetime(collection)) {
                    ending.put(name, value);
                }
            });
            for (int i = 0; i < count; i++) {
                String collection = collections.get(random.nextInt(collections.size()));
                String key = "k" + random.nextInt(3);
                String name = collection + "/" + key;
                PrivateTransaction transaction = by(collection);
                switch (random.nextInt(5)) {
                    case 0 -> {
                        transaction.delete(key);
                        values.remove(name);
                    }
                    case 1 -> {
                        transaction.purge(key);
                        values.remove(name);
                    }
                    case 2 -> {
                        transaction.metadata(key, "m" + block);
                        if (values.containsKey(name)) {
                            written.put(name, number);
                            ending.remove(name);
                        }
                    }
                    default -> {
                        String value = "v" + random.nextInt(3);
                        transaction.put(key, value);
                        values.put(name, value);
                        written.put(name, number);
                        ending.remove(name);
                    }
                }
                block0.add(transaction);
            }
            ending.keySet().forEach(values::remove);
            commit(block0.toArray(PrivateTransaction[]::new));
            assertThat(held(member, collections)).isEqualTo(values);
            assertThat(hashed(other, collections))
                    .isEqualTo(values.keySet().stream().toList());
        }
        List<String> before = hashed(member, collections);
        member.loseDatabase();
        assertThat(hashed(member, collections)).isEqualTo(before);
        assertThat(CommitHash.in(member.ledger().block(30).orElseThrow()))
                .isEqualTo(CommitHash.in(other.ledger().block(30).orElseThrow()));
        member.commit();
        other.commit();
        assertThat(hashed(member, collections)).isEqualTo(hashed(other, collections));
    }

    private static long lifetime(String collection) {
        return Long.parseLong(collection.substring("short".length()));
    }

    private static Map<String, String> held(PrivatePeer peer, List<String> collections) {
        Map<String, String> held = new TreeMap<>();
        for (String collection : collections) {
            for (int k = 0; k < 3; k++) {
                String name = collection + "/k" + k;
                peer.value(collection, "k" + k).ifPresent(value -> held.put(name, value));
            }
        }
        return held;
    }

    private static List<String> hashed(PrivatePeer peer, List<String> collections) {
        List<String> there = new ArrayList<>();
        for (String collection : collections) {
            for (int k = 0; k < 3; k++) {
                if (peer.hash(collection, "k" + k).isPresent()) {
                    there.add(collection + "/k" + k);
                }
            }
        }
        there.sort(null);
        return there;
    }

    private List<PrivateWrite> history(String collection, long block) {
        return member.ledger().privateData().writes(PrivatePeer.name(collection), block, 0);
    }

    private PrivateTransaction by(String collection) {
        return PrivateTransaction.by("tx" + transactions++, collection);
    }

    private void empty(int blocks) throws Exception {
        for (int i = 0; i < blocks; i++) {
            commit();
        }
    }

    private void commit(PrivateTransaction... transactions) throws Exception {
        member.commitWithSets(transactions);
        other.commit(transactions);
    }
}
