package org.jangbu.peer.gateway;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.hyperledger.fabric.protos.common.BlockchainInfo;
import org.hyperledger.fabric.protos.peer.ChaincodeAction;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.ProposalResponsePayload;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.ChannelId;
import org.jangbu.model.MspId;
import org.jangbu.model.NodeName;
import org.jangbu.model.Quoted;
import org.jangbu.msp.client.Invocation;
import org.jangbu.msp.client.Proposals;
import org.jangbu.peer.endorse.Endorser;
import org.jangbu.peer.endorse.ProposalException;
import org.jangbu.peer.endorse.UnpackedProposal;
import org.jangbu.peer.log.EndorsementLog;
import org.jspecify.annotations.Nullable;

/** What is known of a peer of another server on one channel. Thread-safe. */
final class Acquaintance {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration TO_MEET = Duration.ofSeconds(5);
    /** After so long it is met anew: its certificate may have been renewed. */
    private static final Duration FRESH = Duration.ofMinutes(5);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final int MOST_DOUBLINGS = 6;
    private static final ChaincodeName QSCC = new ChaincodeName("qscc");

    private final Place place;
    private final PeerConnections.ByNode connections;
    private final Proposals proposals;
    private final LongSupplier clock;
    private final Predicate<ByteString> ours;
    private @Nullable CompletableFuture<Met> meeting;
    private Met last;
    /** Until then {@link #last} holds. */
    private long until;

    private int failures;

    /** @param ours whether an identity is that of a peer of this server */
    Acquaintance(
            Place place,
            PeerConnections.ByNode connections,
            Proposals proposals,
            LongSupplier clock,
            Predicate<ByteString> ours) {
        this.place = place;
        this.connections = connections;
        this.proposals = proposals;
        this.clock = clock;
        this.ours = ours;
        this.last = new Met(Optional.empty(), Optional.empty());
        this.until = clock.getAsLong();
    }

    /** Where a channel's configuration says that an organisation has a peer. */
    record Place(ChannelId channel, MspId mspId, PeerConnections.Destination destination) {
        NodeName name() {
            return new NodeName(destination.host());
        }
    }

    /** The peer, or why it cannot be asked now; neither where it turned out to be one of this server. */
    record Met(Optional<EndorsingPeer> peer, Optional<EndorseException.Answer> away) {}

    /** Meets it, unless it was met not long ago. Never fails. */
    CompletionStage<Met> meet(HostedPeer here, ChannelConfig config) {
        CompletableFuture<Met> now;
        synchronized (this) {
            CompletableFuture<Met> current = meeting;
            if (current != null) {
                return current;
            }
            if (clock.getAsLong() - until < 0) {
                return CompletableFuture.completedFuture(last);
            }
            now = new CompletableFuture<>();
            meeting = now;
        }
        introduced(here, config)
                .handle((met, failure) ->
                        failure == null ? met : away(failed(PeerConnections.UnreachableException.reason(failure))))
                .thenAccept(met -> {
                    synchronized (this) {
                        meeting = null;
                    }
                    now.complete(met);
                });
        return now;
    }

    private CompletionStage<Met> introduced(HostedPeer here, ChannelConfig config) {
        try {
            UnpackedProposal question = UnpackedProposal.of(
                    proposals
                            .sign(
                                    here.node().signer().current(),
                                    place.channel(),
                                    QSCC,
                                    new Invocation(
                                            ByteString.copyFromUtf8("GetChainInfo"),
                                            List.of(ByteString.copyFromUtf8(
                                                    place.channel().value())),
                                            Map.of()))
                            .proposal(),
                    Integer.MAX_VALUE);
            return connections
                    .of(here.node())
                    .propose(place.destination(), question.signed(), TO_MEET)
                    .thenApply(response -> introduced(here, config, question, response));
        } catch (ProposalException | RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private Met introduced(
            HostedPeer here, ChannelConfig config, UnpackedProposal question, ProposalResponse response) {
        if (!response.hasEndorsement()) {
            return away(failed("it does not say who it is: "
                    + Quoted.brief(response.getResponse().getMessage())));
        }
        Optional<String> fault = new AnswerCheck(config.membership(), place.mspId()).fault(response, question.hash());
        if (fault.isPresent()) {
            return away(failed("its answer is not believed: " + fault.get()));
        }
        ByteString identity = response.getEndorsement().getEndorser();
        boolean itself = ours.test(identity);
        Met met = new Met(
                itself ? Optional.empty() : Optional.of(new Remote(here, identity, height(response))),
                Optional.empty());
        synchronized (this) {
            failures = 0;
            last = met;
            until = clock.getAsLong() + FRESH.toNanos();
        }
        return met;
    }

    /** What it has signed as its answer; 0 if that says nothing. */
    private static long height(ProposalResponse response) {
        try {
            return BlockchainInfo.parseFrom(
                            ChaincodeAction.parseFrom(ProposalResponsePayload.parseFrom(response.getPayload())
                                            .getExtension())
                                    .getResponse()
                                    .getPayload())
                    .getHeight();
        } catch (InvalidProtocolBufferException e) {
            return 0;
        }
    }

    /** Leaves it alone for a while, each time longer, however many calls fail at once; says so in words for callers. */
    private String failed(String reason) {
        String words = "peer " + place.destination() + " of " + place.mspId() + ": " + reason;
        int before;
        synchronized (this) {
            if (last.peer().isEmpty() && clock.getAsLong() - until < 0) {
                return words;
            }
            before = failures;
            last = away(words);
            until = clock.getAsLong()
                    + FIRST_PAUSE
                            .multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS))
                            .toNanos();
            failures++;
        }
        if (before == 0) {
            EndorsementLog.LOG.remotePeerAway(
                    place.channel(), place.destination().toString(), place.mspId(), reason);
        }
        return words;
    }

    private Met away(String words) {
        return new Met(
                Optional.empty(),
                Optional.of(new EndorseException.Answer(
                        place.name(),
                        place.mspId(),
                        Endorser.Answer.failure(503, words).response(),
                        Optional.of(place.destination().toString()))));
    }

    /** The peer under the identity that it has shown. */
    private final class Remote implements EndorsingPeer {
        private final HostedPeer here;
        private final ByteString identity;
        private final long height;

        Remote(HostedPeer here, ByteString identity, long height) {
            this.here = here;
            this.identity = identity;
            this.height = height;
        }

        @Override
        public long toldHeight() {
            return height;
        }

        @Override
        public NodeName name() {
            return place.name();
        }

        @Override
        public MspId mspId() {
            return place.mspId();
        }

        @Override
        public ByteString identity() {
            return identity;
        }

        @Override
        public Optional<String> address() {
            return Optional.of(place.destination().toString());
        }

        @Override
        public CompletionStage<Endorser.Answer> answer(UnpackedProposal proposal) {
            return connections
                    .of(here.node())
                    .propose(place.destination(), proposal.signed(), LIMIT)
                    .handle((response, failure) -> failure == null ? judged(proposal, response) : unavailable(failure));
        }

        private Endorser.Answer judged(UnpackedProposal proposal, ProposalResponse response) {
            if (!response.hasEndorsement()) {
                return response.getResponse().getStatus() >= 400
                        ? new Endorser.Answer(response, 0)
                        : unavailable("it says neither yes nor no");
            }
            if (!response.getEndorsement().getEndorser().equals(identity)) {
                return unavailable("it has another identity than before");
            }
            return here.joined(place.channel())
                    .map(joined -> new AnswerCheck(joined.config().membership(), place.mspId())
                            .fault(response, proposal.hash()))
                    .orElseGet(() -> Optional.of("the channel is not here any more"))
                    .map(fault -> unavailable("its answer is not believed: " + fault))
                    .orElseGet(() -> new Endorser.Answer(response, 0));
        }

        private Endorser.Answer unavailable(Throwable failure) {
            boolean late = Reply.cause(failure) instanceof PeerConnections.UnreachableException away && away.late();
            return Endorser.Answer.failure(
                    late ? EndorseException.Answer.LATE : 503,
                    failed(PeerConnections.UnreachableException.reason(failure)));
        }

        private Endorser.Answer unavailable(String reason) {
            return Endorser.Answer.failure(503, failed(reason));
        }
    }
}
