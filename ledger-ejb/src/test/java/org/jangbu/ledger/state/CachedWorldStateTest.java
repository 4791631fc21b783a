package org.jangbu.ledger.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jangbu.model.Version;
import org.junit.jupiter.api.Test;

class CachedWorldStateTest {
    private static final StateKey A = new StateKey("cc", "a");
    private static final StateKey B = new StateKey("cc", "b");

    private final Store store = new Store();
    private final CommittedHeight committed = new CommittedHeight(1);
    private final CachedWorldState state = new CachedWorldState(store, committed, 100_000);

    @Test
    void asks_the_store_once_for_a_key_also_for_one_that_does_not_exist() {
        store.put(A, "1");
        assertThat(text(A)).contains("1");
        assertThat(text(A)).contains("1");
        assertThat(text(B)).isEmpty();
        assertThat(text(B)).isEmpty();
        assertThat(store.queries).containsExactly(List.of(A), List.of(B));
    }

    @Test
    void asks_only_for_what_it_does_not_know() {
        store.put(A, "1");
        store.put(B, "1");
        state.get(A);
        assertThat(state.getAll(List.of(A, B))).hasSize(2);
        assertThat(store.queries).containsExactly(List.of(A), List.of(B));
    }

    @Test
    void knows_what_a_block_wrote_and_deleted_without_asking() {
        store.put(A, "1");
        assertThat(text(A)).contains("1");
        commit(2, Map.of(A, "2", B, ""));
        assertThat(text(A)).contains("2");
        assertThat(text(B)).isEmpty();
        assertThat(store.queries).hasSize(1);
    }

    @Test
    void reads_all_again_when_the_store_is_a_block_ahead_of_the_cache() throws Exception {
        store.put(A, "1");
        store.put(B, "1");
        state.get(A);
        store.put(A, "2");
        store.put(B, "2");
        store.height = 2;
        CompletableFuture<Map<StateKey, VersionedValue>> reading =
                CompletableFuture.supplyAsync(() -> state.getAll(List.of(A, B)));
        Awaitility.await().until(() -> store.queries.size() == 3);
        assertThat(reading).as("waits until the height is published").isNotDone();
        state.advance(2, List.of());
        committed.advance(2);
        assertThat(reading.get(10, TimeUnit.SECONDS).values())
                .extracting(value -> value.value().toStringUtf8())
                .containsOnly("2");
        assertThat(store.queries.get(2)).containsExactly(A, B);
    }

    @Test
    void does_not_keep_what_it_read_at_another_height() throws Exception {
        store.put(A, "2");
        store.height = 2;
        CompletableFuture<Optional<String>> reading = CompletableFuture.supplyAsync(() -> text(A));
        Awaitility.await().until(() -> store.queries.size() == 1);
        committed.advance(2);
        assertThat(reading.get(10, TimeUnit.SECONDS)).contains("2");
        state.advance(2, List.of());
        text(A);
        assertThat(store.queries).hasSize(2);
    }

    @Test
    void stays_within_its_memory() {
        CachedWorldState small = new CachedWorldState(store, committed, 20_000);
        for (int i = 0; i < 200; i++) {
            small.get(new StateKey("cc", "key" + i));
        }
        store.queries.clear();
        small.get(new StateKey("cc", "key199"));
        assertThat(store.queries).isEmpty();
        small.get(new StateKey("cc", "key0"));
        assertThat(store.queries).hasSize(1);
    }

    @Test
    void leaves_out_an_entry_that_would_push_out_the_others() {
        store.put(A, "x".repeat(50_000));
        text(A);
        text(A);
        assertThat(store.queries).hasSize(2);
    }

    @Test
    void does_not_ask_for_keys_that_cannot_exist() {
        assertThat(state.get(new StateKey("cc", "x".repeat(3000)))).isEmpty();
        assertThat(state.get(new StateKey("cc", "\ud800"))).isEmpty();
        assertThat(store.queries).isEmpty();
    }

    @Test
    void remembers_which_chaincodes_use_metadata() {
        assertThat(state.mayHoldMetadata("old")).isTrue();
        assertThat(state.mayHoldMetadata("cc")).isFalse();
        state.advance(
                2,
                List.of(new StateChange(
                        A, new VersionedValue(ByteString.EMPTY, ByteString.copyFromUtf8("m"), new Version(1, 0)))));
        assertThat(state.mayHoldMetadata("cc")).isTrue();
    }

    @Test
    void a_reader_that_is_interrupted_while_it_waits_fails_and_stays_interrupted() {
        store.height = 2;
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> state.get(A)).isInstanceOf(StateUnavailableException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    private Optional<String> text(StateKey key) {
        return state.get(key).map(value -> value.value().toStringUtf8());
    }

    private void commit(long height, Map<StateKey, String> values) {
        List<StateChange> changes = new ArrayList<>();
        values.forEach((key, value) -> changes.add(new StateChange(key, value.isEmpty() ? null : value(value))));
        store.height = height;
        state.advance(height, changes);
        committed.advance(height);
    }

    private static VersionedValue value(String text) {
        return new VersionedValue(ByteString.copyFromUtf8(text), ByteString.EMPTY, new Version(0, 0));
    }

    private static final class Store implements StateStore {
        private final Map<StateKey, VersionedValue> entries = new HashMap<>();
        private final List<List<StateKey>> queries = Collections.synchronizedList(new ArrayList<>());
        private volatile long height = 1;

        void put(StateKey key, String value) {
            entries.put(key, value(value));
        }

        @Override
        public AtHeight<Map<StateKey, VersionedValue>> entries(Collection<StateKey> keys) {
            Map<StateKey, VersionedValue> found = new HashMap<>(entries);
            found.keySet().retainAll(keys);
            AtHeight<Map<StateKey, VersionedValue>> read = new AtHeight<>(height, found);
            queries.add(List.copyOf(keys));
            return read;
        }

        @Override
        public AtHeight<List<WorldState.Entry>> range(String namespace, String start, String end, int limit) {
            return new AtHeight<>(height, List.of());
        }

        @Override
        public Set<String> namespacesWithMetadata() {
            return Set.of("old");
        }
    }
}
