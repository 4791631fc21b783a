package org.jangbu.peer.deliver;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Blocks that wait for their turn, by number: at most so many, at most so many bytes, none below the next one to be committed. The first to
 * come has the place. Not thread-safe.
 */
final class PendingBlocks {
    private final TreeMap<Long, BlockArrival> blocks = new TreeMap<>(Long::compareUnsigned);
    private final int most;
    private final long mostBytes;
    private long next;
    private long bytes;

    PendingBlocks(long next, int most, long mostBytes) {
        this.next = next;
        this.most = most;
        this.mostBytes = mostBytes;
    }

    /** What became of a block that was offered. */
    enum Offer {
        TAKEN,
        /** There is one of that number already, the same. */
        REPEATED,
        /** There is another one of that number already. */
        CONTRADICTED,
        /** Committed long ago. */
        PAST,
        /** Too far ahead, or too much waits already. */
        NO_ROOM
    }

    Offer offer(BlockArrival arrival) {
        long ahead = arrival.number() - next;
        if (Long.compareUnsigned(arrival.number(), next) < 0) {
            return Offer.PAST;
        }
        BlockArrival present = blocks.get(arrival.number());
        if (present != null) {
            return present.hash().equals(arrival.hash()) ? Offer.REPEATED : Offer.CONTRADICTED;
        }
        // The very next block has a place however much waits, so that the pipeline cannot stick.
        if (ahead != 0 && (ahead < 0 || ahead >= most || bytes + arrival.size() > mostBytes)) {
            return Offer.NO_ROOM;
        }
        blocks.put(arrival.number(), arrival);
        bytes += arrival.size();
        return Offer.TAKEN;
    }

    /** The block whose turn it is, if it is here. */
    Optional<BlockArrival> head() {
        return Optional.ofNullable(blocks.get(next));
    }

    /** The next block has been committed. */
    void advance() {
        drop(next);
        next++;
    }

    /** The block of that number is not wanted. */
    void drop(long number) {
        BlockArrival dropped = blocks.remove(number);
        if (dropped != null) {
            bytes -= dropped.size();
        }
    }

    long next() {
        return next;
    }

    int size() {
        return blocks.size();
    }

    /** The first number from the next on that is not here. */
    long firstMissing() {
        long missing = next;
        for (Map.Entry<Long, BlockArrival> entry : blocks.entrySet()) {
            if (entry.getKey() != missing) {
                break;
            }
            missing++;
        }
        return missing;
    }

    /** How many numbers from {@code from} on are not here and would find room. */
    int room(long from) {
        Long following = blocks.ceilingKey(from);
        long limit = next + most;
        long end = following != null && Long.compareUnsigned(following, limit) < 0 ? following : limit;
        return bytes >= mostBytes && from != next ? 0 : (int) Math.max(0, end - from);
    }
}
