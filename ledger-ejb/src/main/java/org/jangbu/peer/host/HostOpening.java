package org.jangbu.peer.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.chaincode.java.JavaChaincodeDeployer;
import org.jangbu.chaincode.packaging.AllowedPackages;
import org.jangbu.chaincode.packaging.InstalledPackages;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.channel.ChannelConfigException;
import org.jangbu.ledger.commit.LedgerException;
import org.jangbu.ledger.commit.PeerLedger;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.ledger.node.NodeDirectory;
import org.jangbu.ledger.node.NodeDirectoryException;
import org.jangbu.model.ChannelId;
import org.jangbu.model.LedgerId;
import org.jangbu.msp.membership.ChannelMembership;
import org.jangbu.msp.membership.DoorCheck;
import org.jangbu.msp.membership.LocalMsp;
import org.jangbu.msp.membership.MspConfigurationException;
import org.jangbu.peer.deliver.ChannelJoin;
import org.jangbu.peer.deliver.ChannelPipeline;
import org.jangbu.peer.deliver.PipelineResources;
import org.jangbu.peer.endorse.Definitions;
import org.jangbu.peer.endorse.Endorser;
import org.jangbu.peer.endorse.JoinedChannel;
import org.jangbu.peer.endorse.PeerResources;
import org.jangbu.peer.endorse.ProposalQueue;
import org.jangbu.peer.endorse.SystemChaincode;
import org.jangbu.peer.event.CommitNotifier;
import org.jangbu.peer.event.Deadlines;
import org.jangbu.peer.gateway.LocalGateway;
import org.jangbu.peer.gateway.Questions;
import org.jangbu.peer.lifecycle.node.ApprovalFiles;
import org.jangbu.peer.lifecycle.node.LifecycleChaincode;
import org.jangbu.peer.lifecycle.node.PeerChaincodes;
import org.jangbu.peer.log.EndorsementLog;
import org.jangbu.peer.query.CsccChaincode;
import org.jangbu.peer.query.HostedLedgers;
import org.jangbu.peer.query.QsccChaincode;
import org.jangbu.peer.settings.PeerSettings;

/** Puts the peers of a server together: schema, nodes, ledgers, contracts, pipelines, gateway. All or nothing, but for broken ledgers. */
final class HostOpening {
    private static final Duration TICK = Duration.ofMillis(5);
    private static final int HELPERS = 4;

    private final HostParts parts;
    private final PeerSettings settings;
    private final OpenHost host = new OpenHost();
    private final LedgerHealth health;
    private final Deadlines deadlines = new Deadlines(System::nanoTime);
    private final Definitions definitions = new Definitions();
    private final CommitNotifier notifier;
    private final PipelineResources pipelines;

    HostOpening(HostParts parts, LateBlockSource source) {
        this.parts = parts;
        this.settings = parts.settings();
        this.health = new LedgerHealth(parts.health(), source, settings.readyLag());
        this.notifier =
                new CommitNotifier(settings.commitWaiters(), settings.commitPatience(), deadlines, parts.proposals());
        this.pipelines = new PipelineResources(
                source,
                parts.blocks(),
                parts.scheduler(),
                HELPERS,
                settings.deliver(),
                List.of(notifier::committed, parts.metrics()::blockCommitted));
    }

    /**
     * Opens everything. A ledger that is damaged is left out and told to health and log; the others go on.
     *
     * @throws LedgerException transient: the database is away, try again
     */
    OpenHost open()
            throws LedgerException, NodeDirectoryException, IOException, MspConfigurationException,
                    ChannelConfigException {
        boolean complete = false;
        try {
            parts.ledgers().migrate();
            Path home = parts.home();
            InstalledPackages installed = new InstalledPackages(home.resolve("packages"), home.resolve("work"));
            AllowedPackages allowed =
                    new AllowedPackages(home.resolve("packages").resolve("allowed"));
            JavaChaincodeDeployer deployer = new JavaChaincodeDeployer(shim(home), parts.threads());
            host.closeFirst(deployer);
            host.closeFirst(health);
            NodeDirectory directory = new NodeDirectory(home, parts.secrets());
            for (LocalNode node : directory.nodes()) {
                if (node.role() == LocalNode.Role.PEER) {
                    PeerChaincodes chaincodes = new PeerChaincodes(
                            node,
                            new ApprovalFiles(node.name(), node.home()),
                            installed,
                            allowed,
                            deployer,
                            settings.contracts(),
                            System::nanoTime);
                    open(node, chaincodes, directory.genesisBlocks(node));
                }
            }
            host.closeFirst(new Ticker(parts.threads(), TICK, deadlines::tick));
            host.complete(gateway(), queries(), notifier);
            complete = true;
            return host;
        } finally {
            if (!complete) {
                host.close();
            }
        }
    }

    private static List<Path> shim(Path home) {
        Path folder = home.resolve("lib").resolve("shim");
        return Files.isDirectory(folder) ? List.of(folder) : List.of();
    }

    private void open(LocalNode node, PeerChaincodes chaincodes, Map<ChannelId, Block> channels)
            throws LedgerException, IOException, MspConfigurationException, ChannelConfigException {
        OpenPeer.Channels joined = new OpenPeer.Channels();
        Map<String, SystemChaincode> system = new HashMap<>();
        for (SystemChaincode chaincode : List.of(
                new LifecycleChaincode(node, new ApprovalFiles(node.name(), node.home())),
                new QsccChaincode(joined.byName()),
                new CsccChaincode(joined::names, joined.byName()))) {
            system.put(chaincode.name(), chaincode);
        }
        LocalMsp msp = LocalMsp.read(node.home().resolve("msp"), node.mspId());
        PeerResources resources = new PeerResources(
                node, ChannelMembership.of(msp.msp()), joined.byName(), definitions, chaincodes, Map.copyOf(system));
        Endorser endorser =
                new Endorser(resources, settings.endorser(), parts.clock(), parts.revocations(), parts.metrics());
        ProposalQueue queue = new ProposalQueue(endorser, parts.proposals(), settings.concurrency(), settings.queue());
        host.add(new OpenPeer(joined, chaincodes, queue));
        for (Map.Entry<ChannelId, Block> channel : channels.entrySet()) {
            join(node, joined, channel.getKey(), channel.getValue());
        }
        EndorsementLog.LOG.peerOpen(
                node.name().value(), node.mspId().value(), joined.names().size());
    }

    private void join(LocalNode node, OpenPeer.Channels joined, ChannelId channel, Block genesis)
            throws LedgerException, ChannelConfigException {
        LedgerId id = new LedgerId(node.name(), channel);
        try {
            PeerLedger ledger = parts.ledgers().open(id, node.ledgers());
            host.add(ledger);
            ChannelConfig config = ChannelJoin.join(ledger, genesis);
            ChannelPipeline pipeline = new ChannelPipeline(ledger, config, pipelines);
            joined.add(channel, new JoinedChannel(ledger, pipeline::config));
            host.add(pipeline);
            health.watch(id, pipeline::status);
            parts.metrics().ledgerOpened(id, pipeline::status);
        } catch (LedgerException e) {
            if (e.isTransient()) {
                throw e;
            }
            EndorsementLog.LOG.ledgerLeftOut(id.node().value(), id.channel().value(), e);
            health.broken(id, String.valueOf(e.getMessage()));
        }
    }

    private LocalGateway gateway() {
        return new LocalGateway(
                host.peers().stream().map(OpenPeer::inGateway).toList(),
                new Questions(deadlines, parts.proposals(), settings.gateway().endorseTimeout()),
                notifier,
                settings.gateway());
    }

    private HostedLedgers queries() {
        return new HostedLedgers(
                host.peers().stream().map(OpenPeer::inQueries).toList(),
                new DoorCheck(parts.clock(), parts.revocations()));
    }
}
