package org.jangbu.peer.deliver;

import com.google.protobuf.ByteString;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.model.BlockHash;
import org.jangbu.model.ParsedBlock;
import org.jangbu.msp.membership.Membership;
import org.jangbu.peer.validate.SignaturePrefetch;

/**
 * A block that has arrived, and what can be done with it before its turn comes: parsing, and checking raw signatures. Shared by all peers of
 * the server that it is for, so that this is done once.
 */
final class BlockArrival {
    private final Block block;
    private final ByteString hash;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CompletableFuture<ParsedBlock> parsed = new CompletableFuture<>();

    BlockArrival(Block block) {
        this.block = block;
        this.hash = BlockHash.of(block.getHeader());
    }

    Block block() {
        return block;
    }

    long number() {
        return block.getHeader().getNumber();
    }

    /** The hash of its header. */
    ByteString hash() {
        return hash;
    }

    int size() {
        return block.getSerializedSize();
    }

    /** Begins the work ahead, unless somebody has; in this thread if the executor has no room. */
    void prepare(Executor executor, SignaturePrefetch prefetch, Membership membership) {
        if (!begun.compareAndSet(false, true)) {
            return;
        }
        try {
            executor.execute(() -> work(prefetch, membership));
        } catch (RejectedExecutionException e) {
            parsed.complete(ParsedBlock.parse(block));
        }
    }

    /** Whether the work ahead is done. */
    boolean isParsed() {
        return parsed.isDone();
    }

    /** Runs a short task when the work ahead is done; at once if it is. */
    void whenParsed(Runnable task) {
        CompletionStage<ParsedBlock> done = parsed;
        done.whenComplete((block, failure) -> task.run());
    }

    /** The block in parsed form; to be asked once the work ahead is done. */
    ParsedBlock parsed() {
        return parsed.join();
    }

    private void work(SignaturePrefetch prefetch, Membership membership) {
        try {
            ParsedBlock result = ParsedBlock.parse(block);
            prefetch.check(result, membership);
            parsed.complete(result);
        } catch (RuntimeException | Error e) {
            parsed.completeExceptionally(e);
        }
    }
}
