package org.jangbu.peer.gateway;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.ChannelId;
import org.jangbu.model.MspId;
import org.jangbu.model.Quoted;
import org.jangbu.peer.endorse.JoinedChannel;
import org.jangbu.peer.endorse.PeerResources;
import org.jangbu.peer.endorse.UnpackedProposal;

/** Which peers can be asked about a proposal: those of this server, and those of others where these do not suffice. */
final class AblePeers {
    static final String NO_COMBINATION = "no combination of peers can be derived which satisfy the endorsement policy";

    private final List<HostedPeer> peers;
    private final RemotePeers remote;

    AblePeers(List<HostedPeer> peers, RemotePeers remote) {
        this.peers = List.copyOf(peers);
        this.remote = remote;
    }

    /** What peers are asked for. */
    enum Purpose {
        /** An answer; of system chaincodes every peer gives one, as in Fabric. */
        EVALUATE,
        /** A signature, for which a peer needs the role. */
        ENDORSE
    }

    /**
     * Who can be asked.
     *
     * @param here a peer of this server that has joined the channel
     * @param peers empty only where peers of other servers may be able
     */
    record Able(HostedPeer here, List<HostedPeer> peers) {}

    /** Peers that have joined the proposal's channel, may answer there and can run its chaincode, those of the door or else the creator's own first. */
    Able able(UnpackedProposal proposal, Purpose purpose, Routing routing) throws EndorseException {
        String channel = Quoted.brief(proposal.channel());
        String first = routing.home().map(MspId::value).orElseGet(() -> mspId(proposal));
        List<HostedPeer> joined = ChannelId.isValid(proposal.channel())
                ? ofFirst(first).stream()
                        .filter(peer ->
                                peer.joined(new ChannelId(proposal.channel())).isPresent())
                        .toList()
                : List.of();
        if (joined.isEmpty()) {
            throw notFound(proposal, "channel '" + channel + "' not found");
        }
        List<HostedPeer> able;
        boolean undefined;
        try {
            able = joined.stream()
                    .filter(peer -> peer.endorses(new ChannelId(proposal.channel()))
                            || (purpose == Purpose.EVALUATE && peer.hasSystem(proposal.chaincode())))
                    .filter(peer -> !OwnOrganization.only(proposal)
                            || peer.node().mspId().value().equals(mspId(proposal)))
                    .filter(peer -> peer.resources().canRun(new ChannelId(proposal.channel()), proposal.chaincode()))
                    .toList();
            undefined = able.isEmpty() && joined.stream().noneMatch(peer -> isDefined(peer, proposal));
        } catch (RuntimeException e) {
            throw new EndorseException(
                    EndorseException.Kind.UNAVAILABLE,
                    proposal.txId(),
                    "the ledger of channel " + channel + " cannot be read now; try again",
                    List.of());
        }
        if (!able.isEmpty()) {
            return new Able(able.get(0), able);
        }
        HostedPeer here = joined.get(0);
        if (undefined || !remote.mayBeOn(here.channelOf(proposal).config())) {
            throw notFound(
                    proposal,
                    purpose == Purpose.ENDORSE && undefined
                            ? NO_COMBINATION + ": No metadata was found for chaincode "
                                    + Quoted.brief(proposal.chaincode()) + " in channel " + channel
                            : nobody(proposal, purpose));
        }
        return new Able(here, able);
    }

    private static boolean isDefined(HostedPeer peer, UnpackedProposal proposal) {
        PeerResources resources = peer.resources();
        return resources.systemChaincodes().containsKey(proposal.chaincode())
                || (ChaincodeName.isValid(proposal.chaincode())
                        && peer.joined(new ChannelId(proposal.channel()))
                                .flatMap(channel -> resources
                                        .definitions()
                                        .current(channel.ledger(), new ChaincodeName(proposal.chaincode())))
                                .isPresent());
    }

    /** Peers of this server that can be asked; one at least. */
    List<HostedPeer> here(UnpackedProposal proposal, Purpose purpose) throws EndorseException {
        List<HostedPeer> able = able(proposal, purpose, Routing.FREE).peers();
        if (able.isEmpty()) {
            throw notFound(proposal, nobody(proposal, purpose));
        }
        return able;
    }

    static String nobody(UnpackedProposal proposal, Purpose purpose) {
        return "no peers available to " + purpose.name().toLowerCase(Locale.ROOT) + " chaincode "
                + Quoted.brief(proposal.chaincode()) + " in channel " + Quoted.brief(proposal.channel());
    }

    /** The peers of the organisations that the caller names, of which there must be one of each, and no peer of another. */
    CompletionStage<List<EndorsingPeer>> named(UnpackedProposal proposal, Able able, Routing routing) {
        List<EndorsingPeer> named = new ArrayList<>(able.peers().stream()
                .filter(peer -> routing.allows(peer.mspId()))
                .toList());
        if (missing(named, routing).isEmpty()) {
            return CompletableFuture.completedFuture(named);
        }
        return further(proposal, able.here()).thenCompose(found -> {
            found.peers().stream().filter(peer -> routing.allows(peer.mspId())).forEach(named::add);
            List<String> missing = missing(named, routing);
            return missing.isEmpty()
                    ? CompletableFuture.completedFuture(named)
                    : CompletableFuture.failedFuture(new EndorseException(
                            EndorseException.Kind.UNAVAILABLE,
                            proposal.txId(),
                            "failed to find any endorsing peers for org(s): " + String.join(", ", missing),
                            List.of()));
        });
    }

    private static List<String> missing(List<EndorsingPeer> named, Routing routing) {
        return routing.organizations().stream()
                .filter(organization ->
                        named.stream().noneMatch(peer -> peer.mspId().value().equals(organization)))
                .map(Quoted::brief)
                .toList();
    }

    /** Peers of other servers, where a proposal may go to any. */
    private CompletionStage<RemotePeers.Found> further(UnpackedProposal proposal, HostedPeer here) {
        return (OwnOrganization.only(proposal) ? RemotePeers.NONE : remote)
                .on(here, here.channelOf(proposal).config());
    }

    /**
     * Who may answer a query: those whom the caller names, else anybody, but transient data stay within the door's organisation. A peer of another server is
     * asked where none of this one can answer.
     */
    CompletionStage<List<EndorsingPeer>> evaluators(UnpackedProposal proposal, Routing routing)
            throws EndorseException {
        Able able = able(proposal, Purpose.EVALUATE, routing);
        boolean restricted = routing.protectsTransientData(proposal);
        Predicate<EndorsingPeer> allowed = peer ->
                routing.allows(peer.mspId()) && (!restricted || routing.home().equals(Optional.of(peer.mspId())));
        List<EndorsingPeer> hosted = able.peers().stream()
                .filter(allowed)
                .<EndorsingPeer>map(peer -> peer)
                .toList();
        if (!hosted.isEmpty()) {
            return CompletableFuture.completedFuture(hosted);
        }
        return further(proposal, able.here()).thenCompose(found -> {
            List<EndorsingPeer> others = found.peers().stream().filter(allowed).toList();
            String none = nobody(proposal, Purpose.EVALUATE);
            return others.isEmpty()
                    ? CompletableFuture.failedFuture(notFound(
                            proposal,
                            restricted
                                    ? "no endorsers found in the gateway's organization; retry specifying target organization(s) to protect transient data: "
                                            + none
                                    : none))
                    : CompletableFuture.completedFuture(others);
        });
    }

    private static EndorseException notFound(UnpackedProposal proposal, String message) {
        return new EndorseException(EndorseException.Kind.NOT_FOUND, proposal.txId(), message, List.of());
    }

    private List<HostedPeer> ofFirst(String mspId) {
        List<HostedPeer> sorted = new ArrayList<>(peers);
        sorted.sort(Comparator.comparing(peer -> !peer.node().mspId().value().equals(mspId)));
        return sorted;
    }

    /** Without a channel only the creator's own organisation knows who the creator is. */
    List<HostedPeer> ofCreator(UnpackedProposal proposal) throws EndorseException {
        String mspId = mspId(proposal);
        List<HostedPeer> own = peers.stream()
                .filter(peer -> peer.node().mspId().value().equals(mspId))
                .toList();
        if (own.isEmpty()) {
            throw new EndorseException(
                    EndorseException.Kind.FORBIDDEN,
                    proposal.txId(),
                    "this server hosts no peer of organisation " + Quoted.brief(mspId),
                    List.of());
        }
        return own;
    }

    private static String mspId(UnpackedProposal proposal) {
        try {
            return SerializedIdentity.parseFrom(proposal.creator()).getMspid();
        } catch (InvalidProtocolBufferException e) {
            return "";
        }
    }

    /** The copies of a channel on this server. */
    List<JoinedChannel> joined(ChannelId channel) {
        return peers.stream().flatMap(peer -> peer.joined(channel).stream()).toList();
    }
}
