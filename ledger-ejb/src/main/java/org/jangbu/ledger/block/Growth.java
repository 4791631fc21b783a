package org.jangbu.ledger.block;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Tells those who follow a chain of blocks that it has grown. They are not told by what: they look, as far as they have room. Thread-safe. */
public final class Growth {
    private final Set<Follower> followers = Collections.newSetFromMap(new IdentityHashMap<>());

    /**
     * Has {@code wake} called after each growth, by the thread that made the chain grow: it must neither wait nor throw.
     *
     * @return ends that
     */
    public synchronized Registration follow(Runnable wake) {
        Follower follower = new Follower(wake);
        followers.add(follower);
        return () -> forget(follower);
    }

    /** The chain has grown, and readers see it. */
    public void grown() {
        List<Follower> told;
        synchronized (this) {
            told = List.copyOf(followers);
        }
        told.forEach(follower -> follower.wake().run());
    }

    /** How many follow. */
    public synchronized int followers() {
        return followers.size();
    }

    private synchronized void forget(Follower follower) {
        followers.remove(follower);
    }

    private record Follower(Runnable wake) {}

    /** Ends a following; repeated calls do nothing. */
    @FunctionalInterface
    public interface Registration {
        void close();
    }
}
