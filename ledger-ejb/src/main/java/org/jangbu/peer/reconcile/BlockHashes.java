package org.jangbu.peer.reconcile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.ledger.commit.PeerLedger;
import org.jangbu.ledger.privatedata.CollectionName;
import org.jangbu.ledger.privatedata.PastSet;
import org.jangbu.model.ParsedBlock;
import org.jangbu.model.ParsedTransaction;
import org.jangbu.model.ReadWriteSet;
import org.jangbu.model.TransactionsFilter;
import org.jangbu.model.Version;

/** The hashes of private sets in the blocks of a ledger, each block read once. For one thread and a few blocks. */
final class BlockHashes {
    private final PeerLedger ledger;
    private final Map<Long, List<Optional<ReadWriteSet>>> blocks = new HashMap<>();

    BlockHashes(PeerLedger ledger) {
        this.ledger = ledger;
    }

    /** The set behind a transaction's hashes; empty if there is no such block, or no valid transaction with such hashes in it. */
    Optional<PastSet> find(long block, int position, CollectionName name) {
        List<Optional<ReadWriteSet>> sets = blocks.computeIfAbsent(block, this::valid);
        if (position < 0 || position >= sets.size()) {
            return Optional.empty();
        }
        return sets.get(position)
                .flatMap(set -> collection(set, name))
                .map(collection -> new PastSet(name.chaincode(), collection, new Version(block, position)));
    }

    private static Optional<ReadWriteSet.Collection> collection(ReadWriteSet set, CollectionName name) {
        return set.namespaces().stream()
                .filter(namespace -> namespace.name().equals(name.chaincode()))
                .flatMap(namespace -> namespace.collections().stream())
                .filter(collection -> collection.name().equals(name.collection()) && collection.hasWrites())
                .findFirst();
    }

    /** What the transactions of a block read and wrote; nothing in the place of one that is not valid. */
    private List<Optional<ReadWriteSet>> valid(long number) {
        Optional<Block> block = number < 0 ? Optional.empty() : ledger.block(number);
        if (block.isEmpty()) {
            return List.of();
        }
        TransactionsFilter filter = TransactionsFilter.of(block.get());
        List<ParsedTransaction> transactions = ParsedBlock.parse(block.get()).transactions();
        List<Optional<ReadWriteSet>> sets = new ArrayList<>();
        for (int i = 0; i < transactions.size(); i++) {
            sets.add(
                    filter.isValid(i) && transactions.get(i) instanceof ParsedTransaction.Endorser endorser
                            ? Optional.of(endorser.transaction().readWriteSet())
                            : Optional.empty());
        }
        return sets;
    }
}
