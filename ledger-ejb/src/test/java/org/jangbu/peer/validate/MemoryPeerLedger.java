package org.jangbu.peer.validate;

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
import org.jangbu.ledger.commit.LedgerException;
import org.jangbu.ledger.commit.PeerLedger;
import org.jangbu.ledger.commit.StateWrite;
import org.jangbu.ledger.commit.TransactionIndex;
import org.jangbu.ledger.commit.ValidatedBlock;
import org.jangbu.ledger.history.KeyHistory;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.ledger.state.StateUnavailableException;
import org.jangbu.ledger.state.VersionedValue;
import org.jangbu.ledger.state.WorldState;
import org.jangbu.model.BlockHash;
import org.jangbu.model.ChannelId;
import org.jangbu.model.LedgerId;
import org.jangbu.model.NodeName;
import org.jangbu.model.ParsedBlock;
import org.jangbu.model.TxId;

/** A ledger in memory, with a database that can go away. */
public final class MemoryPeerLedger implements PeerLedger, WorldState, TransactionIndex {
    private final LedgerId id = new LedgerId(new NodeName("peer0.org1.example.com"), new ChannelId("mychannel"));
    private final List<Block> blocks = new ArrayList<>();
    private final NavigableMap<StateKey, VersionedValue> state = new TreeMap<>();
    private final Map<TxId, TransactionIndex.Entry> transactions = new HashMap<>();
    private volatile boolean away;
    private volatile boolean broken;
    private int queries;

    /** A ledger with its first block. */
    public static MemoryPeerLedger startingWith(Block genesis) {
        MemoryPeerLedger ledger = new MemoryPeerLedger();
        try {
            ledger.commit(BlockEffects.of(ParsedBlock.parse(genesis), List.of(TxValidationCode.VALID), ledger));
        } catch (LedgerException e) {
            throw new IllegalStateException(e);
        }
        return ledger;
    }

    /** Lets the database go away, or come back. */
    public void away(boolean gone) {
        away = gone;
    }

    /** Lets commits fail for good. */
    public void broken(boolean damaged) {
        broken = damaged;
    }

    /** Puts an entry where it is, whatever the blocks say. */
    public synchronized void put(StateKey key, VersionedValue value) {
        state.put(key, value);
    }

    /** How many queries have been asked. */
    public synchronized int queries() {
        return queries;
    }

    @Override
    public LedgerId id() {
        return id;
    }

    @Override
    public synchronized long height() {
        return blocks.size();
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
        throw new UnsupportedOperationException("no test asks for it");
    }

    @Override
    public TransactionIndex transactions() {
        return this;
    }

    @Override
    public synchronized Optional<Block> block(long number) {
        return number < blocks.size() ? Optional.of(blocks.get((int) number)) : Optional.empty();
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
    public synchronized void commit(ValidatedBlock block) throws LedgerException {
        if (away) {
            throw new LedgerException(id, true, "the database is away", new IllegalStateException("away"));
        }
        if (broken) {
            throw new LedgerException(id, "the block file is damaged");
        }
        if (block.number() != blocks.size()) {
            throw new LedgerException(id, "block " + block.number() + " is not the next one");
        }
        blocks.add(block.block());
        for (StateWrite write : block.writes()) {
            if (write.delete()) {
                state.remove(write.key());
            } else {
                state.put(write.key(), new VersionedValue(write.value(), write.metadata(), write.version()));
            }
        }
        for (int tx = 0; tx < block.transactions().size(); tx++) {
            ValidatedBlock.Outcome outcome = block.transactions().get(tx);
            transactions.putIfAbsent(
                    outcome.txId(), new TransactionIndex.Entry(outcome.txId(), block.number(), tx, outcome.code()));
        }
    }

    @Override
    public synchronized Optional<TransactionIndex.Entry> find(TxId txId) {
        reachable();
        return Optional.ofNullable(transactions.get(txId));
    }

    @Override
    public synchronized Set<TxId> known(Collection<TxId> txIds) {
        reachable();
        return txIds.stream().filter(transactions::containsKey).collect(Collectors.toSet());
    }

    @Override
    public synchronized Optional<VersionedValue> get(StateKey key) {
        reachable();
        return Optional.ofNullable(state.get(key));
    }

    @Override
    public synchronized Map<StateKey, VersionedValue> getAll(Collection<StateKey> keys) {
        reachable();
        Map<StateKey, VersionedValue> found = new HashMap<>();
        for (StateKey key : keys) {
            VersionedValue value = state.get(key);
            if (value != null) {
                found.put(key, value);
            }
        }
        return found;
    }

    @Override
    public synchronized List<WorldState.Entry> range(String namespace, String start, String end, int limit) {
        reachable();
        return state.tailMap(new StateKey(namespace, start), true).entrySet().stream()
                .takeWhile(entry -> entry.getKey().namespace().equals(namespace)
                        && (end.isEmpty() || entry.getKey().compareTo(new StateKey(namespace, end)) < 0))
                .limit(limit)
                .map(entry -> new WorldState.Entry(entry.getKey(), entry.getValue()))
                .toList();
    }

    @Override
    public void close() {}

    private void reachable() {
        queries++;
        if (away) {
            throw new StateUnavailableException("the database is away", true);
        }
    }
}
