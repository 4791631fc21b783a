package org.jangbu.peer.host;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jangbu.ledger.commit.ValidatedBlock;
import org.jangbu.ledger.query.QueryIndexes;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.LedgerId;
import org.jangbu.peer.deliver.SerialTask;
import org.jangbu.peer.endorse.JoinedChannel;
import org.jangbu.peer.lifecycle.node.ContractIndexes;
import org.jangbu.peer.log.EndorsementLog;

/**
 * Has the peers of this server make the indexes of their contracts, whenever something may have changed that they depend on: a ledger was
 * opened, a definition or an approval was committed, a package was installed. Works on a thread of its own, since making one takes its time.
 *
 * @see QueryIndexes
 */
final class IndexMaking implements AutoCloseable {
    private static final long RETRY_SECONDS = 30;

    private final ScheduledThreadPoolExecutor thread;
    private final SerialTask task;
    private final List<Peer> peers = new CopyOnWriteArrayList<>();

    private record Peer(ContractIndexes indexes, OpenPeer.Channels channels) {}

    IndexMaking(ThreadFactory threads) {
        this.thread = new ScheduledThreadPoolExecutor(1, threads);
        this.thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        // Refused only once it is closed.
        this.task = new SerialTask(thread, this::makeAll, () -> {});
    }

    void add(ContractIndexes indexes, OpenPeer.Channels channels) {
        peers.add(new Peer(indexes, channels));
    }

    /** Looks again at what is there and what is asked for. */
    void wake() {
        task.wake();
    }

    /** For a commit listener. */
    void committed(LedgerId ledger, ValidatedBlock block) {
        boolean concerned = block.writes().stream()
                .anyMatch(write -> write.key().chaincode().equals(ChaincodeName.LIFECYCLE.value()));
        if (concerned) {
            wake();
        }
    }

    private void makeAll() {
        boolean[] failed = {false};
        for (Peer peer : peers) {
            peer.channels().joined((channel, joined) -> failed[0] |= !made(peer, joined));
        }
        if (failed[0] && !thread.isShutdown()) {
            var unused = thread.schedule(this::wake, RETRY_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** What fails is tried again; the peer answers queries without indexes meanwhile. */
    private boolean made(Peer peer, JoinedChannel joined) {
        LedgerId id = joined.ledger().id();
        try {
            peer.indexes().make(id.channel(), joined.ledger());
            return true;
        } catch (RuntimeException e) {
            if (!thread.isShutdown()) {
                EndorsementLog.LOG.indexesNotMade(
                        id.node().value(), id.channel().value(), RETRY_SECONDS, e);
            }
            return false;
        }
    }

    /** What is being made is left to the database; the next start looks whether it came to its end. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
