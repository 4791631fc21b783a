package org.jangbu.peer.deliver;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.model.ChannelId;

/** The pipelines of all peers that this server hosts. A block is parsed once, however many of them it is for. */
public final class HostedPipelines implements BlockIntake, AutoCloseable {
    private final Map<ChannelId, List<ChannelPipeline>> pipelines = new ConcurrentHashMap<>();

    /** From now on the pipeline gets its channel's blocks. */
    public void add(ChannelPipeline pipeline) {
        pipelines
                .computeIfAbsent(pipeline.id().channel(), channel -> new CopyOnWriteArrayList<>())
                .add(pipeline);
        pipeline.start();
    }

    /** All pipelines. */
    public List<ChannelPipeline> all() {
        return pipelines.values().stream().flatMap(Collection::stream).toList();
    }

    @Override
    public void offer(ChannelId channel, Block block) {
        BlockArrival arrival = new BlockArrival(block);
        pipelines.getOrDefault(channel, List.of()).forEach(pipeline -> pipeline.offer(arrival));
    }

    @Override
    public void announce(ChannelId channel, long height) {
        pipelines.getOrDefault(channel, List.of()).forEach(pipeline -> pipeline.announce(height));
    }

    /** Stops them all; their ledgers stay open. */
    @Override
    public void close() {
        all().forEach(ChannelPipeline::close);
    }
}
