package org.jangbu.peer.event;

import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.orderer.SeekInfo;
import org.hyperledger.fabric.protos.orderer.SeekPosition;
import org.jangbu.ledger.block.Growth;
import org.jangbu.ledger.channel.ChannelConfig;

/**
 * One request for blocks while it is served. Whoever sends pulls the next step when there is room for it; nothing is read ahead. Who reads is
 * judged again for each block: an identity that expires, is revoked or loses its right gets no further one. For one thread at a time.
 */
public final class DeliverSession {
    private final FollowedChain chain;
    private final SeekRequest request;
    private final DeliverDoor.Readers readers;
    private final long stop;
    private long next;
    private boolean done;
    private long judgedAt;

    private DeliverSession(
            FollowedChain chain,
            SeekRequest request,
            DeliverDoor.Readers readers,
            long start,
            long stop,
            long sequence) {
        this.chain = chain;
        this.request = request;
        this.readers = readers;
        this.next = start;
        this.stop = stop;
        this.judgedAt = sequence;
    }

    /** What is to be done next. */
    public sealed interface Step {}

    /** Send this block. */
    public record Send(Block block) implements Step {}

    /** There is no further block yet. */
    public record Wait() implements Step {}

    /** It is over: send this status; only after SUCCESS may the client ask again on the same stream. */
    public record End(Status status, String reason) implements Step {}

    static DeliverSession begin(FollowedChain chain, SeekRequest request, DeliverDoor.Readers readers, long sequence)
            throws SeekException {
        long height = chain.height();
        long start = start(request.seek().getStart(), height);
        long stop = stop(request.seek(), start, height);
        if (Long.compareUnsigned(stop, start) < 0) {
            throw SeekRequest.bad("start number " + Long.toUnsignedString(start) + " greater than stop number "
                    + Long.toUnsignedString(stop));
        }
        if (Long.compareUnsigned(start, height) > 0) {
            throw new SeekException(Status.NOT_FOUND, "there is no block " + Long.toUnsignedString(start) + " yet");
        }
        return new DeliverSession(chain, request, readers, start, stop, sequence);
    }

    private static long start(SeekPosition position, long height) throws SeekException {
        return switch (position.getTypeCase()) {
            case NEWEST -> Math.max(0, height - 1);
            case OLDEST -> 0;
            case SPECIFIED -> position.getSpecified().getNumber();
            case NEXT_COMMIT -> height;
            case TYPE_NOT_SET -> throw SeekRequest.bad("the start position says nothing");
        };
    }

    private static long stop(SeekInfo seek, long start, long height) throws SeekException {
        SeekPosition position = seek.getStop();
        return switch (position.getTypeCase()) {
            case OLDEST -> start;
            case NEWEST -> seek.getStart().equals(position) ? start : Math.max(0, height - 1);
            case SPECIFIED -> position.getSpecified().getNumber();
            case NEXT_COMMIT, TYPE_NOT_SET -> throw SeekRequest.bad("the stop position says nothing");
        };
    }

    /** The channel's configuration now. */
    public ChannelConfig config() {
        return chain.config();
    }

    /** The serialised identity of whoever reads. */
    public com.google.protobuf.ByteString reader() {
        return request.signed().identity();
    }

    /** Whether only header and signatures of blocks are wanted. */
    public boolean wantsHeadersOnly() {
        return request.seek().getContentType() == SeekInfo.SeekContentType.HEADER_WITH_SIG;
    }

    /** The next step. */
    public Step poll() {
        if (done) {
            return new End(Status.SUCCESS, "");
        }
        if (!chain.isOpen()) {
            return new End(Status.NOT_FOUND, "the channel is not here any more");
        }
        boolean here = Long.compareUnsigned(next, chain.height()) < 0;
        if (!here) {
            return request.seek().getBehavior() == SeekInfo.SeekBehavior.FAIL_IF_NOT_READY
                    ? new End(Status.NOT_FOUND, "there is no block " + Long.toUnsignedString(next) + " yet")
                    : new Wait();
        }
        Optional<String> lapsed = lapsed();
        if (lapsed.isPresent()) {
            return new End(Status.FORBIDDEN, lapsed.get());
        }
        Optional<Block> block;
        try {
            block = chain.block(next);
        } catch (RuntimeException e) {
            return new End(Status.SERVICE_UNAVAILABLE, String.valueOf(e.getMessage()));
        }
        if (block.isEmpty()) {
            return new End(Status.SERVICE_UNAVAILABLE, "block " + Long.toUnsignedString(next) + " cannot be read");
        }
        done = next == stop;
        next++;
        return new Send(block.get());
    }

    /** Has {@code wake} called when a {@link Wait} may be over. */
    public Growth.Registration follow(Runnable wake) {
        return chain.follow(wake);
    }

    private Optional<String> lapsed() {
        ChannelConfig config = chain.config();
        if (config.sequence() != judgedAt) {
            judgedAt = config.sequence();
            return readers.refusal(config, request.signed());
        }
        return readers.lapse(config, request.signed());
    }
}
