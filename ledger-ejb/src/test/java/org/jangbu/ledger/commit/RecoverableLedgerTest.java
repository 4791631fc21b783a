package org.jangbu.ledger.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.ledger.block.BlockFiles;
import org.jangbu.ledger.commit.jpa.FaultyUnitOfWork;
import org.jangbu.ledger.commit.jpa.FaultyUnitOfWork.Fault;
import org.jangbu.ledger.commit.jpa.JpaLedgers;
import org.jangbu.ledger.commit.jpa.TestDatabase;
import org.jangbu.ledger.history.KeyHistory.Modification;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.ledger.state.StateUnavailableException;
import org.jangbu.ledger.state.VersionedValue;
import org.jangbu.ledger.state.WorldState;
import org.jangbu.model.BlockHash;
import org.jangbu.model.CommitHash;
import org.jangbu.model.LedgerId;
import org.jangbu.model.TxId;
import org.jangbu.model.Version;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoverableLedgerTest {
    private final LedgerId id = TestDatabase.newLedger();
    private final FaultyUnitOfWork database =
            new FaultyUnitOfWork(TestDatabase.get().unitOfWork());

    @TempDir
    Path folder;

    private PeerLedger ledger;

    @BeforeEach
    void open() throws LedgerException {
        ledger = new PeerLedgers(new JpaLedgers(database)::open, 1 << 20).open(id, folder);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private void reopen() throws LedgerException {
        ledger.close();
        open();
    }

    @Test
    void begins_empty() {
        assertThat(ledger.height()).isZero();
        assertThat(ledger.currentHash()).isEmpty();
        assertThat(ledger.block(0)).isEmpty();
        assertThat(ledger.state().get(key("a"))).isEmpty();
    }

    @Test
    void shows_a_block_with_all_it_changed_once_it_is_committed() throws Exception {
        commit(BlockBuilder.first().config());
        Writes transaction = Writes.by("1").put("cc", "a", "v1").put("cc", "b", "w1");
        commit(next().valid(transaction));

        assertThat(ledger.height()).isEqualTo(2);
        assertThat(ledger.lastConfig()).isZero();
        assertThat(value("a")).isEqualTo("v1");
        assertThat(ledger.state().get(key("a")).orElseThrow().version()).isEqualTo(new Version(1, 0));
        assertThat(ledger.state().getAll(List.of(key("a"), key("b"), key("c")))).containsOnlyKeys(key("a"), key("b"));
        Block block = ledger.block(1).orElseThrow();
        assertThat(ledger.blockByHash(ledger.currentHash())).contains(block);
        assertThat(BlockHash.of(block.getHeader())).isEqualTo(ledger.currentHash());
        assertThat(CommitHash.in(block).size()).isEqualTo(32);
        assertThat(ledger.transactions().find(transaction.txId()))
                .contains(new TransactionIndex.Entry(transaction.txId(), 1, 0, TxValidationCode.VALID));
        assertThat(ledger.history().of(key("a"), Optional.empty(), 5))
                .extracting(Modification::txId)
                .containsExactly(transaction.txId());
    }

    @Test
    void remembers_the_newest_configuration() throws Exception {
        commit(BlockBuilder.first().config());
        commit(next().valid(Writes.by("1")));
        commit(next().config());
        commit(next().valid(Writes.by("2")));
        assertThat(ledger.lastConfig()).isEqualTo(2);
        reopen();
        assertThat(ledger.lastConfig()).isEqualTo(2);
    }

    @Test
    void counts_each_update_of_an_entry() throws Exception {
        commit(BlockBuilder.first().valid(Writes.by("0").put("cc", "a", "v0")));
        commit(next().valid(Writes.by("1").put("cc", "a", "v1"), Writes.by("2").put("cc", "a", "v2")));
        commit(next().valid(Writes.by("3").put("cc", "a", "v3")));
        assertThat(versionColumn("a")).isEqualTo(2);
        commit(next().valid(Writes.by("4").delete("cc", "a")));
        assertThat(ledger.state().get(key("a"))).isEmpty();
        commit(next().valid(Writes.by("5").put("cc", "a", "v5")));
        assertThat(versionColumn("a")).isZero();
        long height = ledger.height();

        loseDatabase();
        reopen();
        assertThat(ledger.height()).isEqualTo(height);
        assertThat(versionColumn("a")).as("replayed in one go").isZero();
        assertThat(value("a")).isEqualTo("v5");
    }

    @Test
    void counts_updates_alike_when_blocks_are_replayed_together() throws Exception {
        commit(BlockBuilder.first().valid(Writes.by("0").put("cc", "a", "v0").put("cc", "b", "v0")));
        for (int i = 1; i <= 5; i++) {
            commit(next().valid(Writes.by("w" + i).put("cc", "a", "v" + i)));
        }
        commit(next().valid(Writes.by("d").delete("cc", "b")));
        commit(next().valid(Writes.by("e").put("cc", "b", "again")));
        commit(next().valid(Writes.by("f").put("cc", "b", "again and again")));
        List<Long> counted = List.of(versionColumn("a"), versionColumn("b"));
        assertThat(counted).containsExactly(5L, 1L);
        loseDatabase();
        reopen();
        assertThat(List.of(versionColumn("a"), versionColumn("b"))).isEqualTo(counted);
    }

    @Test
    void the_first_appearance_of_a_transaction_id_stays() throws Exception {
        Writes original = Writes.by("1").put("cc", "a", "v1");
        commit(BlockBuilder.first()
                .invalid(original, TxValidationCode.BAD_CREATOR_SIGNATURE)
                .invalid(original, TxValidationCode.DUPLICATE_TXID));
        commit(next().invalid(original, TxValidationCode.DUPLICATE_TXID));
        assertThat(ledger.transactions().find(original.txId()))
                .contains(new TransactionIndex.Entry(original.txId(), 0, 0, TxValidationCode.BAD_CREATOR_SIGNATURE));
    }

    @Test
    void finds_transaction_ids_of_any_form() throws Exception {
        TxId odd = new TxId("no\0hex " + "x".repeat(100_000));
        TxId upper = new TxId("A".repeat(64));
        commit(BlockBuilder.first()
                .invalid(Writes.by("1").as(odd), TxValidationCode.BAD_PROPOSAL_TXID)
                .invalid(Writes.by("1").as(upper), TxValidationCode.BAD_PROPOSAL_TXID));
        assertThat(ledger.transactions().find(odd)).isPresent();
        assertThat(ledger.transactions().known(List.of(odd, upper, new TxId("a".repeat(64)), new TxId(""))))
                .containsExactlyInAnyOrder(odd, upper);
    }

    @Test
    void refuses_a_block_that_is_not_the_next() throws Exception {
        commit(BlockBuilder.first().config());
        ValidatedBlock again = BlockBuilder.genesis();
        assertThatThrownBy(() -> ledger.commit(again))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("height 1");
        ValidatedBlock gap =
                BlockBuilder.after(next().block()).valid(Writes.by("1")).validated(ledger.state());
        assertThatThrownBy(() -> ledger.commit(gap))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("height 1");
        ValidatedBlock fork = BlockBuilder.after(
                        BlockBuilder.first().valid(Writes.by("x")).block())
                .valid(Writes.by("1"))
                .validated(ledger.state());
        assertThatThrownBy(() -> ledger.commit(fork))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("follow");
        assertThat(ledger.height()).isEqualTo(1);
    }

    @Test
    void a_commit_that_the_database_failed_can_be_repeated() throws Exception {
        commit(BlockBuilder.first().config());
        ValidatedBlock block = next().valid(Writes.by("1").put("cc", "a", "v1")).validated(ledger.state());
        database.set(Fault.WRITES_FAIL);
        assertThatThrownBy(() -> ledger.commit(block))
                .isInstanceOfSatisfying(
                        LedgerException.class, e -> assertThat(e.isTransient()).isTrue());
        assertThat(ledger.height()).isEqualTo(1);
        assertThat(ledger.block(1)).as("not readable before it is committed").isEmpty();
        assertThat(ledger.state().get(key("a"))).isEmpty();
        database.set(Fault.NONE);
        ledger.commit(block);
        assertThat(ledger.height()).isEqualTo(2);
        assertThat(value("a")).isEqualTo("v1");
    }

    @Test
    void another_block_cannot_take_the_place_of_one_that_is_in_the_file() throws Exception {
        commit(BlockBuilder.first().config());
        ValidatedBlock block = next().valid(Writes.by("1").put("cc", "a", "v1")).validated(ledger.state());
        ValidatedBlock other = next().valid(Writes.by("2").put("cc", "a", "v2")).validated(ledger.state());
        database.set(Fault.AWAY);
        assertThatThrownBy(() -> ledger.commit(block)).isInstanceOf(LedgerException.class);
        database.set(Fault.NONE);
        assertThatThrownBy(() -> ledger.commit(other))
                .isInstanceOfSatisfying(
                        LedgerException.class, e -> assertThat(e.isTransient()).isFalse());
    }

    @Test
    void a_failed_commit_that_took_place_counts() throws Exception {
        commit(BlockBuilder.first().config());
        database.set(Fault.COMMITS_AND_REPORTS_FAILURE);
        commit(next().valid(Writes.by("1").put("cc", "a", "v1")));
        assertThat(ledger.height()).isEqualTo(2);
        assertThat(value("a")).isEqualTo("v1");
    }

    @Test
    void a_commit_of_unknown_outcome_is_settled_when_it_is_repeated() throws Exception {
        commit(BlockBuilder.first().config());
        ValidatedBlock block = next().valid(Writes.by("1").put("cc", "a", "v1")).validated(ledger.state());
        database.set(Fault.COMMITS_AND_GOES_AWAY);
        assertThatThrownBy(() -> ledger.commit(block)).isInstanceOf(LedgerException.class);
        assertThatThrownBy(() -> ledger.state().get(key("z"))).isInstanceOf(StateUnavailableException.class);
        database.set(Fault.NONE);
        ledger.commit(block);
        assertThat(ledger.height()).isEqualTo(2);
        assertThat(versionColumn("a")).as("written once").isZero();
    }

    @Test
    void a_block_whose_database_part_was_lost_in_a_crash_is_replayed() throws Exception {
        commit(BlockBuilder.first().config());
        ValidatedBlock block = next().valid(Writes.by("1").put("cc", "a", "v1")).validated(ledger.state());
        database.set(Fault.AWAY);
        assertThatThrownBy(() -> ledger.commit(block)).isInstanceOf(LedgerException.class);
        database.set(Fault.NONE);
        reopen();
        assertThat(ledger.height()).isEqualTo(2);
        assertThat(value("a")).isEqualTo("v1");
    }

    @Test
    void a_database_that_lost_everything_is_rebuilt_from_the_files() throws Exception {
        chain(200);
        String before = dump();
        long height = ledger.height();
        loseDatabase();
        reopen();
        assertThat(ledger.height()).isEqualTo(height);
        assertThat(dump()).isEqualTo(before);
    }

    @Test
    void a_database_restored_from_an_older_state_catches_up() throws Exception {
        chain(10);
        LedgerPosition early = TestDatabase.get().open(id).position();
        copyRows();
        chain(10);
        String before = dump();
        restoreRows();
        assertThat(TestDatabase.get().open(id).position()).isEqualTo(early);
        reopen();
        assertThat(dump()).isEqualTo(before);
    }

    @Test
    void a_torn_block_file_is_cut_and_the_block_can_come_again() throws Exception {
        chain(3);
        ValidatedBlock block =
                next().valid(Writes.by("torn").put("cc", "a", "v1")).validated(ledger.state());
        database.set(Fault.AWAY);
        assertThatThrownBy(() -> ledger.commit(block)).isInstanceOf(LedgerException.class);
        database.set(Fault.NONE);
        long height = ledger.height();
        ledger.close();
        byte[] bytes = Files.readAllBytes(blockFile());
        Files.write(blockFile(), Arrays.copyOf(bytes, bytes.length - 7));
        open();
        assertThat(ledger.height()).isEqualTo(height);
        ledger.commit(block);
        assertThat(value("a")).isEqualTo("v1");
    }

    @Test
    void a_block_file_cut_anywhere_in_its_last_two_blocks_does_not_open() throws Exception {
        chain(4);
        ledger.close();
        byte[] bytes = Files.readAllBytes(blockFile());
        int lastTwo = lengthOfLastBlocks(2);
        for (int length = bytes.length - lastTwo; length < bytes.length; length++) {
            Files.write(blockFile(), Arrays.copyOf(bytes, length));
            assertThatThrownBy(this::open).as("cut at %d", length).isInstanceOf(LedgerException.class);
        }
        Files.write(blockFile(), bytes);
        open();
        assertThat(ledger.height()).isEqualTo(4);
    }

    @Test
    void a_byte_changed_anywhere_in_the_last_two_blocks_does_not_open() throws Exception {
        chain(4);
        ledger.close();
        byte[] bytes = Files.readAllBytes(blockFile());
        int lastTwo = lengthOfLastBlocks(2);
        for (int at = bytes.length - lastTwo; at < bytes.length; at++) {
            byte[] changed = bytes.clone();
            changed[at] ^= (byte) (1 << (at % 8));
            Files.write(blockFile(), changed);
            assertThatThrownBy(this::open).as("byte %d", at).isInstanceOf(LedgerException.class);
        }
        Files.write(blockFile(), bytes);
        open();
    }

    @Test
    void a_verdict_changed_in_the_file_is_noticed_when_the_database_is_rebuilt() throws Exception {
        chain(4);
        ledger.close();
        loseDatabase();
        byte[] bytes = Files.readAllBytes(blockFile());
        Block last = lastBlock();
        int filter = indexOf(bytes, last.getMetadata().getMetadata(4).toByteArray()) - 3;
        assertThat(bytes[filter]).as("the filter of the last block").isZero();
        bytes[filter] = TxValidationCode.MVCC_READ_CONFLICT_VALUE;
        Files.write(blockFile(), bytes);
        assertThatThrownBy(this::open).isInstanceOf(LedgerException.class).hasMessageContaining("commit hash");
    }

    @Test
    void a_database_ahead_of_its_files_does_not_open() throws Exception {
        chain(4);
        ledger.close();
        try (BlockFiles files = BlockFiles.open(folder, id.channel(), 0)) {
            files.truncate(3);
        }
        assertThatThrownBy(this::open)
                .isInstanceOfSatisfying(
                        LedgerException.class, e -> assertThat(e.isTransient()).isFalse())
                .hasMessageContaining("height 4");
    }

    @Test
    void files_of_another_ledger_do_not_open() throws Exception {
        chain(4);
        ledger.close();
        Files.delete(blockFile());
        try (BlockFiles files = BlockFiles.open(folder, id.channel(), 0)) {
            Block block = BlockBuilder.first().valid(Writes.by("foreign")).block();
            files.append(block);
            for (int i = 0; i < 5; i++) {
                block = BlockBuilder.after(block)
                        .valid(Writes.by("foreign" + i))
                        .block();
                files.append(block);
            }
        }
        assertThatThrownBy(this::open).isInstanceOf(LedgerException.class).hasMessageContaining("different ledgers");
    }

    @Test
    void a_ledger_that_is_open_does_not_open_again() {
        assertThatThrownBy(() -> new PeerLedgers(new JpaLedgers(database)::open, 1 << 20).open(id, folder))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("in use");
    }

    @Test
    void a_server_that_comes_second_to_the_database_fails_to_commit() throws Exception {
        commit(BlockBuilder.first().config());
        execute("UPDATE ledger.ledgers SET height = 7 WHERE node = '" + id.node() + "'");
        ValidatedBlock block = next().valid(Writes.by("1")).validated(ledger.state());
        assertThatThrownBy(() -> ledger.commit(block))
                .isInstanceOfSatisfying(
                        LedgerException.class, e -> assertThat(e.isTransient()).isFalse())
                .hasMessageContaining("height 7");
    }

    @Test
    void opening_without_a_database_may_be_tried_again() {
        ledger.close();
        database.set(Fault.AWAY);
        assertThatThrownBy(this::open)
                .isInstanceOfSatisfying(
                        LedgerException.class, e -> assertThat(e.isTransient()).isTrue());
    }

    @Test
    void ranges_are_in_byte_order_and_within_their_bounds() throws Exception {
        commit(BlockBuilder.first()
                .valid(Writes.by("1")
                        .put("cc", "b", "1")
                        .put("cc", "\uffff", "2")
                        .put("cc", "\ud83d\ude00", "3")
                        .put("cc", "\u0000a\u0000", "4")
                        .put("cc", "bb", "5")
                        .put("other", "b", "6")));
        assertThat(keys("", "", 10)).containsExactly("\u0000a\u0000", "b", "bb", "\uffff", "\ud83d\ude00");
        assertThat(keys("b", "bb", 10)).containsExactly("b");
        assertThat(keys("b", "", 2)).containsExactly("b", "bb");
        assertThat(keys("c", "d", 10)).isEmpty();
    }

    @Test
    void metadata_is_kept_by_a_value_written_blocks_later() throws Exception {
        commit(BlockBuilder.first().valid(Writes.by("1").put("cc", "a", "v1").metadata("cc", "a", "policy")));
        reopen();
        assertThat(ledger.state().mayHoldMetadata("cc")).isTrue();
        assertThat(ledger.state().mayHoldMetadata("other")).isFalse();
        commit(next().valid(Writes.by("2").put("cc", "a", "v2")));
        VersionedValue entry = ledger.state().get(key("a")).orElseThrow();
        assertThat(entry.value()).isEqualTo(ByteString.copyFromUtf8("v2"));
        assertThat(entry.metadata()).isEqualTo(Writes.storedMetadata("policy"));
        loseDatabase();
        reopen();
        assertThat(ledger.state().get(key("a"))).contains(entry);
    }

    private BlockBuilder next() {
        return BlockBuilder.after(ledger);
    }

    private void commit(BlockBuilder block) throws LedgerException {
        ledger.commit(block.validated(ledger.state()));
    }

    /** Commits blocks that create, update and delete. */
    private void chain(int blocks) throws LedgerException {
        for (int i = 0; i < blocks; i++) {
            long n = ledger.height();
            BlockBuilder block = n == 0 ? BlockBuilder.first() : next();
            commit(block.valid(
                            Writes.by("a" + n)
                                    .put("cc", "new" + n, "{\"n\":" + n + "}")
                                    .put("cc", "hot", "v" + n),
                            Writes.by("b" + n)
                                    .put("cc", "cycle" + n % 5, "v" + n)
                                    .metadata("cc", "cycle" + n % 7, "m" + n))
                    .valid(Writes.by("c" + n)
                            .delete("cc", "cycle" + n % 3)
                            .putHash("cc", "coll", "k" + n % 4, "v" + n)));
        }
    }

    private String value(String key) {
        return ledger.state().get(key(key)).orElseThrow().value().toStringUtf8();
    }

    private List<String> keys(String start, String end, int limit) {
        return ledger.state().range("cc", start, end, limit).stream()
                .map(WorldState.Entry::key)
                .map(StateKey::key)
                .toList();
    }

    private static StateKey key(String key) {
        return new StateKey("cc", key);
    }

    private Path blockFile() {
        return folder.resolve("chains/chains/channel1/blockfile_000000");
    }

    private int lengthOfLastBlocks(int count) throws IOException {
        try (BlockFiles files = BlockFiles.open(folder, id.channel(), 0)) {
            long before = files.height() - count;
            Path copy = folder.resolve("copy");
            try (BlockFiles shorter = BlockFiles.open(copy, id.channel(), 0)) {
                for (Block block : files.blocks(0, (int) before, Long.MAX_VALUE)) {
                    shorter.append(block);
                }
            }
            long shorter = Files.size(copy.resolve("chains/chains/channel1/blockfile_000000"));
            return (int) (Files.size(blockFile()) - shorter);
        }
    }

    private Block lastBlock() throws IOException {
        try (BlockFiles files = BlockFiles.open(folder, id.channel(), 0)) {
            return files.block(files.height() - 1).orElseThrow();
        }
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int i = bytes.length - part.length; i >= 0; i--) {
            if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        throw new AssertionError("not there");
    }

    private static final List<String> TABLES =
            List.of("blocks", "state", "metadata_namespaces", "history", "transactions");

    private String mine() {
        return "(SELECT id FROM ledger.ledgers WHERE node = '" + id.node() + "')";
    }

    private void loseDatabase() throws SQLException {
        for (String table : TABLES) {
            execute("DELETE FROM ledger." + table + " WHERE ledger = " + mine());
        }
        execute("DELETE FROM ledger.ledgers WHERE node = '" + id.node() + "'");
    }

    private void copyRows() throws SQLException {
        for (String table : TABLES) {
            execute("CREATE TABLE ledger.copy_" + table + " AS SELECT * FROM ledger." + table + " WHERE ledger = "
                    + mine());
        }
        execute("CREATE TABLE ledger.copy_ledgers AS SELECT * FROM ledger.ledgers WHERE node = '" + id.node() + "'");
    }

    private void restoreRows() throws SQLException {
        for (String table : TABLES) {
            execute("DELETE FROM ledger." + table + " WHERE ledger = " + mine());
            execute("INSERT INTO ledger." + table + " SELECT * FROM ledger.copy_" + table);
            execute("DROP TABLE ledger.copy_" + table);
        }
        execute(
                "UPDATE ledger.ledgers l SET height = c.height, current_hash = c.current_hash, commit_hash = c.commit_hash,"
                        + " last_config = c.last_config FROM ledger.copy_ledgers c WHERE c.id = l.id");
        execute("DROP TABLE ledger.copy_ledgers");
    }

    /** All rows of this ledger but their ledger's number, in order. */
    private String dump() throws SQLException {
        StringBuilder dump = new StringBuilder();
        for (String table : TABLES) {
            dump.append(query(
                    "SELECT coalesce(string_agg(r, E'\\n' ORDER BY r), '') FROM (SELECT (to_jsonb(t) - 'ledger')::text AS r"
                            + " FROM ledger." + table + " t WHERE ledger = " + mine() + ") x"));
        }
        return dump.append(
                        query("SELECT height || encode(commit_hash, 'hex') FROM ledger.ledgers WHERE id = " + mine()))
                .toString();
    }

    private long versionColumn(String key) throws SQLException {
        return Long.parseLong(
                query("SELECT version FROM ledger.state WHERE ledger = " + mine() + " AND key = '" + key + "'"));
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = TestDatabase.get().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(String sql) throws SQLException {
        try (Connection connection = TestDatabase.get().dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }
}
