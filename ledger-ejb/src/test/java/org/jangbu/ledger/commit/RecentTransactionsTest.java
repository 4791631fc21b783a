package org.jangbu.ledger.commit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.ledger.state.CommittedHeight;
import org.jangbu.model.TxId;
import org.junit.jupiter.api.Test;

class RecentTransactionsTest {
    private static final TxId A = id("a");
    private static final TxId B = id("b");

    private final Database database = new Database();
    private final CommittedHeight committed = new CommittedHeight(1);
    private RecentTransactions index = new RecentTransactions(database, committed, 100);

    @Test
    void asks_the_database_once_for_an_id_that_stands_nowhere() {
        assertThat(index.find(A)).isEmpty();
        assertThat(index.find(A)).isEmpty();
        assertThat(index.known(List.of(A))).isEmpty();
        assertThat(database.questions).containsExactly(List.of(A));
    }

    @Test
    void knows_where_the_block_has_put_it_without_asking_again() {
        index.find(A);
        commit(outcome(B, TxValidationCode.VALID), outcome(A, TxValidationCode.MVCC_READ_CONFLICT));
        assertThat(index.find(A)).contains(new TransactionIndex.Entry(A, 1, 1, TxValidationCode.MVCC_READ_CONFLICT));
        assertThat(index.known(List.of(A))).containsExactly(A);
        assertThat(database.questions).hasSize(1);
    }

    @Test
    void keeps_the_first_place_when_the_id_comes_again() {
        index.find(A);
        commit(outcome(A, TxValidationCode.VALID), outcome(A, TxValidationCode.DUPLICATE_TXID));
        commit(outcome(A, TxValidationCode.BAD_CREATOR_SIGNATURE));
        assertThat(index.find(A)).contains(new TransactionIndex.Entry(A, 1, 0, TxValidationCode.VALID));
    }

    @Test
    void takes_no_later_place_for_the_first_of_an_id_that_nobody_asked_for() {
        commit(outcome(A, TxValidationCode.VALID));
        index = new RecentTransactions(database, committed, 100);
        commit(outcome(A, TxValidationCode.BAD_CREATOR_SIGNATURE));
        assertThat(index.find(A)).contains(new TransactionIndex.Entry(A, 1, 0, TxValidationCode.VALID));
    }

    @Test
    void learns_nothing_from_an_answer_that_a_block_has_overtaken() {
        database.meanwhile = () -> {
            database.meanwhile = () -> {};
            commit(outcome(A, TxValidationCode.VALID));
        };
        index.find(A); // read before the block, answered after it
        assertThat(index.find(A)).contains(new TransactionIndex.Entry(A, 1, 0, TxValidationCode.VALID));
        database.meanwhile = () -> {
            database.meanwhile = () -> {};
            commit(outcome(B, TxValidationCode.VALID));
        };
        index.known(List.of(B));
        assertThat(index.known(List.of(B))).containsExactly(B);
    }

    @Test
    void does_not_show_what_the_database_has_ahead_of_the_ledger() {
        database.add(1, List.of(outcome(A, TxValidationCode.VALID)));
        assertThat(index.find(A)).isEmpty();
    }

    @Test
    void whoever_sees_a_place_may_read_its_block() throws Exception {
        index.find(A);
        ValidatedBlock block = block(1, outcome(A, TxValidationCode.VALID));
        database.add(1, block.transactions());
        index.advance(block);
        CompletableFuture<Long> reader = CompletableFuture.supplyAsync(() -> {
            assertThat(index.find(A)).isPresent();
            return committed.get();
        });
        assertThat(reader).isNotDone();
        committed.advance(2);
        assertThat(reader.get(10, TimeUnit.SECONDS)).isEqualTo(2);
    }

    @Test
    void keeps_no_more_than_it_may_and_nothing_that_is_no_id() {
        index = new RecentTransactions(database, committed, 2);
        for (TxId txId : List.of(A, B, id("c"), A, new TxId(""), new TxId("x".repeat(65)), new TxId(""))) {
            index.find(txId);
        }
        assertThat(database.questions).hasSize(7);
        index.find(A);
        assertThat(database.questions).hasSize(7);
    }

    @Test
    void agrees_with_the_database_whatever_happens() {
        Random random = new Random(20_261_130);
        index = new RecentTransactions(database, committed, 8);
        List<TxId> ids = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            ids.add(id("t" + i));
        }
        for (int step = 0; step < 20_000; step++) {
            TxId txId = ids.get(random.nextInt(ids.size()));
            switch (random.nextInt(10)) {
                case 0 -> commit(outcome(txId, TxValidationCode.VALID), outcome(A, TxValidationCode.DUPLICATE_TXID));
                case 1, 2 -> assertThat(index.known(List.of(txId, A))).isEqualTo(database.known(List.of(txId, A)));
                default -> assertThat(index.find(txId)).isEqualTo(database.find(txId));
            }
            if (step % 1000 == 0) {
                ids.set(random.nextInt(ids.size()), id("new" + step));
            }
        }
    }

    private void commit(ValidatedBlock.Outcome... outcomes) {
        ValidatedBlock block = block(committed.get(), outcomes);
        database.add(block.number(), block.transactions());
        index.advance(block);
        committed.advance(block.number() + 1);
    }

    private static ValidatedBlock block(long number, ValidatedBlock.Outcome... outcomes) {
        Block block = Block.newBuilder()
                .setHeader(BlockHeader.newBuilder().setNumber(number))
                .build();
        return new ValidatedBlock(block, Arrays.asList(outcomes), List.of(), List.of());
    }

    private static ValidatedBlock.Outcome outcome(TxId txId, TxValidationCode code) {
        return new ValidatedBlock.Outcome(txId, code, Instant.EPOCH);
    }

    private static TxId id(String text) {
        return TxId.of(ByteString.copyFromUtf8(text), ByteString.EMPTY);
    }

    /** Says what is stored when it is asked; what happens before the answer arrives, happens then. */
    private static final class Database implements TransactionIndex {
        private final Map<TxId, Entry> entries = new HashMap<>();
        private final List<List<TxId>> questions = new ArrayList<>();
        private Runnable meanwhile = () -> {};

        void add(long block, List<ValidatedBlock.Outcome> outcomes) {
            for (int i = 0; i < outcomes.size(); i++) {
                ValidatedBlock.Outcome outcome = outcomes.get(i);
                entries.putIfAbsent(outcome.txId(), new Entry(outcome.txId(), block, i, outcome.code()));
            }
        }

        @Override
        public Optional<Entry> find(TxId txId) {
            questions.add(List.of(txId));
            Optional<Entry> answer = Optional.ofNullable(entries.get(txId));
            meanwhile.run();
            return answer;
        }

        @Override
        public Set<TxId> known(Collection<TxId> txIds) {
            questions.add(List.copyOf(txIds));
            Set<TxId> answer = txIds.stream().filter(entries::containsKey).collect(Collectors.toSet());
            meanwhile.run();
            return answer;
        }
    }
}
