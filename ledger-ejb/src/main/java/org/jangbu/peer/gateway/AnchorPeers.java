package org.jangbu.peer.gateway;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.channel.ChannelProfile;
import org.jangbu.model.NodeName;
import org.jangbu.msp.client.Proposals;

/**
 * The peers of other servers that a channel's configuration names: the anchor peers of its organisations. Each is met before it is asked to endorse: it answers
 * a query of its ledger, and by the signature under that shows who it is. One that cannot be met is left alone for a while. Thread-safe.
 */
public final class AnchorPeers implements RemotePeers {
    /** An organisation that names more is met at the first of them. */
    private static final int MOST_OF_AN_ORGANIZATION = 8;

    private final Set<String> own;
    private final PeerConnections.ByNode connections;
    private final Proposals proposals;
    private final LongSupplier clock;
    private final Predicate<ByteString> ours;
    private final Map<Acquaintance.Place, Acquaintance> acquaintances = new ConcurrentHashMap<>();

    /**
     * Nobody has been met at first.
     *
     * @param own addresses of this server's nodes, host:port
     * @param clock in nanoseconds
     * @param ours whether an identity is that of a peer of this server, whatever address it is reached by
     */
    public AnchorPeers(
            Set<String> own,
            PeerConnections.ByNode connections,
            Proposals proposals,
            LongSupplier clock,
            Predicate<ByteString> ours) {
        this.own = Set.copyOf(own);
        this.connections = connections;
        this.proposals = proposals;
        this.clock = clock;
        this.ours = ours;
    }

    @Override
    public boolean mayBeOn(ChannelConfig config) {
        return !places(config).isEmpty();
    }

    @Override
    public CompletionStage<Found> on(HostedPeer here, ChannelConfig config) {
        Set<Acquaintance.Place> places = places(config);
        acquaintances.keySet().removeIf(place -> place.channel().equals(config.channel()) && !places.contains(place));
        List<CompletableFuture<Acquaintance.Met>> meetings = places.stream()
                .map(place -> acquaintances
                        .computeIfAbsent(place, unused -> new Acquaintance(place, connections, proposals, clock, ours))
                        .meet(here, config)
                        .toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(meetings.toArray(CompletableFuture[]::new))
                .thenApply(done -> found(meetings));
    }

    private static Found found(List<CompletableFuture<Acquaintance.Met>> meetings) {
        List<EndorsingPeer> peers = new ArrayList<>();
        List<EndorseException.Answer> away = new ArrayList<>();
        for (CompletableFuture<Acquaintance.Met> meeting : meetings) {
            Acquaintance.Met met = meeting.join();
            met.peer().ifPresent(peers::add);
            met.away().ifPresent(away::add);
        }
        return new Found(List.copyOf(peers), List.copyOf(away));
    }

    private Set<Acquaintance.Place> places(ChannelConfig config) {
        Set<Acquaintance.Place> places = new LinkedHashSet<>();
        for (ChannelConfig.Organization organization : config.applicationOrganizations()) {
            List<ChannelProfile.Address> others = organization.anchorPeers().stream()
                    .filter(anchor -> !own.contains(anchor.toString())
                            && NodeName.isValid(anchor.host())
                            && anchor.port() > 0
                            && anchor.port() <= 0xffff)
                    .limit(MOST_OF_AN_ORGANIZATION)
                    .toList();
            if (!others.isEmpty()) {
                Set<ByteString> authorities = ConfiguredNodes.authorities(config, "Application", organization);
                others.forEach(anchor -> places.add(new Acquaintance.Place(
                        config.channel(),
                        organization.mspId(),
                        new PeerConnections.Destination(anchor.host(), anchor.port(), authorities))));
            }
        }
        return places;
    }
}
