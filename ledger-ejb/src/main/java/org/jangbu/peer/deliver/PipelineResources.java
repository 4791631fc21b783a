package org.jangbu.peer.deliver;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.jangbu.chaincode.plugin.jars.Plugins;
import org.jangbu.ledger.block.BlockSource;
import org.jangbu.peer.validate.BlockValidator;
import org.jangbu.peer.validate.Parallel;

/**
 * What the pipelines of a server share.
 *
 * @param source where missing blocks are asked for
 * @param executor a bounded pool; a pipeline occupies one thread of it while it has something to do
 * @param scheduler for waits; tasks on it are short
 * @param helpers how many threads of the pool may help with the transactions of one block
 * @param listeners told of each committed block, in this order
 * @param plugins what may stand in the place of VSCC
 */
public record PipelineResources(
        BlockSource source,
        Executor executor,
        ScheduledExecutorService scheduler,
        int helpers,
        DeliverSettings settings,
        List<CommitListener> listeners,
        Plugins plugins) {
    public PipelineResources {
        listeners = List.copyOf(listeners);
    }

    /** Without plug-ins. */
    public PipelineResources(
            BlockSource source,
            Executor executor,
            ScheduledExecutorService scheduler,
            int helpers,
            DeliverSettings settings,
            List<CommitListener> listeners) {
        this(source, executor, scheduler, helpers, settings, listeners, Plugins.NONE);
    }

    Parallel parallel() {
        return new Parallel(executor, helpers);
    }

    BlockValidator validator() {
        return new BlockValidator(parallel(), plugins);
    }
}
