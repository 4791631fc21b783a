package org.jangbu.peer.reconcile;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jangbu.ledger.commit.PeerLedger;
import org.jangbu.ledger.privatedata.CollectionName;
import org.jangbu.ledger.privatedata.FoundSet;
import org.jangbu.ledger.privatedata.MissingSet;
import org.jangbu.peer.endorse.JoinedChannel;

/**
 * Fetches the private sets that peers of this server lack from other members: what was lost between endorsement and commit, what was written before a peer joined or
 * its organisation became a member, and everything after a database was lost. Each set is measured by the block, whoever told it. Sets that nobody tells are asked for
 * less and less often. Holds nothing while it waits for others, and no commit waits for more than one short transaction of it.
 */
public final class Reconciler {
    private final MemberPeers peers;
    private final ReconcileSettings settings;

    public Reconciler(MemberPeers peers, ReconcileSettings settings) {
        this.peers = peers;
        this.settings = settings;
    }

    /**
     * Asks for everything that it is time to ask for.
     *
     * @param closing when to leave off
     * @return how many sets have come in
     * @throws org.jangbu.ledger.state.StateUnavailableException while the database is away
     */
    public int reconcile(JoinedChannel channel, BooleanSupplier closing) {
        PeerLedger ledger = channel.ledger();
        List<CollectionName> mine = ledger.missingSets().collections().stream()
                .filter(name -> ledger.isMember(name.chaincode(), name.collection()))
                .toList();
        int filled = 0;
        while (!mine.isEmpty() && !closing.getAsBoolean()) {
            List<MissingSet> due = ledger.missingSets().due(mine, settings.batch());
            if (due.isEmpty()) {
                break;
            }
            filled += ask(channel, due, closing);
        }
        if (filled > 0) {
            ReconcileLog.LOG.reconciled(ledger.id().channel(), ledger.id().node(), filled);
        }
        return filled;
    }

    private int ask(JoinedChannel channel, List<MissingSet> due, BooleanSupplier closing) {
        PeerLedger ledger = channel.ledger();
        Set<MissingSet> open = new LinkedHashSet<>(due);
        List<FoundSet> purged = purged(ledger, due);
        int filled = ledger.missingSets().fill(purged);
        purged.forEach(set -> open.remove(set.missing()));
        for (MemberPeer peer : peers.of(channel)) {
            boolean more = true;
            while (more && !open.isEmpty() && !closing.getAsBoolean()) {
                List<FoundSet> found = ask(ledger, peer, open);
                filled += ledger.missingSets().fill(found);
                found.forEach(set -> open.remove(set.missing()));
                more = !found.isEmpty();
            }
        }
        ledger.missingSets().postpone(List.copyOf(open), settings.interval(), settings.longestWait());
        return filled;
    }

    /** Sets of which everything has been purged: nobody has them any more, and nobody need be asked. */
    private static List<FoundSet> purged(PeerLedger ledger, List<MissingSet> sets) {
        BlockHashes hashes = new BlockHashes(ledger);
        List<FoundSet> purged = new ArrayList<>();
        for (MissingSet set : sets) {
            measure(ledger, hashes, new ToldSet(set, ByteString.EMPTY)).ifPresent(purged::add);
        }
        return purged;
    }

    /** What a peer tells of sets, as far as it is true. */
    private static List<FoundSet> ask(PeerLedger ledger, MemberPeer peer, Set<MissingSet> open) {
        List<MissingSet> wanted = open.stream()
                .filter(set -> peer.isMember(set.expected().name()))
                .toList();
        List<FoundSet> found = new ArrayList<>();
        if (wanted.isEmpty()) {
            return found;
        }
        BlockHashes hashes = new BlockHashes(ledger);
        try {
            for (ToldSet told : peer.tell(wanted)) {
                Optional<FoundSet> good =
                        open.contains(told.asked()) ? measure(ledger, hashes, told) : Optional.empty();
                good.ifPresentOrElse(found::add, () -> refuse(ledger, peer, told));
            }
        } catch (PeerSilentException e) {
            ReconcileLog.LOG.silent(
                    ledger.id().channel(), ledger.id().node(), peer.name(), String.valueOf(e.getMessage()));
        }
        return found;
    }

    private static Optional<FoundSet> measure(PeerLedger ledger, BlockHashes hashes, ToldSet told) {
        MissingSet missing = told.asked();
        CollectionName name = missing.expected().name();
        return hashes.find(missing.block(), missing.expected().position(), name)
                .flatMap(set -> set.check(told.content(), ledger.privateData()))
                .map(writes -> new FoundSet(missing, writes, ledger.lifetime(name.chaincode(), name.collection())));
    }

    private static void refuse(PeerLedger ledger, MemberPeer peer, ToldSet told) {
        ReconcileLog.LOG.refused(
                ledger.id().channel(),
                told.asked().block(),
                told.asked().expected().txId(),
                ledger.id().node(),
                peer.name(),
                told.asked().expected().collection(),
                told.asked().expected().chaincode());
    }
}
