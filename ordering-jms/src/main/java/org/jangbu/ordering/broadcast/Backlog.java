package org.jangbu.ordering.broadcast;

/** How much waits at the door, over all channels, and how much may. */
final class Backlog {
    private final long mostEnvelopes;
    private final long mostBytes;
    private long envelopes;
    private long bytes;

    Backlog(long mostEnvelopes, long mostBytes) {
        this.mostEnvelopes = mostEnvelopes;
        this.mostBytes = mostBytes;
    }

    /** Whether there is room; if so it is taken. A single envelope always finds room in an empty backlog. */
    synchronized boolean enter(long size) {
        if (envelopes > 0 && (envelopes >= mostEnvelopes || bytes + size > mostBytes)) {
            return false;
        }
        envelopes++;
        bytes += size;
        return true;
    }

    synchronized void leave(long size) {
        envelopes--;
        bytes -= size;
    }
}
