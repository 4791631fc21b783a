package org.jangbu.web.rest;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import org.jangbu.peer.lifecycle.PeerPackages;
import org.jangbu.web.problem.Problem;
import org.jangbu.web.problem.ProblemCode;

/**
 * Messages that may hold a whole chaincode package and are signed, so that they must be in memory in one piece. Only a few of the larger ones
 * are there at once: many callers together must not exhaust the heap.
 */
public final class LargeMessages {
    /** What a signed proposal has besides a package: certificate, signature, names. */
    private static final long BESIDES = 128 << 10;

    private final int small;
    private final int most;
    private final Semaphore places;

    LargeMessages(Limits limits, PeerPackages packages) {
        this(limits.jsonBytes(), (int) most(packages), limits.largeMessages());
    }

    /**
     * @param small up to so many bytes a message is none of the larger ones
     * @param most most bytes of a message
     * @param places how many of the larger ones there may be
     */
    LargeMessages(int small, int most, int places) {
        this.small = small;
        this.most = most;
        this.places = new Semaphore(places);
    }

    /** A message in memory; whoever is done with it says so. */
    public record Held(ByteString bytes, Runnable done) {}

    /** Most bytes of such a message. */
    static long most(PeerPackages packages) {
        return packages.maxBytes() + BESIDES;
    }

    /** Reads a message to its end. */
    public Held read(InputStream body) throws IOException {
        byte[] begin = body.readNBytes(small);
        if (begin.length < small) {
            return new Held(UnsafeByteOperations.unsafeWrap(begin), () -> {});
        }
        if (!places.tryAcquire()) {
            throw Problem.of(
                            ProblemCode.UNAVAILABLE,
                            "this server has enough large messages in memory already; try again later")
                    .exception();
        }
        boolean read = false;
        try {
            byte[] rest = BoundedBody.read(body, most - small);
            byte[] all = Arrays.copyOf(begin, small + rest.length);
            System.arraycopy(rest, 0, all, small, rest.length);
            read = true;
            return new Held(UnsafeByteOperations.unsafeWrap(all), places::release);
        } finally {
            if (!read) {
                places.release();
            }
        }
    }
}
