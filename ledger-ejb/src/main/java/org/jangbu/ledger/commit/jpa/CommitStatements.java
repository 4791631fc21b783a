package org.jangbu.ledger.commit.jpa;

import com.google.protobuf.ByteString;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jangbu.ledger.commit.HistoryWrite;
import org.jangbu.ledger.commit.LedgerPosition;
import org.jangbu.ledger.commit.SealedBlock;
import org.jangbu.ledger.commit.ValidatedBlock;
import org.jangbu.ledger.state.StateUnavailableException;
import org.jangbu.model.TxId;

/**
 * The set-based statements that record blocks beside their state: position, blocks, transaction index, history. A transaction that stands in
 * a hostile read/write set twice, or a key that it writes twice, is no error here: the first row stays.
 */
final class CommitStatements {
    private static final String ADVANCE = """
            UPDATE ledger.ledgers SET height = ?3, current_hash = ?4, commit_hash = ?5, last_config = ?6, version = version + 1
            WHERE id = ?1 AND height = ?2""";

    /** Turns off the wait for the log of this transaction: the block files, forced already, can rebuild all it writes. */
    private static final String UNFORCED = ADVANCE + " AND set_config('synchronous_commit', 'off', true) = 'off'";

    private static final String BLOCKS = """
            INSERT INTO ledger.blocks (ledger, number, hash, checksum)
            SELECT ?1, u.number, u.hash, u.checksum FROM unnest(?2, ?3, ?4) AS u(number, hash, checksum)""";
    private static final String TRANSACTIONS = """
            INSERT INTO ledger.transactions (ledger, tx_id, block, position, code)
            SELECT ?1, u.tx_id, u.block, u.position, u.code FROM unnest(?2, ?3, ?4, ?5) AS u(tx_id, block, position, code)
            ON CONFLICT DO NOTHING""";
    private static final String HISTORY = """
            INSERT INTO ledger.history (ledger, ns, key, block, tx, tx_id, ts_seconds, ts_nanos, deleted, value)
            SELECT ?1, u.* FROM unnest(?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
                AS u(ns, key, block, tx, tx_id, ts_seconds, ts_nanos, deleted, value)
            ON CONFLICT DO NOTHING""";

    private final EntityManager manager;
    private final int ledger;

    CommitStatements(EntityManager manager, int ledger) {
        this.manager = manager;
        this.ledger = ledger;
    }

    /**
     * Moves the ledger on, and thereby locks it against any other writer until the transaction ends.
     *
     * @param forced whether the commit is to wait for the disk, since the files cannot rebuild all that it writes
     */
    void advance(long from, LedgerPosition to, boolean forced) {
        int moved = manager.createNativeQuery(forced ? ADVANCE : UNFORCED)
                .setParameter(1, ledger)
                .setParameter(2, from)
                .setParameter(3, to.height())
                .setParameter(4, to.currentHash().toByteArray())
                .setParameter(5, to.commitHash().toByteArray())
                .setParameter(6, to.lastConfig())
                .executeUpdate();
        if (moved != 1) {
            throw new StateUnavailableException("the ledger's database is not at height " + from, false);
        }
    }

    void blocks(List<SealedBlock> blocks, List<Integer> checksums) {
        manager.createNativeQuery(BLOCKS)
                .setParameter(1, ledger)
                .setParameter(
                        2,
                        blocks.stream()
                                .mapToLong(block -> block.effects().number())
                                .toArray())
                .setParameter(
                        3,
                        blocks.stream()
                                .map(block -> block.after().currentHash().toByteArray())
                                .toArray(byte[][]::new))
                .setParameter(4, checksums.stream().mapToInt(Integer::intValue).toArray())
                .executeUpdate();
    }

    void transactions(List<SealedBlock> blocks) {
        List<TransactionEntry> entries = new ArrayList<>();
        for (SealedBlock block : blocks) {
            List<ValidatedBlock.Outcome> outcomes = block.effects().transactions();
            for (int i = 0; i < outcomes.size(); i++) {
                ValidatedBlock.Outcome outcome = outcomes.get(i);
                if (!outcome.txId().value().isEmpty()) {
                    entries.add(new TransactionEntry(
                            outcome.txId(),
                            block.effects().number(),
                            i,
                            outcome.code().getNumber()));
                }
            }
        }
        if (entries.isEmpty()) {
            return;
        }
        manager.createNativeQuery(TRANSACTIONS)
                .setParameter(1, ledger)
                .setParameter(
                        2,
                        entries.stream()
                                .map(entry -> StoredTxId.bytes(entry.txId()))
                                .toArray(byte[][]::new))
                .setParameter(
                        3, entries.stream().mapToLong(TransactionEntry::block).toArray())
                .setParameter(
                        4, entries.stream().mapToInt(TransactionEntry::position).toArray())
                .setParameter(
                        5, entries.stream().mapToInt(TransactionEntry::code).toArray())
                .executeUpdate();
    }

    private record TransactionEntry(TxId txId, long block, int position, int code) {}

    void history(List<SealedBlock> blocks) {
        HistoryColumns columns = new HistoryColumns(blocks.stream()
                .mapToInt(block -> block.effects().history().size())
                .sum());
        for (SealedBlock block : blocks) {
            ValidatedBlock effects = block.effects();
            for (HistoryWrite write : effects.history()) {
                columns.add(effects.number(), write, effects.transactions().get(write.position()));
            }
        }
        if (columns.size() > 0) {
            manager.createNativeQuery(HISTORY)
                    .setParameter(1, ledger)
                    .setParameter(2, columns.namespaces)
                    .setParameter(3, columns.keys)
                    .setParameter(4, columns.blocks)
                    .setParameter(5, columns.transactions)
                    .setParameter(6, columns.txIds)
                    .setParameter(7, columns.seconds)
                    .setParameter(8, columns.nanos)
                    .setParameter(9, columns.deleted)
                    .setParameter(10, columns.values)
                    .executeUpdate();
        }
    }

    /** History rows, column by column, as the statement takes them. */
    private static final class HistoryColumns {
        private final byte[][] namespaces;
        private final byte[][] keys;
        private final byte[][] txIds;
        private final byte[][] values;
        private final long[] blocks;
        private final long[] seconds;
        private final int[] transactions;
        private final int[] nanos;
        private final boolean[] deleted;
        private int size;

        HistoryColumns(int rows) {
            namespaces = new byte[rows][];
            keys = new byte[rows][];
            txIds = new byte[rows][];
            values = new byte[rows][];
            blocks = new long[rows];
            seconds = new long[rows];
            transactions = new int[rows];
            nanos = new int[rows];
            deleted = new boolean[rows];
        }

        int size() {
            return size;
        }

        void add(long block, HistoryWrite write, ValidatedBlock.Outcome outcome) {
            namespaces[size] = write.key().namespaceBytes();
            keys[size] = write.key().keyBytes();
            txIds[size] = StoredTxId.bytes(outcome.txId());
            values[size] = (write.delete() ? ByteString.EMPTY : write.value()).toByteArray();
            blocks[size] = block;
            transactions[size] = write.position();
            Instant timestamp = outcome.timestamp();
            seconds[size] = timestamp.getEpochSecond();
            nanos[size] = timestamp.getNano();
            deleted[size] = write.delete();
            size++;
        }
    }
}
