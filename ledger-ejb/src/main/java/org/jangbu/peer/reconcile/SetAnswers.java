package org.jangbu.peer.reconcile;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jangbu.ledger.commit.PeerLedger;
import org.jangbu.ledger.privatedata.CollectionName;
import org.jangbu.ledger.privatedata.MissingSet;
import org.jangbu.ledger.privatedata.PastSet;
import org.jangbu.model.MspId;
import org.jangbu.peer.lifecycle.CollectionMembers;

/**
 * What a peer tells another of past private sets: those of collections of which the asker's organisation is a member as definitions stand now, as Fabric does for
 * peers that come late, and only what the peer itself can prove by the block. Bounded in number and bytes; the rest is asked for again.
 */
public final class SetAnswers {
    /** Most sets looked up for one question. */
    public static final int MAX_SETS = 1_000;

    private final PeerLedger ledger;
    private final long maxBytes;

    /**
     * Answers from a ledger.
     *
     * @param maxBytes after how many bytes an answer ends; its last set may go beyond
     */
    public SetAnswers(PeerLedger ledger, long maxBytes) {
        this.ledger = ledger;
        this.maxBytes = maxBytes;
    }

    /**
     * The sets that are here.
     *
     * @param asking the organisation of whoever asks, proved by the caller
     */
    public List<ToldSet> tell(MspId asking, List<MissingSet> sets) {
        CollectionMembers members = new CollectionMembers(asking);
        Map<CollectionName, Boolean> allowed = new HashMap<>();
        BlockHashes hashes = new BlockHashes(ledger);
        List<ToldSet> told = new ArrayList<>();
        long bytes = 0;
        for (MissingSet set : sets.subList(0, Math.min(sets.size(), MAX_SETS))) {
            boolean may = allowed.computeIfAbsent(
                    set.expected().name(),
                    name -> members.isMember(name.chaincode(), name.collection(), ledger.state()));
            Optional<ByteString> content = may && bytes < maxBytes ? find(hashes, set) : Optional.empty();
            if (content.isPresent()) {
                told.add(new ToldSet(set, content.get()));
                bytes += content.get().size();
            }
        }
        return told;
    }

    private Optional<ByteString> find(BlockHashes hashes, MissingSet set) {
        Optional<PastSet> past = hashes.find(
                set.block(), set.expected().position(), set.expected().name());
        return past.flatMap(known -> known.in(ledger.privateData()));
    }
}
