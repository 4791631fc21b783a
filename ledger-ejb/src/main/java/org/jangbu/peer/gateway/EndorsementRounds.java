package org.jangbu.peer.gateway;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.privatedata.ImplicitCollection;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.model.ChannelId;
import org.jangbu.model.Quoted;
import org.jangbu.msp.policy.Policy;
import org.jangbu.peer.endorse.JoinedChannel;
import org.jangbu.peer.endorse.UnpackedProposal;

/**
 * Gathers the endorsements of one proposal. A round asks the peers that are still missing; another follows, without them, if some are not
 * available, fail by themselves or refuse for their own organisation alone, or if the transaction turns out to write under other policies than
 * the chaincode's: of further chaincodes, of collections, of keys. Should peers differ that stand at different heights, they are asked again
 * once the slower have caught up: that is no disagreement, it is bad timing.
 *
 * <p>Where the caller names organisations, one peer of each is asked, and policies are the caller's affair. Transient data that came by the door of an
 * organisation are shown to a peer of that organisation first, and after it to members of the collections concerned alone.
 */
final class EndorsementRounds {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(2);

    private final Questions questions;
    private final GatewaySettings settings;
    private final UnpackedProposal proposal;
    private final List<HostedPeer> able;
    private final EndorsementPolicies policies;
    private final Routing routing;

    EndorsementRounds(
            Questions questions,
            GatewaySettings settings,
            UnpackedProposal proposal,
            List<HostedPeer> able,
            Routing routing) {
        this.routing = routing;
        this.questions = questions;
        this.settings = settings;
        this.proposal = proposal;
        this.able = able;
        this.policies = new EndorsementPolicies(able.get(0).resources().definitions());
    }

    CompletionStage<Gateway.PreparedTransaction> run() {
        return attempt(1);
    }

    private CompletionStage<Round> rounds() {
        if (!routing.protectsTransientData() || !LocalGateway.hasTransientData(proposal)) {
            return round(able, List.of(), Set.of(first()), true);
        }
        Optional<HostedPeer> home = able.stream()
                .filter(peer -> routing.home().equals(Optional.of(peer.node().mspId())))
                .findFirst();
        return home.isEmpty()
                ? failed(
                        EndorseException.Kind.NOT_FOUND,
                        "no endorsers found in the gateway's organization; retry specifying endorsing organization(s) to protect transient data")
                : questions.ask(proposal, home.get()).thenCompose(this::afterFirst);
    }

    /** The transient data have been seen at home; whoever else sees them must be a member of the collections they go to. */
    private CompletionStage<Round> afterFirst(Reply first) {
        if (!first.endorsed()) {
            return CompletableFuture.completedFuture(Round.inVain(List.of(first)));
        }
        List<String> collections = first.response().getInterest().getChaincodesList().stream()
                .flatMap(call -> call.getCollectionNamesList().stream())
                .distinct()
                .toList();
        List<HostedPeer> members = able.stream()
                .filter(peer -> peer.equals(first.peer()) || isMember(peer, first))
                .toList();
        Set<Requirement> told = told(List.of(first));
        Set<Requirement> required = told.isEmpty() ? Set.of(first()) : told;
        try {
            if (plan(members, required).peers().isEmpty()
                    && plan(able, required).peers().isPresent()) {
                return failed(
                        EndorseException.Kind.UNSATISFIED,
                        "requires endorsement from organisation(s) that are not in the distribution policy of the private data collection(s): "
                                + collections
                                + "; retry specifying trusted endorsing organizations to protect transient data");
            }
        } catch (EndorseException e) {
            return CompletableFuture.failedFuture(e);
        }
        return round(members, List.of(first), required, told.isEmpty());
    }

    private boolean isMember(HostedPeer peer, Reply first) {
        return first.response().getInterest().getChaincodesList().stream()
                .allMatch(call -> call.getCollectionNamesList().stream()
                        .allMatch(collection -> channelOf(peer).ledger().isMember(call.getName(), collection)));
    }

    private <T> CompletionStage<T> failed(EndorseException.Kind kind, String message) {
        return CompletableFuture.failedFuture(new EndorseException(kind, proposal.txId(), message, List.of()));
    }

    private CompletionStage<Gateway.PreparedTransaction> attempt(int number) {
        return rounds().thenCompose(round -> {
            List<Reply> replies = round.replies();
            Optional<EndorseException> problem = problem(round);
            if (problem.isEmpty()) {
                return CompletableFuture.completedFuture(prepared(round));
            }
            return number < settings.attempts() && isBadTiming(replies)
                    ? caughtUp(replies, System.nanoTime()).thenCompose(done -> attempt(number + 1))
                    : CompletableFuture.failedFuture(problem.get());
        });
    }

    /**
     * Asks until all policies are satisfied by those who answered, or nobody is left to ask.
     *
     * @param required the policies
     * @param guessed whether that is only what a transaction of this kind usually requires: the first who answers knows better
     */
    private CompletionStage<Round> round(
            List<HostedPeer> candidates, List<Reply> sofar, Set<Requirement> required, boolean guessed) {
        Set<HostedPeer> answered = new LinkedHashSet<>();
        sofar.stream().filter(Reply::endorsed).forEach(reply -> answered.add(reply.peer()));
        EndorsementPlan plan;
        try {
            plan = plan(answeredFirst(candidates, answered), required);
        } catch (EndorseException e) {
            return CompletableFuture.failedFuture(e);
        }
        boolean look = plan.peers().isEmpty() && guessed && !candidates.isEmpty();
        if (plan.peers().isEmpty() && !look) {
            return sofar.stream().anyMatch(EndorsementRounds::refuses)
                    ? CompletableFuture.completedFuture(Round.inVain(sofar))
                    : CompletableFuture.failedFuture(unsatisfied(sofar, plan.missing()));
        }
        List<HostedPeer> planned = plan.peers().orElseGet(() -> candidates.subList(0, 1));
        List<HostedPeer> missing =
                planned.stream().filter(peer -> !answered.contains(peer)).toList();
        return questions.ask(proposal, missing).thenCompose(replies -> {
            List<Reply> all = new ArrayList<>(sofar);
            all.addAll(replies);
            if (replies.stream().anyMatch(reply -> refuses(reply) && !leavesItToOthers(reply))) {
                return CompletableFuture.completedFuture(Round.inVain(all));
            }
            List<HostedPeer> available = new ArrayList<>(candidates);
            replies.stream().filter(reply -> !reply.endorsed()).forEach(reply -> available.remove(reply.peer()));
            Set<Requirement> told = told(all);
            boolean stillGuessed = guessed && told.isEmpty();
            Set<Requirement> next = told.isEmpty() ? required : told;
            return available.size() == candidates.size() && next.equals(required) && !look
                    ? CompletableFuture.completedFuture(new Round(all, planned))
                    : round(available, all, next, stillGuessed);
        });
    }

    private static boolean refuses(Reply reply) {
        return !reply.endorsed() && !reply.unavailable();
    }

    /** Whether what keeps this peer from endorsing is its own matter, and not what the contract says or the proposal is. */
    private boolean leavesItToOthers(Reply reply) {
        return reply.failed()
                || (OwnOrganization.eachForItself(proposal) && reply.refusal().isEmpty());
    }

    private static List<HostedPeer> answeredFirst(List<HostedPeer> candidates, Set<HostedPeer> answered) {
        List<HostedPeer> sorted = new ArrayList<>(candidates);
        sorted.sort(Comparator.comparing(peer -> !answered.contains(peer)));
        return sorted;
    }

    private EndorsementPlan plan(List<HostedPeer> candidates, Set<Requirement> required) throws EndorseException {
        if (candidates.isEmpty()) {
            return new EndorsementPlan(Optional.empty(), "any peer");
        }
        if (!routing.organizations().isEmpty()) {
            return oneOfEach(candidates);
        }
        JoinedChannel channel = channelOf(candidates.get(0));
        ChannelConfig config = channel.config();
        boolean system = candidates.get(0).hasSystem(proposal.chaincode());
        List<Policy> all = new ArrayList<>();
        for (Requirement requirement : required) {
            Optional<Policy> policy = policies.of(channel, requirement);
            if (policy.isEmpty() && system) {
                // A query of a system chaincode writes nothing; committers ask for one valid endorser.
                return EndorsementPlan.asking(candidates.subList(0, 1));
            }
            all.add(policy.orElseThrow(() -> new EndorseException(
                    EndorseException.Kind.UNSATISFIED,
                    proposal.txId(),
                    LocalGateway.NO_COMBINATION + ": "
                            + (requirement.keyPolicy().isPresent() ? "a key of " : "chaincode ")
                            + Quoted.brief(requirement.namespace()) + " has no readable policy in channel "
                            + proposal.channel(),
                    List.of())));
        }
        return EndorsementPlan.choose(candidates, all, config);
    }

    private EndorsementPlan oneOfEach(List<HostedPeer> candidates) {
        List<HostedPeer> peers = new ArrayList<>();
        for (String organization : routing.organizations()) {
            Optional<HostedPeer> first = candidates.stream()
                    .filter(peer -> peer.node().mspId().value().equals(organization))
                    .findFirst();
            if (first.isEmpty()) {
                return new EndorsementPlan(Optional.empty(), "a peer of " + organization);
            }
            peers.add(first.get());
        }
        return EndorsementPlan.asking(peers);
    }

    /** Under whose policy to begin: an approval concerns only the collection of the creator's organisation. */
    private Requirement first() {
        return Requirement.of(
                OwnOrganization.approves(proposal)
                        ? StateKey.namespaceOf(
                                proposal.chaincode(),
                                ImplicitCollection.of(able.get(0).node().mspId()))
                        : proposal.chaincode());
    }

    private static Set<Requirement> told(List<Reply> replies) {
        Set<Requirement> told = new LinkedHashSet<>();
        replies.stream()
                .filter(Reply::endorsed)
                .forEach(reply -> told.addAll(Requirement.of(reply.response().getInterest())));
        return told;
    }

    private EndorseException unsatisfied(List<Reply> replies, String missing) {
        boolean someAway = replies.stream().anyMatch(Reply::unavailable);
        String message = someAway
                ? "failed to collect enough transaction endorsements: "
                        + replies.stream()
                                .filter(Reply::unavailable)
                                .map(Reply::words)
                                .findFirst()
                                .orElse("")
                : LocalGateway.NO_COMBINATION + " of chaincode " + Quoted.brief(proposal.chaincode())
                        + " with the peers of this server; missing: " + missing;
        return new EndorseException(
                someAway ? EndorseException.Kind.UNAVAILABLE : EndorseException.Kind.UNSATISFIED,
                proposal.txId(),
                message,
                Reply.answers(replies));
    }

    /** What keeps these replies from making a transaction; not a peer's own matter where others have stepped in. */
    private Optional<EndorseException> problem(Round round) {
        List<Reply> replies = round.replies();
        for (Reply reply : replies) {
            if (reply.refusal().isPresent()) {
                return Optional.of(Reply.refused(proposal, reply.refusal().get(), replies));
            }
        }
        Optional<Reply> refusing = firstOf(replies, reply -> refuses(reply) && !leavesItToOthers(reply))
                .or(() -> round.satisfied() ? Optional.empty() : firstOf(replies, EndorsementRounds::refuses));
        if (refusing.isPresent()) {
            return Optional.of(new EndorseException(
                    EndorseException.Kind.CHAINCODE,
                    proposal.txId(),
                    refusing.get().words(),
                    Reply.answers(replies)));
        }
        if (replies.stream().noneMatch(Reply::endorsed)) {
            return Optional.of(new EndorseException(
                    EndorseException.Kind.UNAVAILABLE,
                    proposal.txId(),
                    replies.get(0).words(),
                    Reply.answers(replies)));
        }
        boolean agree = replies.stream()
                        .filter(Reply::endorsed)
                        .map(reply -> reply.response().getPayload())
                        .distinct()
                        .count()
                == 1;
        return agree
                ? Optional.empty()
                : Optional.of(new EndorseException(
                        EndorseException.Kind.MISMATCH,
                        proposal.txId(),
                        "failed to collect enough transaction endorsements: ProposalResponsePayloads do not match",
                        Reply.answers(replies)));
    }

    private static Optional<Reply> firstOf(List<Reply> replies, Predicate<Reply> kind) {
        return replies.stream().filter(kind).findFirst();
    }

    /** Whether the peers differ while they stood, or stand by now, at different heights. */
    private boolean isBadTiming(List<Reply> replies) {
        boolean noneEndorsed = replies.stream().noneMatch(Reply::endorsed);
        if (noneEndorsed || replies.stream().anyMatch(r -> r.refusal().isPresent())) {
            return false;
        }
        long distinct = replies.stream().mapToLong(Reply::height).distinct().count();
        return distinct > 1
                || replies.stream()
                        .anyMatch(reply -> channelOf(reply.peer()).ledger().height() > reply.height());
    }

    /** Completes when all who replied stand as high as the highest, or when that takes too long. */
    private CompletionStage<Void> caughtUp(List<Reply> replies, long since) {
        long[] heights = replies.stream()
                .mapToLong(reply -> channelOf(reply.peer()).ledger().height())
                .sorted()
                .toArray();
        boolean level = heights[0] == heights[heights.length - 1];
        if (level || System.nanoTime() - since > settings.catchUp().toNanos()) {
            return CompletableFuture.completedFuture(null);
        }
        return questions.pause(LOOK_AGAIN).thenCompose(done -> caughtUp(replies, since));
    }

    private JoinedChannel channelOf(HostedPeer peer) {
        return peer.joined(new ChannelId(proposal.channel()))
                .orElseThrow(() -> new IllegalStateException("an able peer has joined the channel"));
    }

    /** Whoever was asked in vain before, or is needed no more, stays out: the order and number of endorsements decide a verdict. */
    private Gateway.PreparedTransaction prepared(Round round) {
        List<Reply> endorsed = round.plan().stream()
                .flatMap(peer -> round.replies().stream()
                        .filter(reply -> reply.endorsed() && reply.peer().equals(peer)))
                .toList();
        return new Gateway.PreparedTransaction(
                TransactionAssembly.envelope(
                        proposal, endorsed.stream().map(Reply::response).toList()),
                Reply.answers(endorsed));
    }

    /** All replies so far, and the peers whose endorsements make the transaction; none of them where it cannot be made. */
    private record Round(List<Reply> replies, List<HostedPeer> plan) {
        static Round inVain(List<Reply> replies) {
            return new Round(replies, List.of());
        }

        boolean satisfied() {
            return !plan.isEmpty();
        }
    }
}
