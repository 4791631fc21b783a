package org.jangbu.peer.gateway;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.jangbu.ledger.commit.PeerLedger;
import org.jangbu.ledger.commit.TransactionIndex;
import org.jangbu.model.ChannelId;
import org.jangbu.model.TxId;
import org.jangbu.peer.endorse.JoinedChannel;
import org.jangbu.peer.endorse.ProposalException;
import org.jangbu.peer.endorse.TransactionIds;
import org.jangbu.peer.endorse.UnpackedProposal;
import org.jangbu.peer.event.CommitNotifier;
import org.jangbu.peer.event.TooManyWaitersException;
import org.jspecify.annotations.Nullable;

/** The gateway over the peers of this server. Peers of the caller's own organisation are asked first. */
public final class LocalGateway implements Gateway {
    private final AblePeers peers;
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
        this.peers = new AblePeers(peers, remote);
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
                    ? new Evaluation(questions, proposal, peers.ofCreator(proposal)).run()
                    : peers.evaluators(proposal, routing)
                            .thenCompose(able -> new Evaluation(questions, proposal, able).run());
        } catch (EndorseException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public CompletionStage<PreparedTransaction> endorse(SignedProposal signed, Routing routing) {
        try {
            UnpackedProposal proposal = unpack(signed);
            AblePeers.Able able = peers.able(proposal, AblePeers.Purpose.ENDORSE, routing);
            return routing.organizations().isEmpty()
                    ? rounds(proposal, able.here(), able.peers(), routing)
                    : peers.named(proposal, able, routing)
                            .thenCompose(named -> rounds(proposal, able.here(), named, routing));
        } catch (EndorseException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public CompletionStage<List<EndorseException.Answer>> endorseByAll(SignedProposal signed) {
        try {
            UnpackedProposal proposal = unpack(signed);
            List<HostedPeer> able = peers.here(proposal, AblePeers.Purpose.ENDORSE);
            return questions.ask(proposal, able).thenCompose(replies -> Reply.answersOf(proposal, replies));
        } catch (EndorseException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public CompletionStage<Void> submit(ChannelId channel, ByteString envelope) {
        try {
            EnvelopeForm.check(channel, envelope);
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
        return !peers.joined(channel).isEmpty();
    }

    @Override
    public CompletionStage<Optional<CommitStatus>> commitStatus(
            ChannelId channel, TxId txId, Duration limit, CompletionStage<?> abandoned) {
        List<PeerLedger> ledgers =
                peers.joined(channel).stream().map(JoinedChannel::ledger).toList();
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

    private CompletionStage<PreparedTransaction> rounds(
            UnpackedProposal proposal, HostedPeer here, List<? extends EndorsingPeer> peers, Routing routing) {
        return new EndorsementRounds(questions, settings, proposal, here, peers, routing, remote).run();
    }
}
