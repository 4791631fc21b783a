package org.jangbu.peer.deliver;

import com.google.protobuf.ByteString;
import java.util.Optional;
import org.jangbu.model.LedgerId;
import org.jspecify.annotations.Nullable;

/** What a pipeline knows: what waits, what exists elsewhere, and how it is doing. Every method is short; nothing is done under its lock. */
final class PipelineState {
    private final PendingBlocks pending;
    private final RecentHashes recent = new RecentHashes();

    /** Blocks that a source or an orderer says there are. */
    private long announced;

    /** Blocks there would be if all that arrived were true. */
    private long sighted;

    private int failures;
    private boolean pausing;
    private boolean closed;
    private @Nullable String halted;

    /** Like halted, but tried again; nothing else may be committed meanwhile. */
    private @Nullable String held;

    private @Nullable String heldBy;

    private @Nullable String trouble;
    private @Nullable String fork;

    PipelineState(PendingBlocks pending) {
        this.pending = pending;
    }

    /** Takes a block if it has room and use for it; in any case a later block's number is noted. */
    synchronized PendingBlocks.Offer offer(BlockArrival arrival) {
        PendingBlocks.Offer outcome = closed || halted != null ? PendingBlocks.Offer.NO_ROOM : pending.offer(arrival);
        if (outcome == PendingBlocks.Offer.TAKEN || outcome == PendingBlocks.Offer.NO_ROOM) {
            sighted = max(sighted, arrival.number() + 1);
        }
        return outcome;
    }

    synchronized boolean isRecent(ByteString hash) {
        return recent.contains(hash);
    }

    /** The block whose turn it is, if it is here and may be tried now. */
    synchronized Optional<BlockArrival> head() {
        return closed || pausing || halted != null ? Optional.empty() : pending.head();
    }

    /** The head is in the ledger; true if that had failed before. */
    synchronized boolean committed(BlockArrival arrival) {
        boolean recovered = failures > 0;
        recent.add(arrival.hash());
        pending.advance();
        failures = 0;
        trouble = null;
        held = null;
        heldBy = null;
        return recovered;
    }

    /** The head was refused. Perhaps there is no such block at all: only what was announced still counts as known. */
    synchronized void refused(BlockArrival arrival) {
        pending.drop(arrival.number());
        sighted = 0;
    }

    /** A source was asked for blocks that only their arrival spoke of, and has none. */
    synchronized void noSuchBlocks() {
        sighted = 0;
    }

    synchronized void announced(long height) {
        announced = max(announced, height);
    }

    /** The head could not be committed and is not to be tried before {@link #resume}; returns how often in a row. */
    synchronized int pause(String reason) {
        pausing = true;
        trouble = reason;
        held = null;
        return ++failures;
    }

    /**
     * The head cannot be judged here as long as something is missing that an administrator has to bring.
     *
     * @param why the same, whatever transaction it was noticed at
     */
    synchronized Hold hold(String reason, String why) {
        boolean news = !why.equals(heldBy);
        heldBy = why;
        pausing = true;
        trouble = null;
        held = reason;
        return new Hold(++failures, news);
    }

    /**
     * How long it has been so.
     *
     * @param failures how often in a row
     * @param news whether the reason is another one than last time
     */
    record Hold(int failures, boolean news) {}

    synchronized void resume() {
        pausing = false;
    }

    synchronized void halt(String reason) {
        halted = reason;
    }

    synchronized void alarm(String reason) {
        fork = reason;
    }

    synchronized void close() {
        closed = true;
    }

    /** The first numbers that exist, are not here and would find room, at most {@code most}. */
    synchronized Optional<BlockFetcher.Range> missing(int most) {
        if (closed || halted != null) {
            return Optional.empty();
        }
        long from = pending.firstMissing();
        long existing = known() - from;
        int count = (int) Math.min(Math.min(existing, pending.room(from)), most);
        return count > 0 ? Optional.of(new BlockFetcher.Range(from, count)) : Optional.empty();
    }

    synchronized PipelineStatus status(LedgerId ledger, PipelineStatus.Counters counters) {
        return new PipelineStatus(
                ledger,
                pending.next(),
                known(),
                pending.size(),
                Optional.ofNullable(halted != null ? halted : held),
                Optional.ofNullable(trouble),
                Optional.ofNullable(fork),
                counters);
    }

    private long known() {
        return max(pending.next(), max(announced, sighted));
    }

    private static long max(long a, long b) {
        return Long.compareUnsigned(a, b) >= 0 ? a : b;
    }
}
