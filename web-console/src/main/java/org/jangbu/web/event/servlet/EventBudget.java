package org.jangbu.web.event.servlet;

import com.google.protobuf.ByteString;
import java.util.HashMap;
import java.util.Map;
import org.jangbu.web.event.EventLimits;

/** The places of streams and the bytes of their events. Thread-safe. */
final class EventBudget {
    private final EventLimits limits;
    private final Map<ByteString, Integer> byCaller = new HashMap<>();
    private int streams;
    private long bytes;

    EventBudget(EventLimits limits) {
        this.limits = limits;
    }

    /** Takes a place for a stream, if there is one. */
    synchronized boolean enter(ByteString caller) {
        int own = byCaller.getOrDefault(caller, 0);
        if (streams >= limits.streams() || own >= limits.streamsPerCaller()) {
            return false;
        }
        streams++;
        byCaller.put(caller, own + 1);
        return true;
    }

    /** Gives a place back. */
    synchronized void leave(ByteString caller) {
        streams--;
        byCaller.computeIfPresent(caller, (who, own) -> own == 1 ? null : own - 1);
    }

    /**
     * Takes room for an event. What one stream holds may be larger than all the room there is while no other stream holds anything.
     *
     * @param held what the stream has taken and not given back
     */
    synchronized boolean take(int size, long held) {
        if (bytes > held && bytes + size > limits.bytes()) {
            return false;
        }
        bytes += size;
        return true;
    }

    /** Gives room back. */
    synchronized void give(long size) {
        bytes -= size;
    }

    synchronized int streams() {
        return streams;
    }

    synchronized long bytes() {
        return bytes;
    }
}
