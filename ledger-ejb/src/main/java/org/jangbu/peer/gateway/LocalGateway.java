package org.jangbu.peer.gateway;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.jangbu.ledger.commit.PeerLedger;
import org.jangbu.ledger.commit.TransactionIndex;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.ChannelId;
import org.jangbu.model.MalformedEnvelopeException;
import org.jangbu.model.MspId;
import org.jangbu.model.ParsedEnvelope;
import org.jangbu.model.Quoted;
import org.jangbu.model.TxId;
import org.jangbu.peer.endorse.JoinedChannel;
import org.jangbu.peer.endorse.PeerResources;
import org.jangbu.peer.endorse.ProposalException;
import org.jangbu.peer.endorse.TransactionIds;
import org.jangbu.peer.endorse.UnpackedProposal;
import org.jangbu.peer.event.CommitNotifier;
import org.jangbu.peer.event.TooManyWaitersException;
import org.jspecify.annotations.Nullable;

/** The gateway over the peers of this server. Peers of the caller's own organisation are asked first. */
public final class LocalGateway implements Gateway {
    static final String NO_COMBINATION = "no combination of peers can be derived which satisfy the endorsement policy";

    private final List<HostedPeer> peers;
    private final Questions questions;
    private final CommitNotifier notifier;
    private final GatewaySettings settings;
    private final RemotePeers remote;
    private final UnaryOperator<Ordering> forwarding;
    private volatile @Nullable Ordering ordering;

    /** A gateway that knows of no other server. */
    public LocalGateway(
            List<HostedPeer> peers, Questions questions, CommitNotifier notifier, GatewaySettings settings) {
        this(peers, questions, notifier, settings, RemotePeers.NONE, UnaryOperator.identity());
    }

    /**
     * A gateway.
     *
     * @param remote whom to ask where the peers of this server do not suffice
     * @param forwarding what stands behind this server's own ordering
     */
    public LocalGateway(
            List<HostedPeer> peers,
            Questions questions,
            CommitNotifier notifier,
            GatewaySettings settings,
            RemotePeers remote,
            UnaryOperator<Ordering> forwarding) {
        this.remote = remote;
        this.forwarding = forwarding;
        this.peers = List.copyOf(peers);
        this.questions = questions;
        this.notifier = notifier;
        this.settings = settings;
    }

    /** Names the ordering service; until then nothing can be submitted. */
    public void connect(Ordering service) {
        ordering = forwarding.apply(service);
    }

    @Override
    public CompletionStage<ProposalResponse> evaluate(SignedProposal signed, Routing routing) {
        try {
            UnpackedProposal proposal = unpack(signed);
            return proposal.channel().isEmpty()
                    ? new Evaluation(questions, proposal, ofCreator(proposal)).run()
                    : evaluators(proposal, routing)
                            .thenCompose(able -> new Evaluation(questions, proposal, able).run());
        } catch (EndorseException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public CompletionStage<PreparedTransaction> endorse(SignedProposal signed, Routing routing) {
        try {
            UnpackedProposal proposal = unpack(signed);
            Able able = able(proposal, Purpose.ENDORSE, routing);
            return routing.organizations().isEmpty()
                    ? rounds(proposal, able.here(), able.peers(), routing)
                    : byOrganizations(proposal, able, routing);
        } catch (EndorseException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public CompletionStage<List<EndorseException.Answer>> endorseByAll(SignedProposal signed) {
        try {
            UnpackedProposal proposal = unpack(signed);
            List<HostedPeer> able =
                    able(proposal, Purpose.ENDORSE, Routing.FREE).peers();
            if (able.isEmpty()) {
                throw notFound(proposal, nobody(proposal, Purpose.ENDORSE));
            }
            return questions.ask(proposal, able).thenCompose(replies -> Reply.answersOf(proposal, replies));
        } catch (EndorseException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public CompletionStage<Void> submit(ChannelId channel, ByteString envelope) {
        try {
            checkForm(channel, envelope);
        } catch (BroadcastException e) {
            return CompletableFuture.failedFuture(e);
        }
        Ordering service = ordering;
        return service == null
                ? CompletableFuture.failedFuture(new BroadcastException(
                        Status.SERVICE_UNAVAILABLE, "this server is not connected to an ordering service yet"))
                : service.broadcast(channel, envelope);
    }

    @Override
    public boolean serves(ChannelId channel) {
        return peers.stream().anyMatch(peer -> peer.joined(channel).isPresent());
    }

    @Override
    public CompletionStage<Optional<CommitStatus>> commitStatus(
            ChannelId channel, TxId txId, Duration limit, CompletionStage<?> abandoned) {
        List<PeerLedger> ledgers = peers.stream()
                .flatMap(peer -> peer.joined(channel).stream())
                .map(JoinedChannel::ledger)
                .toList();
        if (ledgers.isEmpty()) {
            return CompletableFuture.failedFuture(new EndorseException(
                    EndorseException.Kind.NOT_FOUND, txId, "channel '" + channel + "' not found", List.of()));
        }
        if (!TransactionIds.isWellFormed(txId)) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return notifier.await(channel, ledgers, txId, limit, abandoned)
                .thenApply(entry -> entry.map(LocalGateway::status))
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(unavailable(txId, failure)));
    }

    private static CommitStatus status(TransactionIndex.Entry entry) {
        return new CommitStatus(entry.txId(), entry.code(), entry.block());
    }

    private static EndorseException unavailable(TxId txId, Throwable failure) {
        Throwable cause = Reply.cause(failure);
        String message = cause instanceof TooManyWaitersException
                ? "too many callers wait for commits already; ask again later"
                : "the ledger cannot be read now; try again";
        return new EndorseException(EndorseException.Kind.UNAVAILABLE, txId, message, List.of());
    }

    private UnpackedProposal unpack(SignedProposal signed) throws EndorseException {
        try {
            return UnpackedProposal.of(signed, settings.maxProposalBytes());
        } catch (ProposalException e) {
            throw new EndorseException(EndorseException.Kind.MALFORMED, new TxId(""), e.getMessage(), List.of());
        }
    }

    /** What peers are asked for. */
    enum Purpose {
        /** An answer; of system chaincodes every peer gives one, as in Fabric. */
        EVALUATE,
        /** A signature, for which a peer needs the role. */
        ENDORSE
    }

    private CompletionStage<PreparedTransaction> rounds(
            UnpackedProposal proposal, HostedPeer here, List<? extends EndorsingPeer> peers, Routing routing) {
        return new EndorsementRounds(questions, settings, proposal, here, peers, routing, remote).run();
    }

    /** One peer of each organisation that the caller names, and no peer of another. */
    private CompletionStage<PreparedTransaction> byOrganizations(
            UnpackedProposal proposal, Able able, Routing routing) {
        List<EndorsingPeer> named = new ArrayList<>(able.peers().stream()
                .filter(peer -> routing.allows(peer.mspId()))
                .toList());
        if (missing(named, routing).isEmpty()) {
            return rounds(proposal, able.here(), named, routing);
        }
        return further(proposal, able.here()).thenCompose(found -> {
            found.peers().stream().filter(peer -> routing.allows(peer.mspId())).forEach(named::add);
            List<String> missing = missing(named, routing);
            return missing.isEmpty()
                    ? rounds(proposal, able.here(), named, routing)
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
                .on(
                        here,
                        here.joined(new ChannelId(proposal.channel()))
                                .orElseThrow()
                                .config());
    }

    /**
     * Who may answer a query: those whom the caller names, else anybody, but transient data stay within the door's organisation. A peer of another server is
     * asked where none of this one can answer.
     */
    private CompletionStage<List<EndorsingPeer>> evaluators(UnpackedProposal proposal, Routing routing)
            throws EndorseException {
        Able able = able(proposal, Purpose.EVALUATE, routing);
        boolean restricted = routing.protectsTransientData() && hasTransientData(proposal);
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

    static boolean hasTransientData(UnpackedProposal proposal) {
        return proposal.payload().getTransientMapCount() > 0;
    }

    /**
     * Who can be asked.
     *
     * @param here a peer of this server that has joined the channel
     * @param peers empty only where peers of other servers may be able
     */
    private record Able(HostedPeer here, List<HostedPeer> peers) {}

    /** Peers that have joined the proposal's channel, may answer there and can run its chaincode, those of the door or else the creator's own first. */
    private Able able(UnpackedProposal proposal, Purpose purpose, Routing routing) throws EndorseException {
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
        if (undefined
                || !remote.mayBeOn(here.joined(new ChannelId(proposal.channel()))
                        .orElseThrow()
                        .config())) {
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

    static String nobody(UnpackedProposal proposal, Purpose purpose) {
        return "no peers available to " + purpose.name().toLowerCase(Locale.ROOT) + " chaincode "
                + Quoted.brief(proposal.chaincode()) + " in channel " + Quoted.brief(proposal.channel());
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
    private List<HostedPeer> ofCreator(UnpackedProposal proposal) throws EndorseException {
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

    /** What can be said of an envelope without judging its content: it is one, it is for this channel, it is signed, it is canonical. */
    private static void checkForm(ChannelId channel, ByteString envelope) throws BroadcastException {
        ParsedEnvelope parsed;
        try {
            parsed = ParsedEnvelope.parse(envelope);
        } catch (MalformedEnvelopeException e) {
            throw new BroadcastException(Status.BAD_REQUEST, "not an envelope: " + e.getMessage(), e);
        }
        String stated = parsed.channelHeader().getChannelId();
        if (!stated.equals(channel.value())) {
            throw new BroadcastException(
                    Status.BAD_REQUEST,
                    "the envelope is for channel '" + Quoted.brief(stated) + "', not for '" + channel + "'");
        }
        if (parsed.envelope().getSignature().isEmpty()) {
            throw new BroadcastException(Status.BAD_REQUEST, "the envelope has no signature");
        }
        if (!parsed.envelope().toByteString().equals(envelope)) {
            throw new BroadcastException(
                    Status.BAD_REQUEST, "the envelope is not in protobuf's usual form and no block could hold it");
        }
    }
}
