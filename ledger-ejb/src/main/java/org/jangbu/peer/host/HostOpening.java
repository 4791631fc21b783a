package org.jangbu.peer.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.chaincode.java.JavaChaincodeDeployer;
import org.jangbu.chaincode.java.Limits;
import org.jangbu.chaincode.packaging.AllowedPackages;
import org.jangbu.chaincode.packaging.AllowedServices;
import org.jangbu.chaincode.packaging.InstalledPackages;
import org.jangbu.chaincode.packaging.PackageMetadata;
import org.jangbu.chaincode.plugin.jars.PluginJars;
import org.jangbu.chaincode.service.ServiceDeployer;
import org.jangbu.chaincode.service.ServiceLimits;
import org.jangbu.ledger.channel.ChannelConfigException;
import org.jangbu.ledger.commit.LedgerException;
import org.jangbu.ledger.consortium.Consortium;
import org.jangbu.ledger.consortium.ConsortiumFolder;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.ledger.node.NodeDirectory;
import org.jangbu.ledger.node.NodeDirectoryException;
import org.jangbu.model.ChannelId;
import org.jangbu.model.NodeName;
import org.jangbu.msp.client.Proposals;
import org.jangbu.msp.membership.ChannelMembership;
import org.jangbu.msp.membership.DoorCheck;
import org.jangbu.msp.membership.LocalMsp;
import org.jangbu.msp.membership.Membership;
import org.jangbu.msp.membership.MspConfigurationException;
import org.jangbu.peer.deliver.PipelineResources;
import org.jangbu.peer.endorse.Definitions;
import org.jangbu.peer.endorse.Endorser;
import org.jangbu.peer.endorse.MembersElsewhere;
import org.jangbu.peer.endorse.PeerResources;
import org.jangbu.peer.endorse.ProposalQueue;
import org.jangbu.peer.endorse.SystemChaincode;
import org.jangbu.peer.event.CommitNotifier;
import org.jangbu.peer.event.Deadlines;
import org.jangbu.peer.event.LedgerGrowth;
import org.jangbu.peer.gateway.AnchorPeers;
import org.jangbu.peer.gateway.Discovery;
import org.jangbu.peer.gateway.HostedPeer;
import org.jangbu.peer.gateway.LocalDiscovery;
import org.jangbu.peer.gateway.LocalGateway;
import org.jangbu.peer.gateway.LocalNamedPeers;
import org.jangbu.peer.gateway.OtherOrderers;
import org.jangbu.peer.gateway.OtherOrderersBlocks;
import org.jangbu.peer.gateway.Questions;
import org.jangbu.peer.gateway.RemotePeers;
import org.jangbu.peer.join.PeerChannels;
import org.jangbu.peer.lifecycle.node.ContractIndexes;
import org.jangbu.peer.lifecycle.node.JavaPackages;
import org.jangbu.peer.lifecycle.node.LedgerApprovals;
import org.jangbu.peer.lifecycle.node.LifecycleChaincode;
import org.jangbu.peer.lifecycle.node.LsccChaincode;
import org.jangbu.peer.lifecycle.node.NodePackages;
import org.jangbu.peer.lifecycle.node.PackageDeployer;
import org.jangbu.peer.lifecycle.node.PeerChaincodes;
import org.jangbu.peer.lifecycle.node.ServicePackages;
import org.jangbu.peer.log.EndorsementLog;
import org.jangbu.peer.query.CsccChaincode;
import org.jangbu.peer.query.HostedLedgers;
import org.jangbu.peer.query.QsccChaincode;
import org.jangbu.peer.reconcile.MemberChaincode;
import org.jangbu.peer.reconcile.Reconciler;
import org.jangbu.peer.reconcile.RemoteMembers;
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
    private final DoorCheck door;
    private final CommitNotifier notifier;
    private final PluginJars plugins;
    private final LedgerOpening ledgers;
    private final LedgerGrowth growth = new LedgerGrowth();
    private final AtomicReference<MembersElsewhere> elsewhere = new AtomicReference<>(MembersElsewhere.NONE);
    private final IndexMaking indexes;
    /** Addresses of this server's nodes. */
    private final Set<String> own;

    HostOpening(HostParts parts, LateBlockSource source) throws NodeDirectoryException {
        this.parts = parts;
        this.own = parts.nodes().nodes().stream().map(LocalNode::address).collect(Collectors.toSet());
        this.settings = parts.settings();
        this.health = new LedgerHealth(parts.health(), source, settings.readyLag());
        this.door = new DoorCheck(parts.clock(), parts.revocations());
        this.notifier =
                new CommitNotifier(settings.commitWaiters(), settings.commitPatience(), deadlines, parts.proposals());
        this.plugins = new PluginJars(parts.home().resolve("plugins"), parts.threads(), settings.pluginTimeout());
        host.closeAfterPeers(plugins);
        this.indexes = new IndexMaking(parts.threads());
        host.closeFirst(indexes);
        PipelineResources pipelines = new PipelineResources(
                new OtherOrderersBlocks(own, parts.others(), parts.clock(), this::member).behind(source),
                parts.blocks(),
                parts.scheduler(),
                HELPERS,
                settings.deliver(),
                List.of(notifier::committed, parts.metrics()::blockCommitted, growth::committed, indexes::committed),
                plugins);
        this.ledgers = new LedgerOpening(parts, host, health, pipelines);
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
            AllowedPackages allowed = allowed(home);
            JavaChaincodeDeployer java = new JavaChaincodeDeployer(shim(home), parts.threads());
            host.closeFirst(java);
            ServiceDeployer services = new ServiceDeployer(parts.threads());
            host.closeAfterPeers(services);
            AllowedServices callable =
                    new AllowedServices(home.resolve("packages").resolve("services"));
            host.closeFirst(health);
            NodeDirectory directory = parts.nodes();
            Administration administration = new Administration(host.peers(), door);
            PeerChannels joining = new OpenPeerChannels(administration, ledgers, directory);
            for (LocalNode node : directory.nodes()) {
                if (node.role() == LocalNode.Role.PEER) {
                    InstalledPackages installed = new InstalledPackages(
                            node.home().resolve("packages"), node.home().resolve("work"));
                    Map<String, PackageDeployer> deployers = Map.of(
                            PackageMetadata.JAVA,
                            new JavaPackages(node, installed, allowed, java, settings.contracts()),
                            PackageMetadata.SERVICE,
                            new ServicePackages(installed, callable, services, serviceLimits()));
                    open(node, installed, deployers, joining, directory.genesisBlocks(node));
                } else {
                    host.addOrderer(
                            ChannelMembership.of(LocalMsp.read(node.home().resolve("msp"), node.mspId())
                                    .msp()),
                            ConsortiumFolder.read(node).map(Consortium::membership));
                }
            }
            host.closeFirst(new Ticker(parts.threads(), TICK, deadlines::tick));
            List<PeerDoor> doors = doors();
            RemotePeers others = others();
            RemoteMembers members = new RemoteMembers(
                    new GatewayPeers(others, this::hosted),
                    name -> hosted(name)
                            .map(peer -> peer.resources().node().signer().current()),
                    proposals());
            elsewhere.set(members);
            host.complete(
                    gateway(others),
                    queries(),
                    joining,
                    notifier,
                    new OpenHost.Doors(doors, discovery(others), new OpenEventDoor(doors, door)));
            host.complete(namedPeers(), new OpenPeerPackages(administration, settings.packages()));
            host.closeFirst(new Reconciliation(
                    host.peers(),
                    new Reconciler(new HostedMembers(host::peers).and(members), settings.reconcile()),
                    parts.threads(),
                    settings.reconcile().interval()));
            complete = true;
            return host;
        } finally {
            if (!complete) {
                host.close();
            }
        }
    }

    /** A contract beside the key of an authority could misuse it, so nobody but the operator may say which one runs. */
    private static AllowedPackages allowed(Path home) throws IOException {
        Path list = home.resolve("packages").resolve("allowed");
        return AuthorityKeys.areBelow(home) ? AllowedPackages.ofOwnerAlone(list) : new AllowedPackages(list);
    }

    private ServiceLimits serviceLimits() {
        Limits contracts = settings.contracts();
        return new ServiceLimits(contracts.timeout(), contracts.writtenBytes(), contracts.concurrency());
    }

    private static List<Path> shim(Path home) {
        Path folder = home.resolve("lib").resolve("shim");
        return Files.isDirectory(folder) ? List.of(folder) : List.of();
    }

    private void open(
            LocalNode node,
            InstalledPackages installed,
            Map<String, PackageDeployer> deployers,
            PeerChannels joining,
            Map<ChannelId, Block> channels)
            throws LedgerException, IOException, MspConfigurationException, ChannelConfigException {
        OpenPeer.Channels joined = new OpenPeer.Channels(indexes::wake);
        LedgerApprovals approvals = new LedgerApprovals(node, joined.byName());
        PeerChaincodes chaincodes = new PeerChaincodes(node, approvals, installed, deployers, System::nanoTime);
        indexes.add(new ContractIndexes(node, approvals, installed), joined);
        NodePackages packages =
                new NodePackages(node, installed, settings.packages().bytes(), indexes::wake);
        LocalMsp msp = LocalMsp.read(node.home().resolve("msp"), node.mspId());
        Membership local = ChannelMembership.of(msp.msp());
        Map<String, SystemChaincode> system = new HashMap<>();
        for (SystemChaincode chaincode : List.of(
                new LifecycleChaincode(node, local, packages, plugins),
                new LsccChaincode(node, local, packages),
                new QsccChaincode(joined.byName()),
                new MemberChaincode(() -> node.signer().current().serialized()),
                new CsccChaincode(
                        joined::names,
                        joined.byName(),
                        (caller, genesis) -> joining.join(caller, node.name(), genesis)))) {
            system.put(chaincode.name(), chaincode);
        }
        PeerResources resources = new PeerResources(
                node,
                local,
                joined.byName(),
                definitions,
                chaincodes,
                Map.copyOf(system),
                new HostedDistribution(host::peers, elsewhere::get));
        Endorser endorser = new Endorser(
                resources, settings.endorser(), parts.clock(), parts.revocations(), parts.metrics(), plugins);
        ProposalQueue queue = new ProposalQueue(endorser, parts.proposals(), settings.concurrency(), settings.queue());
        host.add(new OpenPeer(joined, chaincodes, packages, queue));
        for (Map.Entry<ChannelId, Block> channel : channels.entrySet()) {
            ledgers.openOrLeaveOut(node, joined, channel.getKey(), channel.getValue());
        }
        EndorsementLog.LOG.peerOpen(
                node.name().value(), node.mspId().value(), joined.names().size());
    }

    private LocalGateway gateway(RemotePeers others) {
        return new LocalGateway(
                host.peers().stream().map(OpenPeer::inGateway).toList(),
                questions(),
                notifier,
                settings.gateway(),
                others,
                new OtherOrderers(own, parts.others(), this::member)::behind);
    }

    /** The peers of other servers, for the gateway and for private data. */
    private RemotePeers others() {
        List<HostedPeer> peers = host.peers().stream().map(OpenPeer::inGateway).toList();
        return new AnchorPeers(
                own,
                parts.others(),
                proposals(),
                System::nanoTime,
                identity -> peers.stream().anyMatch(peer -> peer.identity().equals(identity)));
    }

    private Proposals proposals() {
        return new Proposals(parts.clock(), new SecureRandom());
    }

    private Optional<HostedPeer> hosted(NodeName name) {
        return host.peers().stream()
                .filter(peer -> peer.node().name().equals(name))
                .map(OpenPeer::inGateway)
                .findFirst();
    }

    /** A peer of this server that has joined a channel. */
    private Optional<HostedPeer> member(ChannelId channel) {
        return host.peers().stream()
                .filter(peer -> peer.channels().byName().apply(channel.value()).isPresent())
                .findFirst()
                .map(OpenPeer::inGateway);
    }

    private LocalNamedPeers namedPeers() {
        return new LocalNamedPeers(
                host.peers().stream().map(OpenPeer::inGateway).toList(),
                questions(),
                settings.gateway().maxProposalBytes(),
                settings.packages().bytes());
    }

    private Questions questions() {
        return new Questions(deadlines, parts.proposals(), settings.gateway().endorseTimeout());
    }

    private List<PeerDoor> doors() {
        return host.peers().stream()
                .<PeerDoor>map(peer -> new OpenPeerDoor(peer, growth, parts.clock(), door, settings.endorser()))
                .toList();
    }

    private Discovery discovery(RemotePeers others) {
        return new LocalDiscovery(host.peers().stream().map(OpenPeer::inGateway).toList(), others);
    }

    private HostedLedgers queries() {
        return new HostedLedgers(host.peers().stream().map(OpenPeer::inQueries).toList(), door);
    }
}
