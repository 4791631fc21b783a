package org.jangbu.ordering.sequence;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import org.jangbu.ledger.channel.ChannelConfig.OrdererSettings;
import org.jangbu.ordering.broadcast.Batch;

/**
 * Cuts ordered envelopes into the transactions of one or more blocks by the channel's BatchSize. One block is the rule, since the door cuts
 * batches by the same limits; more are needed when the limits shrank while the batch was on its way.
 */
final class BlockCutter {
    private BlockCutter() {}

    /** Parts in order, none empty. An envelope above PreferredMaxBytes stands alone. */
    static List<List<ByteString>> cut(List<Batch.Entry> ordered, OrdererSettings settings) {
        List<List<ByteString>> parts = new ArrayList<>();
        List<ByteString> part = new ArrayList<>();
        long bytes = 0;
        for (Batch.Entry entry : ordered) {
            int size = entry.envelope().size();
            boolean full = part.size() >= Math.max(1, settings.maxMessageCount());
            boolean heavy = bytes + size > settings.preferredMaxBytes();
            if (!part.isEmpty() && (full || heavy)) {
                parts.add(List.copyOf(part));
                part.clear();
                bytes = 0;
            }
            part.add(entry.envelope());
            bytes += size;
        }
        if (!part.isEmpty()) {
            parts.add(List.copyOf(part));
        }
        return List.copyOf(parts);
    }
}
