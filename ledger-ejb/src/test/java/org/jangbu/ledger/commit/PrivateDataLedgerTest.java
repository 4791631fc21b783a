package org.jangbu.ledger.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWrite;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.ledger.commit.jpa.FaultyUnitOfWork;
import org.jangbu.ledger.commit.jpa.FaultyUnitOfWork.Fault;
import org.jangbu.ledger.commit.jpa.JpaLedgers;
import org.jangbu.ledger.commit.jpa.TestDatabase;
import org.jangbu.ledger.privatedata.CollectionName;
import org.jangbu.ledger.privatedata.MissingSet;
import org.jangbu.ledger.privatedata.PrivateSet;
import org.jangbu.ledger.privatedata.PrivateValue;
import org.jangbu.ledger.privatedata.TransientStore;
import org.jangbu.ledger.privatedata.TransientStoreFullException;
import org.jangbu.ledger.privatedata.jpa.JpaTransientStore;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.model.LedgerId;
import org.jangbu.model.Sha256;
import org.jangbu.model.TxId;
import org.jangbu.model.Version;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Private data on a real database: from waiting to committed, through crashes, and what becomes of them when the database is lost. */
class PrivateDataLedgerTest {
    private static final String MINE = "mine";
    private static final String FOREIGN = "theirs";

    private LedgerId id = TestDatabase.newLedger();
    private final FaultyUnitOfWork database =
            new FaultyUnitOfWork(TestDatabase.get().unitOfWork());

    @TempDir
    Path folder;

    private PeerLedger ledger;

    @BeforeEach
    void open() throws LedgerException {
        ledger = new PeerLedgers(new JpaLedgers(database)::open, 1 << 20)
                .open(id, folder, (chaincode, collection, state) -> collection.equals(MINE));
        if (ledger.height() == 0) {
            ledger.commit(BlockBuilder.genesis());
        }
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void what_waits_is_committed_with_its_block_and_waits_no_longer() throws Exception {
        Writes transaction = privately("1", MINE, "k", "v");
        commit(transaction);
        assertThat(value(MINE, "k")).isEqualTo(new PrivateValue("k", ByteString.copyFromUtf8("v"), new Version(1, 0)));
        assertThat(missing(MINE)).isEmpty();
        assertThat(ledger.transients().find(List.of(transaction.txId()))).isEmpty();
        ledger.close();
        open();
        assertThat(value(MINE, "k").value().toStringUtf8()).isEqualTo("v");
    }

    @Test
    void a_set_that_endorsers_did_not_sign_is_not_taken_and_its_absence_is_noted() throws Exception {
        Writes transaction = Writes.by("1").privately("cc", MINE, set("k", "v"), "k", "v");
        ledger.transients()
                .put(List.of(new PrivateSet(transaction.txId(), "cc", MINE, set("k", "forged"))), ledger.height());
        commit(transaction);
        assertThat(values(MINE, "k")).isEmpty();
        assertThat(ledger.state().get(key(MINE, "k"))).isPresent();
        assertThat(missing(MINE)).singleElement().satisfies(missing -> {
            assertThat(missing.block()).isEqualTo(1);
            assertThat(missing.expected().txId()).isEqualTo(transaction.txId());
            assertThat(missing.expected().hash()).isEqualTo(Sha256.of(set("k", "v")));
        });
    }

    @Test
    void nothing_is_missed_of_a_collection_of_others_or_of_an_invalid_transaction() throws Exception {
        Writes foreign = Writes.by("1").privately("cc", FOREIGN, set("k", "v"), "k", "v");
        Writes invalid = privately("2", MINE, "k", "v");
        ledger.commit(BlockBuilder.after(ledger)
                .valid(foreign)
                .invalid(invalid, TxValidationCode.MVCC_READ_CONFLICT)
                .validated(ledger.state()));
        assertThat(missing(MINE)).isEmpty();
        assertThat(values(MINE, "k")).isEmpty();
        assertThat(ledger.transients().find(List.of(invalid.txId()))).isEmpty();
    }

    @Test
    void of_two_writes_in_a_block_the_last_stays_and_a_purge_removes_it() throws Exception {
        commit(privately("1", MINE, "k", "first"), privately("2", MINE, "k", "second"));
        assertThat(value(MINE, "k").value().toStringUtf8()).isEqualTo("second");
        commit(Writes.by("3").deleteHash("cc", MINE, "k", true));
        assertThat(values(MINE, "k")).isEmpty();
    }

    @Test
    void a_crash_between_file_and_database_loses_no_private_value() throws Exception {
        Writes transaction = privately("1", MINE, "k", "v");
        ValidatedBlock block = BlockBuilder.after(ledger).valid(transaction).validated(ledger.state());
        database.set(Fault.WRITES_FAIL);
        assertThatThrownBy(() -> ledger.commit(block)).isInstanceOf(LedgerException.class);
        database.set(Fault.NONE);
        assertThat(values(MINE, "k")).isEmpty();
        ledger.close();
        open();
        assertThat(ledger.height()).isEqualTo(2);
        assertThat(value(MINE, "k").value().toStringUtf8()).isEqualTo("v");
    }

    @Test
    void a_lost_database_comes_back_with_hashes_and_says_which_values_it_lacks() throws Exception {
        commit(privately("1", MINE, "k", "v"));
        ledger.close();
        id = new LedgerId(TestDatabase.newLedger().node(), id.channel());
        open();
        assertThat(ledger.height()).isEqualTo(2);
        assertThat(ledger.state().get(key(MINE, "k")).orElseThrow().value()).isEqualTo(Writes.hash("v"));
        assertThat(values(MINE, "k")).isEmpty();
        assertThat(missing(MINE)).hasSize(1);
    }

    @Test
    void what_waits_is_bounded_in_number_and_age() throws Exception {
        JpaTransientStore store = new JpaTransientStore(
                TestDatabase.get().unitOfWork(), 1_000_000, new TransientStore.Limits(3, 1000, 10, 24));
        store.put(waiting(0, 3), 1);
        assertThatThrownBy(() -> store.put(waiting(3, 1), 5)).isInstanceOf(TransientStoreFullException.class);
        assertThat(store.find(List.of(txId(3)))).isEmpty();
        store.put(waiting(3, 1), 12);
        assertThat(store.find(List.of(txId(0), txId(3))))
                .extracting(PrivateSet::txId)
                .containsExactly(txId(3));
        PrivateSet large = new PrivateSet(txId(9), "cc", MINE, ByteString.copyFrom(new byte[1001]));
        assertThatThrownBy(() -> store.put(List.of(large), 12)).isInstanceOf(TransientStoreFullException.class);
    }

    private static List<PrivateSet> waiting(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(i -> new PrivateSet(txId(i), "cc", MINE, set("k", "v")))
                .toList();
    }

    private static TxId txId(int number) {
        return Writes.by("waiting" + number).txId();
    }

    /** A transaction whose private set waits at the ledger. */
    private Writes privately(String nonce, String collection, String key, String value) throws Exception {
        ByteString set = set(key, value);
        Writes transaction = Writes.by(nonce).privately("cc", collection, set, key, value);
        ledger.transients().put(List.of(new PrivateSet(transaction.txId(), "cc", collection, set)), ledger.height());
        return transaction;
    }

    private static ByteString set(String key, String value) {
        return KVRWSet.newBuilder()
                .addWrites(KVWrite.newBuilder().setKey(key).setValue(ByteString.copyFromUtf8(value)))
                .build()
                .toByteString();
    }

    private void commit(Writes... transactions) throws LedgerException {
        ledger.commit(BlockBuilder.after(ledger).valid(transactions).validated(ledger.state()));
    }

    private List<MissingSet> missing(String collection) {
        return ledger.missingSets().of(new CollectionName("cc", collection), 10);
    }

    private PrivateValue value(String collection, String key) {
        return values(collection, key).values().iterator().next();
    }

    private Map<StateKey, PrivateValue> values(String collection, String key) {
        return ledger.privateData().values(List.of(key(collection, key)));
    }

    private static StateKey key(String collection, String key) {
        return StateKey.hashed("cc", collection, Writes.hash(key));
    }
}
