package org.jangbu.ledger.commit;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.ledger.block.BlockFiles;
import org.jangbu.ledger.history.KeyHistory;
import org.jangbu.ledger.privatedata.CollectionMembership;
import org.jangbu.ledger.privatedata.Lifetime;
import org.jangbu.ledger.privatedata.MissingSets;
import org.jangbu.ledger.privatedata.PrivateEffects;
import org.jangbu.ledger.privatedata.PrivateStore;
import org.jangbu.ledger.privatedata.TransientStore;
import org.jangbu.ledger.query.Documents;
import org.jangbu.ledger.query.QueryIndexes;
import org.jangbu.ledger.state.CachedWorldState;
import org.jangbu.ledger.state.CommittedHeight;
import org.jangbu.ledger.state.StateChange;
import org.jangbu.ledger.state.StateUnavailableException;
import org.jangbu.ledger.state.VersionedValue;
import org.jangbu.ledger.state.WorldState;
import org.jangbu.model.LedgerId;
import org.jangbu.model.TransactionsFilter;

/**
 * A peer's ledger: block files, which are the truth and forced before anything else is written, and a database, which they can rebuild and
 * which therefore need not be forced. {@link LedgerRecovery} makes one of the two at opening.
 *
 * <p>A commit has three steps, each its own method: append to the file, write to the database, publish.
 */
final class RecoverableLedger implements PeerLedger {
    /** Transactions of some seconds at full speed, and less than a megabyte. */
    private static final int RECENT_TRANSACTIONS = 4096;

    private final LedgerId id;
    private final BlockFiles files;
    private final LedgerDatabase database;
    private final CollectionMembership members;
    private final PrivateSets privateSets;
    private final CachedWorldState state;
    private final RecentTransactions transactions;
    private final CommittedHeight height;
    private volatile LedgerPosition position;

    /** A ledger whose files and database both stand at {@code position}. */
    RecoverableLedger(
            LedgerId id,
            BlockFiles files,
            LedgerDatabase database,
            CollectionMembership members,
            LedgerPosition position,
            long cacheBytes) {
        this.id = id;
        this.files = files;
        this.database = database;
        this.members = members;
        this.privateSets = new PrivateSets(id, database, members);
        this.position = position;
        this.height = new CommittedHeight(position.height());
        this.state = new CachedWorldState(database.state(), height, cacheBytes);
        this.transactions = new RecentTransactions(database.transactions(), height, RECENT_TRANSACTIONS);
    }

    @Override
    public LedgerId id() {
        return id;
    }

    @Override
    public long height() {
        return height.get();
    }

    @Override
    public ByteString currentHash() {
        return position.currentHash();
    }

    @Override
    public WorldState state() {
        return state;
    }

    @Override
    public PrivateStore privateData() {
        return new CommittedPrivateStore(database.privateData(), height);
    }

    @Override
    public MissingSets missingSets() {
        return database.missingSets();
    }

    @Override
    public TransientStore transients() {
        return database.transients();
    }

    @Override
    public boolean isMember(String chaincode, String collection) {
        return members.isMember(chaincode, collection, state);
    }

    @Override
    public Lifetime lifetime(String chaincode, String collection) {
        return members.lifetime(chaincode, collection, state);
    }

    @Override
    public KeyHistory history() {
        return new CommittedHistory(database.history(), height.get());
    }

    @Override
    public Documents documents() {
        return new CommittedDocuments(database.documents(), height);
    }

    @Override
    public QueryIndexes indexes() {
        return database.indexes();
    }

    @Override
    public Documents privateDocuments() {
        return new CommittedDocuments(database.privateDocuments(), height);
    }

    @Override
    public QueryIndexes privateIndexes() {
        return database.privateIndexes();
    }

    @Override
    public TransactionIndex transactions() {
        return transactions;
    }

    @Override
    public Optional<Block> block(long number) {
        try {
            return number < height() ? files.block(number) : Optional.empty();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public Optional<Block> blockByHash(ByteString hash) {
        try {
            return files.blockByHash(hash).filter(block -> block.getHeader().getNumber() < height());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private StateUnavailableException unreadable(IOException e) {
        return new StateUnavailableException("the block files of " + id + " cannot be read", false, e);
    }

    @Override
    public long lastConfig() {
        return position.lastConfig();
    }

    @Override
    public void commit(ValidatedBlock block) throws LedgerException {
        requireNext(block);
        SealedBlock decided = SealedBlock.of(block, position);
        int checksum = appendToFile(decided);
        SealedBlock sealed = decided.with(privateEffects(block));
        writeDatabase(sealed, checksum);
        afterDatabaseCommit(sealed);
    }

    private PrivateEffects privateEffects(ValidatedBlock block) throws LedgerException {
        try {
            return privateSets.effects(block, state);
        } catch (StateUnavailableException e) {
            throw new LedgerException(
                    id, e.isTransient(), "the private data of block " + block.number() + " cannot be read", e);
        }
    }

    private void requireNext(ValidatedBlock block) throws LedgerException {
        LedgerPosition now = position;
        if (block.number() != now.height()) {
            throw new LedgerException(id, "block " + block.number() + " cannot be committed at height " + now.height());
        }
        if (now.height() > 0 && !block.block().getHeader().getPreviousHash().equals(now.currentHash())) {
            throw new LedgerException(id, "block " + block.number() + " does not follow the newest committed block");
        }
        int envelopes = block.block().getData().getDataCount();
        if (TransactionsFilter.of(block.block()).size() != envelopes
                || block.transactions().size() != envelopes) {
            throw new LedgerException(id, "block " + block.number() + " lacks a verdict on each transaction");
        }
    }

    /** Appends and forces the block, unless a commit that was interrupted has done so already. Returns the checksum of its record. */
    private int appendToFile(SealedBlock sealed) throws LedgerException {
        long number = sealed.effects().number();
        try {
            if (files.height() == number) {
                int checksum = files.append(sealed.block());
                files.force();
                return checksum;
            }
            if (!files.block(number).equals(Optional.of(sealed.block()))) {
                throw new LedgerException(id, "another block " + number + " stands in the block file already");
            }
            return files.checksum(number);
        } catch (IOException | IllegalArgumentException e) {
            throw appendFailed(number, e);
        }
    }

    /** Takes back what was appended, so that a repeated commit finds the file as it was. */
    private LedgerException appendFailed(long number, Exception failure) {
        CommitMessages.LOG.appendFailed(id.channel(), number, id.node(), failure);
        try {
            files.truncate(number);
            boolean mayPass = failure instanceof IOException;
            return new LedgerException(id, mayPass, "block " + number + " could not be appended", failure);
        } catch (IOException e) {
            failure.addSuppressed(e);
            return new LedgerException(id, false, "the block file has to be opened anew", failure);
        }
    }

    private void writeDatabase(SealedBlock sealed, int checksum) throws LedgerException {
        try {
            database.write(List.of(sealed), position, List.of(checksum));
        } catch (StateUnavailableException e) {
            settle(sealed, e);
        }
    }

    /** A failure to commit does not tell whether the database has committed; its position does. */
    private void settle(SealedBlock sealed, StateUnavailableException failure) throws LedgerException {
        long number = sealed.effects().number();
        LedgerPosition actual;
        try {
            actual = database.position();
        } catch (StateUnavailableException e) {
            failure.addSuppressed(e);
            actual = position;
        }
        if (actual.equals(sealed.after())) {
            CommitMessages.LOG.committedAfterAll(id.channel(), number, id.node(), failure);
            return;
        }
        if (!actual.equals(position)) {
            throw new LedgerException(
                    id, false, "the database moved to height " + actual.height() + " without this server", failure);
        }
        CommitMessages.LOG.databaseFailed(id.channel(), number, id.node(), failure);
        throw new LedgerException(
                id, failure.isTransient(), "block " + number + " could not be written to the database", failure);
    }

    /** Readers see the block from here on. */
    private void afterDatabaseCommit(SealedBlock sealed) {
        LedgerPosition after = sealed.after();
        List<StateChange> changes = sealed.effects().writes().stream()
                .map(RecoverableLedger::change)
                .collect(Collectors.toList());
        sealed.privateEffects().expiry().expired().forEach(key -> changes.add(new StateChange(key, null)));
        state.advance(after.height(), changes);
        transactions.advance(sealed.effects());
        privateSets.add(sealed.privateEffects());
        privateSets.written();
        position = after;
        height.advance(after.height());
    }

    private static StateChange change(StateWrite write) {
        return new StateChange(
                write.key(),
                write.delete() ? null : new VersionedValue(write.value(), write.metadata(), write.version()));
    }

    @Override
    public void close() {
        try {
            files.close();
        } catch (IOException e) {
            CommitMessages.LOG.closeFailed(id.channel(), id.node(), e);
        }
    }
}
