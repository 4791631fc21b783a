package org.jangbu.ledger.commit;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jangbu.ledger.commit.jpa.JpaLedgers;
import org.jangbu.ledger.commit.jpa.TestDatabase;
import org.jangbu.ledger.privatedata.CollectionMembership;
import org.jangbu.ledger.privatedata.CollectionName;
import org.jangbu.ledger.privatedata.Lifetime;
import org.jangbu.ledger.privatedata.PastSet;
import org.jangbu.ledger.privatedata.PrivateValue;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.ledger.state.StateReader;
import org.jangbu.ledger.state.VersionedValue;
import org.jangbu.model.LedgerId;
import org.jangbu.model.ParsedBlock;
import org.jangbu.model.ParsedTransaction;
import org.jangbu.model.Version;

/** A peer's ledger on a real database, as a test of private data drives it. Data of collection {@code short<n>} live for n blocks. */
final class PrivatePeer implements AutoCloseable {
    private final Path folder;
    private final CollectionMembership membership;
    private LedgerId id = TestDatabase.newLedger();
    private PeerLedger ledger;

    /** @param member of every collection, or of none */
    PrivatePeer(Path folder, boolean member) throws LedgerException {
        this(folder, new Membership(member));
    }

    PrivatePeer(Path folder, CollectionMembership membership) throws LedgerException {
        this.folder = folder;
        this.membership = membership;
        this.ledger = open();
        if (ledger.height() == 0) {
            ledger.commit(BlockBuilder.genesis());
        }
    }

    private PeerLedger open() throws LedgerException {
        return new PeerLedgers(new JpaLedgers(TestDatabase.get().unitOfWork())::open, 1 << 20)
                .open(id, folder, membership);
    }

    private record Membership(boolean member) implements CollectionMembership {
        @Override
        public boolean isMember(String chaincode, String collection, StateReader state) {
            return member;
        }

        @Override
        public Lifetime lifetime(String chaincode, String collection, StateReader state) {
            return collection.startsWith("short")
                    ? new Lifetime(Long.parseLong(collection.substring("short".length())))
                    : Lifetime.UNLIMITED;
        }
    }

    PeerLedger ledger() {
        return ledger;
    }

    /** Lets a set wait. */
    void give(PrivateTransaction transaction) throws Exception {
        ledger.transients().put(List.of(transaction.set()), ledger.height());
    }

    void commit(PrivateTransaction... transactions) throws LedgerException {
        List<Writes> writes = new ArrayList<>();
        for (PrivateTransaction transaction : transactions) {
            writes.add(transaction.writes());
        }
        ledger.commit(
                BlockBuilder.after(ledger).valid(writes.toArray(Writes[]::new)).validated(ledger.state()));
    }

    void commit(Writes writes) throws LedgerException {
        ledger.commit(BlockBuilder.after(ledger).valid(writes).validated(ledger.state()));
    }

    /** Commits after the sets have been given. */
    void commitWithSets(PrivateTransaction... transactions) throws Exception {
        for (PrivateTransaction transaction : transactions) {
            give(transaction);
        }
        commit(transactions);
    }

    void reopen() throws LedgerException {
        ledger.close();
        ledger = open();
    }

    /** Opens the block files over an empty database. */
    void loseDatabase() throws LedgerException {
        ledger.close();
        id = new LedgerId(TestDatabase.newLedger().node(), id.channel());
        ledger = open();
    }

    static StateKey key(String collection, String key) {
        return StateKey.hashed(PrivateTransaction.CHAINCODE, collection, Writes.hash(key));
    }

    static CollectionName name(String collection) {
        return new CollectionName(PrivateTransaction.CHAINCODE, collection);
    }

    /** What a reader is shown: the value, where it is of the version of its hash. */
    Optional<String> value(String collection, String key) {
        StateKey hashed = key(collection, key);
        PrivateValue held = ledger.privateData().values(List.of(hashed)).get(hashed);
        return Optional.ofNullable(held)
                .filter(value -> hash(collection, key)
                        .filter(hash -> hash.version().equals(value.version()))
                        .isPresent())
                .map(PrivateValue::value)
                .map(ByteString::toStringUtf8);
    }

    Optional<VersionedValue> hash(String collection, String key) {
        StateKey hashed = key(collection, key);
        Map<StateKey, VersionedValue> found = ledger.state().getAll(List.of(hashed));
        return Optional.ofNullable(found.get(hashed));
    }

    List<String> range(String collection, String start, String end) {
        return ledger.privateData().range(name(collection), start, end, 1000).value().stream()
                .map(value -> value.key() + "=" + value.value().toStringUtf8())
                .toList();
    }

    /** The set behind the first transaction of a block. */
    PastSet past(long block) {
        ParsedTransaction.Endorser transaction = (ParsedTransaction.Endorser)
                ParsedBlock.parse(ledger.block(block).orElseThrow())
                        .transactions()
                        .get(0);
        return new PastSet(
                PrivateTransaction.CHAINCODE,
                transaction
                        .transaction()
                        .readWriteSet()
                        .namespaces()
                        .get(0)
                        .collections()
                        .get(0),
                new Version(block, 0));
    }

    @Override
    public void close() {
        ledger.close();
    }
}
