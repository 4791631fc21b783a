package org.jangbu.peer.host;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jangbu.ledger.commit.PeerLedger;
import org.jangbu.msp.membership.Membership;
import org.jangbu.msp.realm.KnownMsps;
import org.jangbu.peer.deliver.ChannelPipeline;
import org.jangbu.peer.deliver.HostedPipelines;
import org.jangbu.peer.event.CommitNotifier;
import org.jangbu.peer.event.EventDoor;
import org.jangbu.peer.gateway.Discovery;
import org.jangbu.peer.gateway.LocalGateway;
import org.jangbu.peer.gateway.NamedPeers;
import org.jangbu.peer.join.PeerChannels;
import org.jangbu.peer.lifecycle.PeerPackages;
import org.jangbu.peer.log.EndorsementLog;
import org.jangbu.peer.query.HostedLedgers;
import org.jspecify.annotations.Nullable;

/** Everything of a host that is open, in the order in which it is to be closed. What went wrong half way is closed likewise. */
final class OpenHost implements AutoCloseable {
    private final HostedPipelines pipelines = new HostedPipelines();
    private final List<PeerLedger> ledgers = new ArrayList<>();
    /** Read by pipelines of the first peers while the next are being opened. */
    private final List<OpenPeer> peers = new CopyOnWriteArrayList<>();

    private final List<Membership> orderers = new ArrayList<>();
    private final List<Membership> consortia = new ArrayList<>();
    private final Deque<AutoCloseable> closing = new ArrayDeque<>();
    private final List<AutoCloseable> closingAfterPeers = new ArrayList<>();
    private @Nullable Doors doors;
    private boolean closed;
    private @Nullable LocalGateway gateway;
    private @Nullable HostedLedgers query;
    private @Nullable PeerChannels channels;
    private @Nullable NamedPeers named;
    private @Nullable PeerPackages packages;

    /** What faces see of the peers beside the gateway. */
    record Doors(List<PeerDoor> peers, Discovery discovery, EventDoor events) {}

    /**
     * Takes over a ledger and begins to fill it.
     *
     * @throws IllegalStateException if the host is closed; the ledger stays with the caller
     */
    synchronized void add(PeerLedger ledger, ChannelPipeline pipeline) {
        if (closed) {
            throw new IllegalStateException("the host is closed");
        }
        ledgers.add(ledger);
        pipelines.add(pipeline);
    }

    void add(OpenPeer peer) {
        peers.add(peer);
    }

    /**
     * Whom the server knows besides, for its orderers: their own organisation administers them.
     *
     * @param own the MSP of an orderer of this server
     */
    void addOrderer(Membership own, Optional<Membership> consortium) {
        orderers.add(own);
        consortium.ifPresent(consortia::add);
    }

    /** The MSPs of all its nodes, of their channels as they are now, and of the consortia. */
    KnownMsps knownMsps() {
        return new KnownMsps(
                Stream.concat(peers.stream().map(OpenPeer::ownMembership), orderers.stream())
                        .toList(),
                Stream.concat(peers.stream().flatMap(peer -> peer.channelMemberships().stream()), consortia.stream())
                        .toList());
    }

    /** Closed before everything that was given earlier, and before peers and ledgers. */
    void closeFirst(AutoCloseable part) {
        closing.push(part);
    }

    /** Closed when no block is judged any more and the contracts of all peers have ended. */
    void closeAfterPeers(AutoCloseable part) {
        closingAfterPeers.add(part);
    }

    void complete(
            LocalGateway open, HostedLedgers queries, PeerChannels joining, CommitNotifier notifier, Doors forFaces) {
        doors = forFaces;
        gateway = open;
        query = queries;
        channels = joining;
        closing.push(notifier::close);
    }

    void complete(NamedPeers single, PeerPackages installed) {
        named = single;
        packages = installed;
    }

    List<OpenPeer> peers() {
        return peers;
    }

    Doors doors() {
        return required(doors);
    }

    HostedPipelines pipelines() {
        return pipelines;
    }

    LocalGateway gateway() {
        return required(gateway);
    }

    HostedLedgers query() {
        return required(query);
    }

    PeerChannels channels() {
        return required(channels);
    }

    NamedPeers namedPeers() {
        return required(named);
    }

    PeerPackages packages() {
        return required(packages);
    }

    /** Intake first, contracts next, ledgers last, so that nothing meets a closed ledger. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        closing.forEach(OpenHost::close);
        close(pipelines);
        peers.forEach(OpenHost::close);
        closingAfterPeers.forEach(OpenHost::close);
        ledgers.forEach(OpenHost::close);
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            EndorsementLog.LOG.notClosed(part.getClass().getSimpleName(), e);
        }
    }

    private static <T> T required(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("the host is not complete yet");
        }
        return part;
    }
}
