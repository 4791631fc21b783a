package org.jangbu.peer.host;

import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.channel.ChannelConfigException;
import org.jangbu.ledger.commit.LedgerException;
import org.jangbu.ledger.commit.PeerLedger;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.model.ChannelId;
import org.jangbu.model.LedgerId;
import org.jangbu.peer.deliver.ChannelJoin;
import org.jangbu.peer.deliver.ChannelPipeline;
import org.jangbu.peer.deliver.PipelineResources;
import org.jangbu.peer.endorse.JoinedChannel;
import org.jangbu.peer.lifecycle.CollectionMembers;
import org.jangbu.peer.log.EndorsementLog;

/** Puts a peer's copy of one channel to work: ledger, pipeline, health, figures. At start for all that lie in its folder, later for one that it joins. */
final class LedgerOpening {
    private final HostParts parts;
    private final OpenHost host;
    private final LedgerHealth health;
    private final PipelineResources pipelines;

    LedgerOpening(HostParts parts, OpenHost host, LedgerHealth health, PipelineResources pipelines) {
        this.parts = parts;
        this.host = host;
        this.health = health;
        this.pipelines = pipelines;
    }

    /**
     * Opens a ledger; one that is damaged is left out and told to health and log.
     *
     * @throws LedgerException transient: the database is away
     */
    void openOrLeaveOut(LocalNode node, OpenPeer.Channels joined, ChannelId channel, Block genesis)
            throws LedgerException, ChannelConfigException {
        try {
            open(node, joined, channel, genesis);
        } catch (LedgerException e) {
            if (e.isTransient()) {
                throw e;
            }
            LedgerId id = new LedgerId(node.name(), channel);
            EndorsementLog.LOG.ledgerLeftOut(id.node().value(), id.channel().value(), e);
            health.broken(id, String.valueOf(e.getMessage()));
        }
    }

    /** Opens a ledger, or leaves nothing open. */
    void open(LocalNode node, OpenPeer.Channels joined, ChannelId channel, Block genesis)
            throws LedgerException, ChannelConfigException {
        LedgerId id = new LedgerId(node.name(), channel);
        PeerLedger ledger = parts.ledgers().open(id, node.ledgers(), new CollectionMembers(node.mspId()));
        boolean complete = false;
        try {
            ChannelConfig config = ChannelJoin.join(ledger, genesis);
            ChannelPipeline pipeline = new ChannelPipeline(ledger, config, pipelines);
            host.add(ledger, pipeline);
            joined.add(channel, new JoinedChannel(ledger, pipeline::config));
            health.watch(id, pipeline::status);
            parts.metrics().ledgerOpened(id, pipeline::status);
            complete = true;
        } finally {
            if (!complete) {
                ledger.close();
            }
        }
    }
}
