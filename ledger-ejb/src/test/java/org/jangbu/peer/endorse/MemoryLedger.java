package org.jangbu.peer.endorse;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.ledger.commit.BlockEffects;
import org.jangbu.ledger.commit.HistoryWrite;
import org.jangbu.ledger.commit.PeerLedger;
import org.jangbu.ledger.commit.StateWrite;
import org.jangbu.ledger.commit.TransactionIndex;
import org.jangbu.ledger.commit.ValidatedBlock;
import org.jangbu.ledger.history.KeyHistory;
import org.jangbu.ledger.privatedata.CollectionMembership;
import org.jangbu.ledger.privatedata.HashWrite;
import org.jangbu.ledger.privatedata.KnownCollections;
import org.jangbu.ledger.privatedata.PrivateCommit;
import org.jangbu.ledger.privatedata.PrivateEffects;
import org.jangbu.ledger.privatedata.PrivateSet;
import org.jangbu.ledger.privatedata.PrivateStore;
import org.jangbu.ledger.privatedata.PrivateValue;
import org.jangbu.ledger.privatedata.TransientStore;
import org.jangbu.ledger.query.Documents;
import org.jangbu.ledger.state.AtHeight;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.ledger.state.VersionedValue;
import org.jangbu.ledger.state.WorldState;
import org.jangbu.model.BlockHash;
import org.jangbu.model.ChannelId;
import org.jangbu.model.LedgerId;
import org.jangbu.model.NodeName;
import org.jangbu.model.ParsedBlock;
import org.jangbu.model.Sha256;
import org.jangbu.model.TxId;
import org.jangbu.model.Version;
import org.jspecify.annotations.Nullable;

/** A ledger in memory, with the promises of the real one: whole blocks at once, reads of what is committed. Verdicts come from the test. */
public final class MemoryLedger implements PeerLedger, WorldState, KeyHistory, TransactionIndex {
    private final LedgerId id;
    private final NavigableMap<StateKey, VersionedValue> state = new TreeMap<>();
    private final Map<StateKey, List<KeyHistory.Modification>> history = new HashMap<>();
    private final Map<TxId, TransactionIndex.Entry> transactions = new HashMap<>();
    private final List<Block> blocks = new ArrayList<>();
    private final MemoryPrivateStore privateStore = new MemoryPrivateStore(this);
    private final List<PrivateSet> waiting = new ArrayList<>();
    private CollectionMembership members = (chaincode, collection, reader) -> false;
    private volatile @Nullable RuntimeException outage;
    private volatile @Nullable Runnable beforeRead;
    private volatile long height;

    public MemoryLedger(String node, String channel) {
        this.id = new LedgerId(new NodeName(node), new ChannelId(channel));
    }

    /** Says whose private data this ledger's peer holds. */
    public MemoryLedger memberBy(CollectionMembership membership) {
        members = membership;
        return this;
    }

    /** Private sets that wait for their blocks. */
    public synchronized List<PrivateSet> waiting() {
        return List.copyOf(waiting);
    }

    /** From now on every read fails with this; null ends it. */
    public void fail(@Nullable RuntimeException with) {
        outage = with;
    }

    /** Runs before each read of the state, outside of its lock; null for nothing. */
    public void beforeRead(@Nullable Runnable action) {
        beforeRead = action;
    }

    /** Commits a real block, all of its transactions with one verdict each. */
    public synchronized ValidatedBlock append(Block block, List<TxValidationCode> codes) {
        ValidatedBlock validated = BlockEffects.of(ParsedBlock.parse(block), codes, this);
        commit(validated);
        return validated;
    }

    /** Puts entries as of a new block that holds no transaction. */
    public synchronized void put(Map<StateKey, ByteString> entries) {
        entries.forEach((key, value) -> put(key, value, new Version(height, 0)));
        blocks.add(Block.getDefaultInstance());
        height++;
    }

    /** Puts private values and their hashes as of a new block that holds no transaction. */
    public synchronized void putPrivate(String chaincode, String collection, Map<String, String> entries) {
        Map<StateKey, ByteString> hashes = new HashMap<>();
        entries.forEach((key, text) -> {
            ByteString value = ByteString.copyFromUtf8(text);
            StateKey hashed = StateKey.hashed(chaincode, collection, Sha256.of(ByteString.copyFromUtf8(key)));
            hashes.put(hashed, Sha256.of(value));
            privateStore.put(hashed, new PrivateValue(key, value, new Version(height, 0)));
        });
        put(hashes);
    }

    /** Puts one entry at a version of the test's choosing. */
    public synchronized void put(StateKey key, ByteString value, Version version) {
        if (value.isEmpty()) {
            state.remove(key);
        } else {
            VersionedValue former = state.get(key);
            state.put(key, new VersionedValue(value, former == null ? ByteString.EMPTY : former.metadata(), version));
        }
        history.computeIfAbsent(key, k -> new ArrayList<>())
                .add(
                        0,
                        new KeyHistory.Modification(
                                new TxId("tx"), version, value, java.time.Instant.EPOCH, value.isEmpty()));
    }

    /** Sets metadata of an entry that is there. */
    public synchronized void putMetadata(StateKey key, ByteString metadata) {
        VersionedValue former = java.util.Objects.requireNonNull(state.get(key));
        state.put(key, new VersionedValue(former.value(), metadata, former.version()));
    }

    /** Says that blocks up to this number exist, without having them. */
    public synchronized void setHeight(long height) {
        this.height = height;
    }

    @Override
    public synchronized void commit(ValidatedBlock block) {
        commitPrivate(block);
        for (StateWrite write : block.writes()) {
            if (write.delete()) {
                state.remove(write.key());
            } else {
                state.put(write.key(), new VersionedValue(write.value(), write.metadata(), write.version()));
            }
        }
        for (HistoryWrite write : block.history()) {
            ValidatedBlock.Outcome outcome = block.transactions().get(write.position());
            history.computeIfAbsent(write.key(), k -> new ArrayList<>())
                    .add(
                            0,
                            new KeyHistory.Modification(
                                    outcome.txId(),
                                    new Version(block.number(), write.position()),
                                    write.value(),
                                    outcome.timestamp(),
                                    write.delete()));
        }
        int position = 0;
        for (ValidatedBlock.Outcome outcome : block.transactions()) {
            transactions.putIfAbsent(
                    outcome.txId(),
                    new TransactionIndex.Entry(outcome.txId(), block.number(), position++, outcome.code()));
        }
        blocks.add(block.block());
        height = block.number() + 1;
    }

    private void commitPrivate(ValidatedBlock block) {
        Map<StateKey, HashWrite> hashes = new HashMap<>();
        for (StateWrite write : block.writes()) {
            if (!write.key().collection().isEmpty()) {
                hashes.put(write.key(), new HashWrite(write.value(), write.delete(), write.version()));
            }
        }
        PrivateEffects effects = new PrivateCommit(
                        block.number(), block.privateHashes(), hashes, waiting, new KnownCollections(members, this))
                .effects(false, List.of());
        privateStore.apply(effects.held());
        waiting.removeIf(set -> effects.decided().contains(set.txId()));
    }

    @Override
    public PrivateStore privateData() {
        return privateStore;
    }

    @Override
    public TransientStore transients() {
        return new TransientStore() {
            @Override
            public void put(List<PrivateSet> sets, long height) {
                synchronized (MemoryLedger.this) {
                    waiting.addAll(sets);
                }
            }

            @Override
            public List<PrivateSet> find(Collection<TxId> transactions) {
                synchronized (MemoryLedger.this) {
                    return waiting.stream()
                            .filter(set -> transactions.contains(set.txId()))
                            .toList();
                }
            }
        };
    }

    @Override
    public boolean isMember(String chaincode, String collection) {
        return members.isMember(chaincode, collection, this);
    }

    @Override
    public Optional<VersionedValue> get(StateKey key) {
        return Optional.ofNullable(getAll(List.of(key)).get(key));
    }

    @Override
    public Map<StateKey, VersionedValue> getAll(Collection<StateKey> keys) {
        beforeReading();
        synchronized (this) {
            return keys.stream().filter(state::containsKey).collect(Collectors.toMap(k -> k, state::get));
        }
    }

    @Override
    public List<WorldState.Entry> range(String namespace, String start, String end, int limit) {
        beforeReading();
        synchronized (this) {
            return state.tailMap(new StateKey(namespace, start), true).entrySet().stream()
                    .takeWhile(e -> e.getKey().namespace().equals(namespace)
                            && (end.isEmpty() || e.getKey().compareTo(new StateKey(namespace, end)) < 0))
                    .limit(limit)
                    .map(e -> new WorldState.Entry(e.getKey(), e.getValue()))
                    .toList();
        }
    }

    @Override
    public List<KeyHistory.Modification> of(StateKey key, Optional<Version> before, int limit) {
        beforeReading();
        synchronized (this) {
            return history.getOrDefault(key, List.of()).stream()
                    .filter(m -> before.isEmpty() || m.version().compareTo(before.get()) < 0)
                    .limit(limit)
                    .toList();
        }
    }

    @Override
    public Optional<TransactionIndex.Entry> find(TxId txId) {
        beforeReading();
        synchronized (this) {
            return Optional.ofNullable(transactions.get(txId));
        }
    }

    @Override
    public Set<TxId> known(Collection<TxId> txIds) {
        return txIds.stream().filter(txId -> find(txId).isPresent()).collect(Collectors.toSet());
    }

    @Override
    public LedgerId id() {
        return id;
    }

    @Override
    public long height() {
        return height;
    }

    @Override
    public synchronized ByteString currentHash() {
        return blocks.isEmpty()
                ? ByteString.EMPTY
                : BlockHash.of(blocks.get(blocks.size() - 1).getHeader());
    }

    @Override
    public WorldState state() {
        return this;
    }

    @Override
    public KeyHistory history() {
        return this;
    }

    @Override
    public Documents documents() {
        return new MemoryDocuments(namespace -> new AtHeight<>(height, range(namespace, "", "", Integer.MAX_VALUE)));
    }

    @Override
    public Documents privateDocuments() {
        return new MemoryDocuments(privateStore::documents);
    }

    @Override
    public TransactionIndex transactions() {
        return this;
    }

    @Override
    public synchronized Optional<Block> block(long number) {
        return number >= 0 && number < blocks.size() ? Optional.of(blocks.get((int) number)) : Optional.empty();
    }

    @Override
    public synchronized Optional<Block> blockByHash(ByteString hash) {
        return blocks.stream()
                .filter(block -> BlockHash.of(block.getHeader()).equals(hash))
                .findFirst();
    }

    @Override
    public long lastConfig() {
        return 0;
    }

    @Override
    public void close() {}

    void beforeReading() {
        RuntimeException failure = outage;
        if (failure != null) {
            throw failure;
        }
        Runnable action = beforeRead;
        if (action != null) {
            action.run();
        }
    }
}
