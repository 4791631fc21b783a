package org.jangbu.model;

/** One node's copy of one channel's ledger; files, rows, caches and class loaders are kept apart by it. */
public record LedgerId(NodeName node, ChannelId channel) {
    @Override
    public String toString() {
        return node + "/" + channel;
    }
}
