package org.jangbu.ledger.commit;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.ledger.block.BlockFiles;
import org.jangbu.ledger.privatedata.CollectionMembership;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.ledger.state.StateReader;
import org.jangbu.ledger.state.StateStore;
import org.jangbu.ledger.state.StateUnavailableException;
import org.jangbu.ledger.state.VersionedValue;
import org.jangbu.model.BlockHash;
import org.jangbu.model.LedgerId;
import org.jangbu.model.ParsedBlock;
import org.jangbu.model.TransactionsFilter;

/**
 * Opens a ledger: makes sure that block files and database tell the same story, and writes to the database what it lacks.
 *
 * <p>A crash leaves the files ahead, never behind: a database that has more blocks, or another newest block, is not these files' database.
 */
final class LedgerRecovery {
    private static final int BATCH_BLOCKS = 64;
    private static final long BATCH_BYTES = 8 << 20;

    /** How many of the newest blocks are compared with their checksums; only these can have been touched by a crash. */
    private static final int CHECKED_BLOCKS = 64;

    private final LedgerId id;
    private final BlockFiles files;
    private final LedgerDatabase database;
    private final PrivateSets privateSets;
    private LedgerPosition position;
    private Set<String> namespacesWithMetadata;

    private LedgerRecovery(
            LedgerId id,
            BlockFiles files,
            LedgerDatabase database,
            CollectionMembership members,
            LedgerPosition position) {
        this.id = id;
        this.files = files;
        this.database = database;
        this.privateSets = new PrivateSets(id, database, members);
        this.position = position;
        this.namespacesWithMetadata = database.state().namespacesWithMetadata();
    }

    /** Opens the ledger whose files are below {@code folder}; either comes up whole or throws. */
    static RecoverableLedger open(
            LedgerId id, Path folder, LedgerDatabase database, CollectionMembership members, long cacheBytes)
            throws LedgerException {
        try {
            LedgerPosition position = database.position();
            BlockFiles files = BlockFiles.open(folder, id.channel(), position.height());
            try {
                LedgerPosition current = new LedgerRecovery(id, files, database, members, position).run();
                CommitMessages.LOG.opened(id.channel(), id.node(), current.height());
                return new RecoverableLedger(id, files, database, members, current, cacheBytes);
            } catch (LedgerException | IOException | RuntimeException e) {
                files.close();
                throw e;
            }
        } catch (IOException e) {
            throw new LedgerException(id, false, e.getMessage() == null ? "block files" : e.getMessage(), e);
        } catch (StateUnavailableException e) {
            throw new LedgerException(id, e.isTransient(), "the database cannot be used", e);
        }
    }

    private LedgerPosition run() throws LedgerException, IOException {
        compare();
        if (position.height() < files.height()) {
            replay();
        }
        return position;
    }

    private void compare() throws LedgerException, IOException {
        long height = position.height();
        if (height > files.height()) {
            throw new LedgerException(
                    id,
                    "the database is at height " + height + ", its block files only at " + files.height()
                            + ": files were lost or replaced");
        }
        ByteString hash = height == 0
                ? ByteString.EMPTY
                : BlockHash.of(files.header(height - 1).orElseThrow());
        if (!hash.equals(position.currentHash())) {
            throw new LedgerException(
                    id,
                    "block " + (height - 1)
                            + " differs between database and block files: they belong to different ledgers");
        }
        for (Map.Entry<Long, Integer> checksum :
                database.checksums(CHECKED_BLOCKS).entrySet()) {
            if (files.checksum(checksum.getKey()) != checksum.getValue()) {
                throw new LedgerException(
                        id, "block " + checksum.getKey() + " is not as it was written to its block file");
            }
        }
    }

    private void replay() throws LedgerException, IOException {
        CommitMessages.LOG.replaying(id.channel(), id.node(), position.height(), files.height());
        long first = position.height();
        long start = System.nanoTime();
        long transactions = 0;
        while (position.height() < files.height()) {
            List<Block> blocks = files.blocks(position.height(), BATCH_BLOCKS, BATCH_BYTES);
            replay(blocks);
            transactions += blocks.stream()
                    .mapToLong(block -> block.getData().getDataCount())
                    .sum();
        }
        long millis = (System.nanoTime() - start) / 1_000_000;
        CommitMessages.LOG.replayed(id.channel(), id.node(), first, position.height() - 1, transactions, millis);
    }

    private void replay(List<Block> blocks) throws LedgerException, IOException {
        StateOverlay overlay = new StateOverlay(new StoredState(database.state(), namespacesWithMetadata));
        List<SealedBlock> sealed = new ArrayList<>();
        List<Integer> checksums = new ArrayList<>();
        LedgerPosition before = position;
        for (Block block : blocks) {
            SealedBlock next = seal(block, overlay);
            next = next.with(privateSets.effects(next.effects(), overlay));
            overlay.add(next.effects());
            overlay.remove(next.privateEffects().expiry().expired());
            privateSets.add(next.privateEffects());
            sealed.add(next);
            checksums.add(files.checksum(next.effects().number()));
            position = next.after();
        }
        database.write(sealed, before, checksums);
        privateSets.written();
        namespacesWithMetadata = database.state().namespacesWithMetadata();
    }

    /** The state as the database has it, without a cache. */
    private record StoredState(StateStore store, Set<String> namespacesWithMetadata) implements StateReader {
        @Override
        public Map<StateKey, VersionedValue> getAll(Collection<StateKey> keys) {
            return store.entries(keys).value();
        }

        @Override
        public boolean mayHoldMetadata(String namespace) {
            return namespacesWithMetadata.contains(namespace);
        }
    }

    /** The block's effects by the filter it was committed with. The commit hash shows whether they are what they were then. */
    private SealedBlock seal(Block block, StateOverlay overlay) throws LedgerException {
        ValidatedBlock effects = BlockEffects.of(ParsedBlock.parse(block), codes(block), overlay);
        SealedBlock sealed = SealedBlock.of(effects, position);
        if (!sealed.carriesItsCommitHash(block)) {
            throw new LedgerException(
                    id,
                    "block " + effects.number() + " does not lead to the commit hash it carries: "
                            + "the block file is damaged, or the database is not its own");
        }
        return sealed;
    }

    private List<TxValidationCode> codes(Block block) throws LedgerException {
        long number = block.getHeader().getNumber();
        TransactionsFilter filter = TransactionsFilter.of(block);
        if (filter.size() != block.getData().getDataCount()) {
            throw new LedgerException(id, "block " + number + " in the block file lacks a verdict on each transaction");
        }
        try {
            return filter.codes();
        } catch (IllegalStateException e) {
            throw new LedgerException(id, false, "block " + number + " in the block file: " + e.getMessage(), e);
        }
    }
}
