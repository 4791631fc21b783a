package org.jangbu.ledger.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jangbu.ledger.privatedata.CollectionName;
import org.jangbu.ledger.privatedata.MissingSet;
import org.jangbu.ledger.privatedata.PrivateStore;
import org.jangbu.ledger.privatedata.PrivateValue;
import org.jangbu.model.MspId;
import org.jangbu.peer.endorse.JoinedChannel;
import org.jangbu.peer.lifecycle.CollectionMembers;
import org.jangbu.peer.reconcile.MemberPeer;
import org.jangbu.peer.reconcile.MemberPeers;
import org.jangbu.peer.reconcile.PeerSilentException;
import org.jangbu.peer.reconcile.ReconcileSettings;
import org.jangbu.peer.reconcile.Reconciler;
import org.jangbu.peer.reconcile.SetAnswers;
import org.jangbu.peer.reconcile.ToldSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers of two organisations on real databases, of which one lacks private data that another has. */
class ReconcilerTest {
    private static final MspId ORG1 = new MspId("Org1MSP");
    private static final MspId ORG2 = new MspId("Org2MSP");
    private static final String IMPLICIT = "_implicit_org_Org1MSP";
    private static final String SHARED = "shared";
    private static final String SHORT = "brief";
    private static final ReconcileSettings SETTINGS =
            new ReconcileSettings(Duration.ofHours(1), Duration.ofHours(2), 3);

    @TempDir
    Path folder;

    private PrivatePeer holder;
    private PrivatePeer lacking;
    private PrivatePeer stranger;
    private int transactions;

    @BeforeEach
    void open() throws Exception {
        holder = new PrivatePeer(folder.resolve("holder"), new CollectionMembers(ORG1));
        lacking = new PrivatePeer(folder.resolve("lacking"), new CollectionMembers(ORG1));
        stranger = new PrivatePeer(folder.resolve("stranger"), new CollectionMembers(ORG2));
        everywhere(
                Definition.of(List.of(Definition.collection(SHARED, 0, ORG1), Definition.collection(SHORT, 3, ORG1))));
    }

    @AfterEach
    void close() {
        holder.close();
        lacking.close();
        stranger.close();
    }

    @Test
    void a_member_fetches_what_it_missed_and_no_other_organisation_is_told() throws Exception {
        commit(by(IMPLICIT).put("k", "v"));
        commit(by(SHARED).put("a", "1").put("b", "1"));
        assertThat(lacking.value(IMPLICIT, "k")).isEmpty();
        assertThat(reconcile(lacking, member(holder, ORG1))).isEqualTo(2);
        assertThat(lacking.value(IMPLICIT, "k")).contains("v");
        assertThat(lacking.range(SHARED, "", "")).containsExactly("a=1", "b=1");
        assertThat(reconcile(lacking, member(holder, ORG1))).isZero();

        assertThat(reconcile(stranger, member(holder, ORG2))).isZero();
        List<MissingSet> asked = stranger.ledger().missingSets().of(PrivatePeer.name(SHARED), 10);
        assertThat(asked).hasSize(1);
        assertThat(new SetAnswers(holder.ledger(), 1 << 20).tell(ORG2, asked)).isEmpty();
        assertThat(new SetAnswers(holder.ledger(), 1 << 20).tell(ORG1, asked)).hasSize(1);
    }

    @Test
    void a_database_that_was_lost_has_its_values_and_their_past_again() throws Exception {
        PrivateTransaction overwritten = by(SHARED).put("k", "old").put("purged", "x");
        both(overwritten);
        both(by(SHARED).put("k", "new").metadata("k", "m"));
        both(by(SHARED).purge("purged"));
        both(by(SHORT).put("gone", "v"));
        for (int i = 0; i < 4; i++) {
            both();
        }
        both(by(SHORT).put("k", "v"), by(IMPLICIT).put("k", "v").delete("nothing"));
        lacking.loseDatabase();
        assertThat(lacking.value(SHARED, "k")).isEmpty();
        assertThat(lacking.hash(SHARED, "k")).isEqualTo(holder.hash(SHARED, "k"));

        assertThat(reconcile(lacking, member(holder, ORG1))).isEqualTo(5);
        assertThat(all(lacking)).isEqualTo(all(holder));
        assertThat(past(lacking)).isEqualTo(past(holder));
        for (int i = 0; i < 4; i++) {
            both();
        }
        assertThat(lacking.value(SHORT, "k")).isEmpty();
        assertThat(all(lacking)).isEqualTo(all(holder));
    }

    @Test
    void an_older_version_goes_to_the_past_alone() throws Exception {
        commit(by(SHARED).put("k", "old"));
        both(by(SHARED).put("k", "new"));
        assertThat(reconcile(lacking, member(holder, ORG1))).isEqualTo(1);
        assertThat(lacking.value(SHARED, "k")).contains("new");
        assertThat(past(lacking)).isEqualTo(past(holder));
    }

    @Test
    void whoever_lies_is_not_believed_and_the_next_is_asked() throws Exception {
        commit(by(SHARED).put("k", "v"));
        PrivateTransaction forged = by(SHARED).put("k", "forged");
        AtomicInteger asked = new AtomicInteger();
        MemberPeer liar = peer(sets -> {
            asked.incrementAndGet();
            return sets.stream()
                    .map(set -> new ToldSet(set, forged.set().content()))
                    .toList();
        });
        MemberPeer silent = peer(sets -> {
            throw new PeerSilentException("away", new IOException("away"));
        });
        assertThat(reconcile(lacking, liar, silent)).isZero();
        assertThat(lacking.value(SHARED, "k")).isEmpty();
        assertThat(asked).hasValue(1);
        assertThat(reconcile(lacking, liar)).isZero();
        assertThat(asked).as("what nobody could tell is left for later").hasValue(1);
        assertThat(lacking.ledger().missingSets().of(PrivatePeer.name(SHARED), 10))
                .hasSize(1);
        lacking.loseDatabase();
        assertThat(reconcile(lacking, liar, silent, member(holder, ORG1))).isEqualTo(1);
        assertThat(lacking.value(SHARED, "k")).contains("v");
    }

    @Test
    void an_organisation_that_becomes_a_member_gets_what_was_written_before() throws Exception {
        commit(by(SHARED).put("k", "v"));
        commit(by(SHORT).put("k", "v"));
        everywhere(Definition.of(
                List.of(Definition.collection(SHARED, 0, ORG1, ORG2), Definition.collection(SHORT, 3, ORG1))));
        assertThat(reconcile(stranger, member(holder, ORG2))).isEqualTo(1);
        assertThat(stranger.value(SHARED, "k")).contains("v");
        assertThat(stranger.value(SHORT, "k")).isEmpty();
        assertThat(stranger.hash(SHORT, "k")).isPresent();
        for (int i = 0; i < 3; i++) {
            everywhere(Writes.by("other" + i));
        }
        assertThat(stranger.hash(SHORT, "k")).as("hashes end on every peer").isEmpty();
    }

    @Test
    void an_answer_ends_at_its_bound_and_the_rest_is_asked_for_again() throws Exception {
        for (int i = 0; i < 7; i++) {
            commit(by(SHARED).put("k" + i, "v"));
        }
        MemberPeer small = peer(sets -> new SetAnswers(holder.ledger(), 1).tell(ORG1, sets));
        assertThat(reconcile(lacking, small)).isEqualTo(7);
        assertThat(all(lacking)).isEqualTo(all(holder));
    }

    /** Random writes of which the second peer gets about half in time, asking at random moments: in the end both hold the same. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatever_comes_late_leads_to_what_came_in_time(long seed) throws Exception {
        Random random = new Random(seed);
        List<String> collections = List.of(IMPLICIT, SHARED, SHORT);
        for (int block = 0; block < 30; block++) {
            List<PrivateTransaction> written = new ArrayList<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                PrivateTransaction transaction = by(collections.get(random.nextInt(3)));
                for (int k = 0; k < 3; k++) {
                    String key = "k" + k;
                    switch (random.nextInt(8)) {
                        case 0 -> transaction.delete(key);
                        case 1 -> transaction.purge(key);
                        case 2 -> transaction.metadata(key, "m");
                        case 3, 4 -> transaction.put(key, "v" + random.nextInt(3));
                        default -> {
                            // Left alone.
                        }
                    }
                }
                if (transaction.isEmpty()) {
                    transaction.put("k0", "v");
                }
                holder.give(transaction);
                if (random.nextBoolean()) {
                    lacking.give(transaction);
                }
                written.add(transaction);
            }
            PrivateTransaction[] all = written.toArray(PrivateTransaction[]::new);
            holder.commit(all);
            lacking.commit(all);
            if (random.nextInt(4) == 0) {
                reconcile(lacking, member(holder, ORG1));
            }
        }
        reconcile(lacking, member(holder, ORG1));
        assertThat(all(lacking)).isEqualTo(all(holder));
        assertThat(past(lacking)).isEqualTo(past(holder));
        lacking.loseDatabase();
        reconcile(lacking, member(holder, ORG1));
        assertThat(all(lacking)).isEqualTo(all(holder));
        assertThat(past(lacking)).isEqualTo(past(holder));
    }

    private static int reconcile(PrivatePeer peer, MemberPeer... others) {
        MemberPeers peers = channel -> List.of(others);
        return new Reconciler(peers, SETTINGS).reconcile(joined(peer), () -> false);
    }

    private static JoinedChannel joined(PrivatePeer peer) {
        return new JoinedChannel(peer.ledger(), () -> {
            throw new IllegalStateException("nobody asks for the configuration");
        });
    }

    private static MemberPeer member(PrivatePeer peer, MspId asking) {
        return peer(sets -> new SetAnswers(peer.ledger(), 1 << 20).tell(asking, sets));
    }

    private interface Answers {
        List<ToldSet> tell(List<MissingSet> sets) throws PeerSilentException;
    }

    private static MemberPeer peer(Answers answers) {
        return new MemberPeer() {
            @Override
            public String name() {
                return "another";
            }

            @Override
            public boolean isMember(CollectionName collection) {
                return true;
            }

            @Override
            public List<ToldSet> tell(List<MissingSet> sets) throws PeerSilentException {
                return answers.tell(sets);
            }
        };
    }

    private static List<String> all(PrivatePeer peer) {
        List<String> all = new ArrayList<>();
        for (String collection : List.of(IMPLICIT, SHARED, SHORT)) {
            for (int k = 0; k < 9; k++) {
                String key = "k" + k;
                peer.value(collection, key).ifPresent(value -> all.add(collection + "/" + key + "=" + value));
            }
            List<PrivateValue> range = peer.ledger()
                    .privateData()
                    .range(PrivatePeer.name(collection), "", "", 100)
                    .value();
            range.forEach(value -> all.add(
                    collection + ":" + value.key() + "=" + value.value().toStringUtf8() + "@" + value.version()));
        }
        return all;
    }

    private static List<Object> past(PrivatePeer peer) {
        List<Object> past = new ArrayList<>();
        PrivateStore store = peer.ledger().privateData();
        for (long block = 0; block < peer.ledger().height(); block++) {
            for (int position = 0; position < 3; position++) {
                for (String collection : List.of(IMPLICIT, SHARED, SHORT)) {
                    past.addAll(store.writes(PrivatePeer.name(collection), block, position));
                }
            }
        }
        return past;
    }

    private PrivateTransaction by(String collection) {
        return PrivateTransaction.by("tx" + transactions++, collection);
    }

    /** Only the holder has the sets in time. */
    private void commit(PrivateTransaction... written) throws Exception {
        holder.commitWithSets(written);
        lacking.commit(written);
        stranger.commit(written);
    }

    private void both(PrivateTransaction... written) throws Exception {
        holder.commitWithSets(written);
        lacking.commitWithSets(written);
        stranger.commit(written);
    }

    private void everywhere(Writes writes) throws LedgerException {
        holder.commit(writes);
        lacking.commit(writes);
        stranger.commit(writes);
    }
}
