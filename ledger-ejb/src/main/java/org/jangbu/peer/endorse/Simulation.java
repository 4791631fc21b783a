package org.jangbu.peer.endorse;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jangbu.chaincode.spi.ChaincodeHostException;
import org.jangbu.ledger.commit.PeerLedger;
import org.jangbu.ledger.history.KeyHistory;
import org.jangbu.ledger.privatedata.CollectionName;
import org.jangbu.ledger.privatedata.PrivateSet;
import org.jangbu.ledger.privatedata.PrivateValue;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.ledger.state.StateReader;
import org.jangbu.ledger.state.StateUnavailableException;
import org.jangbu.ledger.state.VersionedValue;
import org.jangbu.ledger.state.WorldState;
import org.jangbu.model.Sha256;
import org.jangbu.model.TxId;
import org.jangbu.model.Version;
import org.jangbu.model.query.MangoQuery;
import org.jangbu.model.query.Position;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at running a transaction over one ledger: answers reads, remembers them with their versions, collects writes without applying
 * them. Reads never see the writes.
 *
 * <p>The state is read in short queries while other blocks may commit; {@link #stillHolds} tells afterwards whether all that was read is
 * true at one height. Methods are synchronized against code that a contract leaves running after its answer; {@link #end} shuts it out.
 */
final class Simulation {
    private static final int MOST_READINGS = 3;

    private final PeerLedger ledger;
    private final String txId;
    private final SimulationLimits limits;
    private final long startHeight;

    private final SimulatedReads reads = new SimulatedReads();
    private final ReadWriteSetBuilder set = new ReadWriteSetBuilder();
    private final SimulationRules rules;
    private boolean privateRead;
    private boolean historyRead;
    private boolean ended;
    private boolean overtaken;
    private long heldAt;
    private @Nullable RuntimeException broken;

    Simulation(PeerLedger ledger, String txId, SimulationLimits limits) {
        this.ledger = ledger;
        this.txId = txId;
        this.limits = limits;
        this.rules = new SimulationRules(txId, limits);
        this.startHeight = ledger.height();
    }

    SimulationLimits limits() {
        return limits;
    }

    /** What a key holds; counts as read. */
    synchronized Optional<VersionedValue> get(String namespace, String key) {
        checkOpen();
        StateKey stateKey = new StateKey(namespace, key);
        KeyRules.check(stateKey);
        if (reads.has(stateKey)) {
            return reads.value(stateKey);
        }
        rules.beforeRead(reads.count());
        Optional<VersionedValue> value = guarded(() -> ledger.state().get(stateKey));
        reads.add(stateKey, value);
        set.addRead(namespace, key, value.map(VersionedValue::version));
        return value;
    }

    /** Writes a value; an empty one deletes. */
    synchronized void put(String namespace, String key, ByteString value) {
        beforeWrite(namespace, key, value.size());
        set.addWrite(namespace, key, value);
    }

    /** Replaces a key's metadata. */
    synchronized void putMetadata(String namespace, String key, Map<String, ByteString> entries) {
        beforeWrite(namespace, key, KeyMetadata.size(entries));
        set.addMetadataWrite(namespace, key, entries);
    }

    /** A key's metadata; counts as a read of the key. */
    Map<String, ByteString> metadata(String namespace, String key) {
        ByteString serialized =
                get(namespace, key).map(VersionedValue::metadata).orElse(ByteString.EMPTY);
        return step(() -> KeyMetadata.parse(serialized));
    }

    /** What a private key holds; its hash counts as read. Only a member can answer. */
    synchronized Optional<ByteString> getPrivate(String namespace, String collection, String key) {
        StateKey hashed = hashed(namespace, collection, key);
        Optional<VersionedValue> hash = privateHash(namespace, collection, key);
        privateRead = true;
        if (hash.isEmpty()) {
            return Optional.empty();
        }
        PrivateValue value =
                guarded(() -> ledger.privateData().values(List.of(hashed)).get(hashed));
        if (value == null || !value.version().equals(hash.get().version())) {
            throw unavailable(namespace, collection, hash.get().version(), value);
        }
        return Optional.of(value.value());
    }

    /** Not available to this peer, ever or since a commit has come between hash and value. */
    private ChaincodeHostException unavailable(
            String namespace, String collection, Version version, @Nullable PrivateValue held) {
        boolean newer = held != null && held.version().compareTo(version) > 0;
        if (ledger.height() != startHeight || newer) {
            StateUnavailableException overtaken =
                    new StateUnavailableException("a commit has overtaken the reading of private data", true);
            broken = overtaken;
            return new ChaincodeHostException("the world state cannot be read now", overtaken);
        }
        return PrivateValueUnavailableException.of(namespace, collection, version, held)
                .toChaincode();
    }

    /** The state's entry for a private key: the hash of its value. Counts as read; anybody can answer. */
    synchronized Optional<VersionedValue> privateHash(String namespace, String collection, String key) {
        checkOpen();
        KeyRules.check(new StateKey(namespace, key));
        StateKey hashed = hashed(namespace, collection, key);
        if (reads.has(hashed)) {
            return reads.value(hashed);
        }
        rules.beforeRead(reads.count());
        Optional<VersionedValue> hash = guarded(() -> ledger.state().get(hashed));
        reads.add(hashed, hash);
        set.collection(namespace, collection).read(key, hash.map(VersionedValue::version));
        return hash;
    }

    /** Writes a private value; an empty one deletes. */
    synchronized void putPrivate(String namespace, String collection, String key, ByteString value) {
        beforeWrite(StateKey.namespaceOf(namespace, collection), key, value.size());
        set.collection(namespace, collection).write(key, value);
    }

    /** Deletes a private value for good. */
    synchronized void purge(String namespace, String collection, String key) {
        beforeWrite(StateKey.namespaceOf(namespace, collection), key, 0);
        set.collection(namespace, collection).purge(key);
    }

    /** Replaces a private key's metadata. */
    synchronized void putPrivateMetadata(
            String namespace, String collection, String key, Map<String, ByteString> entries) {
        beforeWrite(StateKey.namespaceOf(namespace, collection), key, KeyMetadata.size(entries));
        set.collection(namespace, collection).metadata(ReadWriteSetBuilder.metadata(key, entries));
    }

    /** A private key's metadata; counts as a read of its hash. */
    Map<String, ByteString> privateMetadata(String namespace, String collection, String key) {
        ByteString serialized = privateHash(namespace, collection, key)
                .map(VersionedValue::metadata)
                .orElse(ByteString.EMPTY);
        return step(() -> KeyMetadata.parse(serialized));
    }

    private static StateKey hashed(String namespace, String collection, String key) {
        return StateKey.hashed(namespace, collection, Sha256.of(ByteString.copyFromUtf8(key)));
    }

    /** Starts a range query; what is read from it counts. */
    synchronized QueryResults range(String namespace, String start, String end, int pageSize) {
        checkOpen();
        KeyRules.checkText(start);
        KeyRules.checkText(end);
        rules.beforePage(pageSize);
        rules.beforeRead(reads.count());
        RangeRead range = new RangeRead(ledger.state(), namespace, start, end);
        reads.add(range);
        return new QueryResults(this, range, pageSize, limits.results());
    }

    /** Starts a rich query; each row that is read from it counts as a read of its key. What matches later is not seen by a committer, as in Fabric. */
    synchronized QueryResults query(String namespace, MangoQuery query, Optional<Position> after, int pageSize) {
        checkOpen();
        rules.beforePage(pageSize);
        rules.beforeRead(reads.count());
        QueryRead read = new QueryRead(ledger.documents(), namespace, query, after, this::readByQuery);
        reads.add(read);
        return new QueryResults(this, read, pageSize, limits.results());
    }

    private void readByQuery(WorldState.Entry entry) {
        rules.beforeRow();
        set.addRead(
                entry.key().namespace(),
                entry.key().key(),
                Optional.of(entry.value().version()));
    }

    /** Starts a range query over private values, which only a member can answer and no writing transaction may make. */
    synchronized PrivateResults privateRange(String namespace, String collection, String start, String end) {
        checkOpen();
        KeyRules.checkText(start);
        KeyRules.checkText(end);
        rules.beforePrivateQuery();
        privateRead = true;
        rules.beforeRead(reads.count());
        PrivateRangeRead range =
                new PrivateRangeRead(ledger.privateData(), new CollectionName(namespace, collection), start, end);
        reads.add(range);
        return new PrivateResults(this, namespace, range, limits.results());
    }

    /** Starts a rich query over private values, under the rules of their ranges. */
    synchronized QueryResults privateQuery(
            String namespace, String collection, MangoQuery query, Optional<Position> after) {
        checkOpen();
        rules.beforePrivateQuery();
        privateRead = true;
        rules.beforeRead(reads.count());
        QueryRead read = new QueryRead(
                ledger.privateDocuments(),
                new CollectionName(namespace, collection).namespace(),
                query,
                after,
                entry -> rules.beforeRow());
        reads.add(read);
        return new QueryResults(this, read, 0, limits.results());
    }

    /** The next value of a range; null at its end. */
    synchronized @Nullable PrivateValue readNext(PrivateRangeRead range) {
        return step(() -> Optional.ofNullable(range.next())).orElse(null);
    }

    /**
     * Reads a key's past as of the height at which this simulation began; leaves no trace in the read set, as in Fabric.
     *
     * @param before only older writes than this version; empty for the newest
     */
    synchronized List<KeyHistory.Modification> history(
            String namespace, String key, Optional<Version> before, int limit) {
        checkOpen();
        KeyRules.check(new StateKey(namespace, key));
        historyRead = true;
        Optional<Version> bound = Optional.of(before.orElse(new Version(startHeight, 0)));
        return guarded(() -> ledger.history().of(new StateKey(namespace, key), bound, limit));
    }

    /** Runs one step of a query under this simulation's lock. */
    synchronized <T> T step(Supplier<T> read) {
        checkOpen();
        return guarded(read);
    }

    /** Shuts out whatever the contract left running. */
    synchronized void end() {
        ended = true;
    }

    /** What the state threw at a read, if it did; a contract may have swallowed it, the proposal may not. */
    synchronized Optional<RuntimeException> broken() {
        return Optional.ofNullable(broken).or(rules::passed);
    }

    /**
     * Whether everything read is true at one and the same height: nothing was committed meanwhile, or nothing that touches it.
     *
     * <p>What is read again with the version it had before was so when the second reading began, unless it was absent, came and went in between.
     * That is why it is read once more if blocks came during the second reading; yet not for as long as blocks come, since of what is absent
     * at commit nobody can tell.
     */
    synchronized boolean stillHolds() {
        if (overtaken) {
            return false;
        }
        long height = ledger.height();
        if (height == startHeight && reads.newestBlock() < startHeight) {
            heldAt = height;
            return true;
        }
        if (historyRead && reads.newestBlock() >= startHeight) {
            return false;
        }
        for (int readings = 1; reads.hold(ledger.state()); readings++) {
            long after = ledger.height();
            if (after == height || readings == MOST_READINGS) {
                heldAt = height;
                return true;
            }
            height = after;
        }
        return false;
    }

    /** What was read for this transaction on another channel does not hold there; nothing that is read here can make up for it. */
    synchronized void overtakenElsewhere() {
        overtaken = true;
    }

    /** Another channel could not be read for this transaction, whether or not the contract lives with it. */
    synchronized void brokenElsewhere(RuntimeException failure) {
        broken = failure;
    }

    /** The serialised read/write set. Called once, after {@link #end}. */
    synchronized ByteString results() {
        reads.ranges().forEach(range -> set.addRange(range.namespace(), range.info()));
        return set.build();
    }

    /** The state as it is by now. */
    StateReader state() {
        return ledger.state();
    }

    /** The keys written to, private ones by their hashes. */
    synchronized List<StateKey> written() {
        return rules.written().stream().map(Simulation::inState).sorted().toList();
    }

    private static StateKey inState(StateKey key) {
        return key.collection().isEmpty() ? key : hashed(key.chaincode(), key.collection(), key.key());
    }

    /** Whether anything is written at all. */
    synchronized boolean writes() {
        return !rules.written().isEmpty();
    }

    /** Whether a private value was read, for which a peer must be a member. */
    synchronized boolean readsPrivateValues() {
        return privateRead;
    }

    /** What is written to private collections, in clear; not a part of {@link #results}. */
    synchronized List<PrivateSet> privateSets() {
        return set.privateSets(new TxId(txId));
    }

    /** The height at which {@link #stillHolds} found everything true. */
    synchronized long heldAt() {
        return heldAt;
    }

    private void beforeWrite(String namespace, String key, int size) {
        checkOpen();
        rules.beforeWrite(new StateKey(namespace, key), size);
    }

    private <T> T guarded(Supplier<T> read) {
        try {
            return read.get();
        } catch (ChaincodeHostException refused) {
            throw refused;
        } catch (RuntimeException e) {
            broken = e;
            throw new ChaincodeHostException("the world state cannot be read now", e);
        }
    }

    private void checkOpen() {
        if (ended) {
            throw new ChaincodeHostException("the transaction has ended; nothing is read or written any more");
        }
    }
}
