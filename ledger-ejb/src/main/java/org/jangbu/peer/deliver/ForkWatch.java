package org.jangbu.peer.deliver;

import com.google.protobuf.ByteString;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.commit.PeerLedger;
import org.jangbu.model.BlockHash;

/**
 * Keeps an eye on blocks that contradict others of the same number. A contradiction alone is no fork: anybody can make up a block. It is one
 * if the orderer has signed both.
 */
final class ForkWatch {
    private static final int MOST_SUSPECTS = 16;

    private final Deque<BlockArrival> suspects = new ArrayDeque<>();

    /** Takes note of a block that is to be compared; not without bound, for a liar can send many. */
    synchronized void suspect(BlockArrival arrival) {
        if (suspects.size() < MOST_SUSPECTS
                && suspects.stream().noneMatch(known -> known.hash().equals(arrival.hash()))) {
            suspects.add(arrival);
        }
    }

    /** Whether there is anything to be compared with the committed blocks below {@code height}. */
    synchronized boolean hasSuspects(long height) {
        return suspects.stream().anyMatch(suspect -> Long.compareUnsigned(suspect.number(), height) < 0);
    }

    /** Other blocks of a number of which the first to come was refused. */
    synchronized List<BlockArrival> alternatives(long number) {
        List<BlockArrival> others =
                suspects.stream().filter(suspect -> suspect.number() == number).toList();
        suspects.removeAll(others);
        return others;
    }

    /** Blocks that the orderer has signed and that are not what stands in the ledger under their number. */
    List<BlockArrival> forks(PeerLedger ledger, ChannelConfig config) {
        List<BlockArrival> forks = new ArrayList<>();
        for (BlockArrival suspect : takeBelow(ledger.height())) {
            Optional<ByteString> committed =
                    ledger.block(suspect.number()).map(Block::getHeader).map(BlockHash::of);
            if (committed.isPresent() && !committed.get().equals(suspect.hash()) && isSigned(suspect, config)) {
                forks.add(suspect);
            }
        }
        return forks;
    }

    private synchronized List<BlockArrival> takeBelow(long height) {
        List<BlockArrival> ripe = suspects.stream()
                .filter(suspect -> Long.compareUnsigned(suspect.number(), height) < 0)
                .toList();
        suspects.removeAll(ripe);
        return ripe;
    }

    private static boolean isSigned(BlockArrival suspect, ChannelConfig config) {
        try {
            BlockVerifier.checkSignatures(suspect.block(), config);
            return true;
        } catch (RefusedBlockException e) {
            return false;
        }
    }
}
