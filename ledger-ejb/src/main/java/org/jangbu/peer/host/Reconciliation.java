package org.jangbu.peer.host;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.jangbu.ledger.state.StateUnavailableException;
import org.jangbu.peer.endorse.JoinedChannel;
import org.jangbu.peer.reconcile.ReconcileLog;
import org.jangbu.peer.reconcile.Reconciler;

/** Lets every peer of this server ask for the private data that it lacks, at once and then from time to time, on one thread. */
final class Reconciliation implements AutoCloseable {
    private final List<OpenPeer> peers;
    private final Reconciler reconciler;
    private final Ticker ticker;
    private volatile boolean closed;

    @SuppressWarnings("this-escape") // the ticker runs a method of this, which is complete by then
    Reconciliation(List<OpenPeer> peers, Reconciler reconciler, ThreadFactory threads, Duration interval) {
        this.peers = peers;
        this.reconciler = reconciler;
        this.ticker = new Ticker(threads, interval, this::round);
    }

    private void round() {
        for (OpenPeer peer : peers) {
            peer.channels().joined((channel, joined) -> reconcile(joined));
        }
    }

    private void reconcile(JoinedChannel joined) {
        if (closed) {
            return;
        }
        try {
            reconciler.reconcile(joined, () -> closed);
        } catch (StateUnavailableException e) {
            ReconcileLog.LOG.failed(
                    joined.ledger().id().channel(), joined.ledger().id().node(), e);
        }
    }

    /** Ends after the question that is being asked. */
    @Override
    public void close() {
        closed = true;
        ticker.close();
    }
}
