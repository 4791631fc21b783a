package org.jangbu.peer.gateway;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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
import org.jangbu.peer.lifecycle.CollectionMembers;

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
    private final HostedPeer here;
    private final List<EndorsingPeer> able;
    private final RemotePeers remote;
    private final EndorsementPolicies policies;
    private final Routing routing;

    /**
     * Rounds of one proposal.
     *
     * @param here a peer of this server by whose copy of the channel it is planned
     * @param able who can be asked, in order of preference
     * @param remote whom to ask besides, where those do not suffice
     */
    EndorsementRounds(
            Questions questions,
            GatewaySettings settings,
            UnpackedProposal proposal,
            HostedPeer here,
            List<? extends EndorsingPeer> able,
            Routing routing,
            RemotePeers remote) {
        this.routing = routing;
        this.questions = questions;
        this.settings = settings;
        this.proposal = proposal;
        this.here = here;
        this.able = List.copyOf(able);
        this.remote = remote;
        this.policies = new EndorsementPolicies(here.resources().definitions());
    }

    CompletionStage<Gateway.PreparedTransaction> run() {
        return attempt(1);
    }

    private CompletionStage<Round> rounds() {
        if (!routing.protectsTransientData() || !LocalGateway.hasTransientData(proposal)) {
            return round(new Asked(able, List.of(), false), Set.of(first()), true);
        }
        Optional<EndorsingPeer> home = able.stream()
                .filter(peer -> routing.home().equals(Optional.of(peer.mspId())))
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
        List<EndorsingPeer> members = able.stream()
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
        return round(new Asked(members, List.of(first), false), required, told.isEmpty());
    }

    private boolean isMember(EndorsingPeer peer, Reply first) {
        return first.response().getInterest().getChaincodesList().stream()
                .allMatch(call -> call.getCollectionNamesList().stream()
                        .allMatch(collection -> isMember(peer, call.getName(), collection)));
    }

    private boolean isMember(EndorsingPeer peer, String chaincode, String collection) {
        return peer instanceof HostedPeer hosted
                ? channelOf(hosted).ledger().isMember(chaincode, collection)
                : new CollectionMembers(peer.mspId())
                        .isMember(
                                chaincode, collection, channelOf(here).ledger().state());
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
            return number < settings.attempts() && isBadTiming(problem.get(), replies)
                    ? caughtUp(replies).thenCompose(done -> attempt(number + 1))
                    : CompletableFuture.failedFuture(problem.get());
        });
    }

    /**
     * Whom a round has, and what was said before it.
     *
     * @param candidates who can be asked, or has endorsed
     * @param widened whether peers of other servers are among them, if there are any
     */
    private record Asked(List<EndorsingPeer> candidates, List<Reply> sofar, boolean widened) {
        Set<EndorsingPeer> answered() {
            Set<EndorsingPeer> answered = new LinkedHashSet<>();
            sofar.stream().filter(Reply::endorsed).forEach(reply -> answered.add(reply.peer()));
            return answered;
        }

        /** Those who have endorsed first. */
        List<EndorsingPeer> preferred() {
            Set<EndorsingPeer> answered = answered();
            List<EndorsingPeer> sorted = new ArrayList<>(candidates);
            sorted.sort(Comparator.comparing(peer -> !answered.contains(peer)));
            return sorted;
        }
    }

    /**
     * Asks until all policies are satisfied by those who answered, or nobody is left to ask.
     *
     * @param required the policies
     * @param guessed whether that is only what a transaction of this kind usually requires: the first who answers knows better
     */
    private CompletionStage<Round> round(Asked asked, Set<Requirement> required, boolean guessed) {
        EndorsementPlan plan;
        try {
            plan = plan(asked.preferred(), required);
        } catch (EndorseException e) {
            return CompletableFuture.failedFuture(e);
        }
        boolean look = plan.peers().isEmpty() && guessed && !asked.candidates().isEmpty();
        if (plan.peers().isEmpty() && !look) {
            return asked.widened()
                    ? unsatisfiable(asked.sofar(), plan.missing(), List.of())
                    : widened(asked, plan, required, guessed);
        }
        List<EndorsingPeer> planned =
                plan.peers().orElseGet(() -> asked.candidates().subList(0, 1));
        Set<EndorsingPeer> answered = asked.answered();
        List<EndorsingPeer> missing =
                planned.stream().filter(peer -> !answered.contains(peer)).toList();
        return questions.ask(proposal, missing).thenCompose(replies -> {
            List<Reply> all = new ArrayList<>(asked.sofar());
            all.addAll(replies);
            if (replies.stream().anyMatch(reply -> refuses(reply) && !leavesItToOthers(reply))) {
                return CompletableFuture.completedFuture(Round.inVain(all));
            }
            List<EndorsingPeer> available = new ArrayList<>(asked.candidates());
            replies.stream().filter(reply -> !reply.endorsed()).forEach(reply -> available.remove(reply.peer()));
            Set<Requirement> told = told(all);
            Set<Requirement> next = told.isEmpty() ? required : told;
            return available.size() == asked.candidates().size() && next.equals(required) && !look
                    ? CompletableFuture.completedFuture(new Round(all, planned))
                    : round(new Asked(available, all, asked.widened()), next, guessed && told.isEmpty());
        });
    }

    /** Goes on with the peers of other servers, since those of this one do not suffice. */
    private CompletionStage<Round> widened(
            Asked asked, EndorsementPlan plan, Set<Requirement> required, boolean guessed) {
        if (OwnOrganization.only(proposal)) {
            return unsatisfiable(asked.sofar(), plan.missing(), List.of());
        }
        return remote.on(here, channelOf(here).config()).thenCompose(found -> {
            List<EndorsingPeer> further = found.peers().stream()
                    .filter(peer -> mayBeTold(peer, asked)
                            && asked.sofar().stream()
                                    .noneMatch(reply -> reply.peer().equals(peer)))
                    .toList();
            if (further.isEmpty()) {
                return unsatisfiable(
                        asked.sofar(),
                        plan.missing(),
                        found.away().stream()
                                .filter(away -> routing.allows(away.mspId()))
                                .toList());
            }
            List<EndorsingPeer> all = new ArrayList<>(asked.candidates());
            all.addAll(further);
            return round(new Asked(all, asked.sofar(), true), required, guessed);
        });
    }

    private boolean mayBeTold(EndorsingPeer peer, Asked asked) {
        boolean restricted = routing.protectsTransientData() && LocalGateway.hasTransientData(proposal);
        return routing.allows(peer.mspId())
                && (!restricted
                        || asked.sofar().stream().filter(Reply::endorsed).allMatch(reply -> isMember(peer, reply)));
    }

    private CompletionStage<Round> unsatisfiable(
            List<Reply> sofar, String missing, List<EndorseException.Answer> away) {
        return sofar.stream().anyMatch(EndorsementRounds::refuses)
                ? CompletableFuture.completedFuture(Round.inVain(sofar))
                : CompletableFuture.failedFuture(unsatisfied(sofar, missing, away));
    }

    private static boolean refuses(Reply reply) {
        return !reply.endorsed() && !reply.unavailable();
    }

    /** Whether what keeps this peer from endorsing is its own matter, and not what the contract says or the proposal is. */
    private boolean leavesItToOthers(Reply reply) {
        return reply.failed()
                // Nobody has signed what it says: it may keep its own endorsement back, and no more.
                || !reply.peer().hosted()
                || (OwnOrganization.eachForItself(proposal) && reply.refusal().isEmpty());
    }

    private EndorsementPlan plan(List<EndorsingPeer> candidates, Set<Requirement> required) throws EndorseException {
        if (candidates.isEmpty()) {
            return new EndorsementPlan(Optional.empty(), "any peer");
        }
        if (!routing.organizations().isEmpty()) {
            return oneOfEach(candidates);
        }
        JoinedChannel channel = channelOf(here);
        ChannelConfig config = channel.config();
        boolean system = here.hasSystem(proposal.chaincode());
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

    private EndorsementPlan oneOfEach(List<EndorsingPeer> candidates) {
        List<EndorsingPeer> peers = new ArrayList<>();
        for (String organization : routing.organizations()) {
            Optional<EndorsingPeer> first = candidates.stream()
                    .filter(peer -> peer.mspId().value().equals(organization))
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
                                ImplicitCollection.of(
                                        able.isEmpty()
                                                ? here.mspId()
                                                : able.get(0).mspId()))
                        : proposal.chaincode());
    }

    private static Set<Requirement> told(List<Reply> replies) {
        Set<Requirement> told = new LinkedHashSet<>();
        replies.stream()
                .filter(Reply::endorsed)
                .forEach(reply -> told.addAll(Requirement.of(reply.response().getInterest())));
        return told;
    }

    private EndorseException unsatisfied(List<Reply> replies, String missing, List<EndorseException.Answer> away) {
        List<EndorseException.Answer> answers = new ArrayList<>(Reply.answers(replies));
        answers.addAll(away);
        Optional<String> reason = replies.stream()
                .filter(Reply::unavailable)
                .map(Reply::words)
                .findFirst()
                .or(() -> away.stream().map(EndorseException.Answer::words).findFirst());
        // Whoever cannot run the chaincode here wants to know that before what is wrong elsewhere.
        String failed = able.isEmpty()
                ? LocalGateway.nobody(proposal, LocalGateway.Purpose.ENDORSE)
                : "failed to collect enough transaction endorsements";
        String message = reason.map(words -> failed + ": " + words)
                .orElseGet(() -> LocalGateway.NO_COMBINATION + " of chaincode " + Quoted.brief(proposal.chaincode())
                        + " with the peers of this server; missing: " + missing);
        return new EndorseException(
                reason.isPresent() ? EndorseException.Kind.UNAVAILABLE : EndorseException.Kind.UNSATISFIED,
                proposal.txId(),
                message,
                answers);
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

    /** Whether the peers differ while they stood, or stand by now, at different heights; of peers of other servers that may always be. */
    private boolean isBadTiming(EndorseException problem, List<Reply> replies) {
        boolean noneEndorsed = replies.stream().noneMatch(Reply::endorsed);
        if (noneEndorsed || replies.stream().anyMatch(r -> r.refusal().isPresent())) {
            return false;
        }
        List<Reply> hosted =
                replies.stream().filter(reply -> reply.peer().hosted()).toList();
        return (hosted.size() < replies.size() && problem.kind() == EndorseException.Kind.MISMATCH)
                || hosted.stream().mapToLong(Reply::height).distinct().count() > 1
                || hosted.stream().anyMatch(reply -> height(reply.peer()).orElse(0) > reply.height());
    }

    /** Completes when all who replied stand as high as the highest, or when that takes too long. */
    private CompletionStage<Void> caughtUp(List<Reply> replies) {
        boolean blind = replies.stream().anyMatch(reply -> !reply.peer().hosted());
        return blind ? questions.pause(settings.catchUp().dividedBy(10)) : caughtUp(replies, System.nanoTime());
    }

    private CompletionStage<Void> caughtUp(List<Reply> replies, long since) {
        long[] heights = replies.stream()
                .flatMapToLong(reply -> height(reply.peer()).stream())
                .sorted()
                .toArray();
        boolean level = heights[0] == heights[heights.length - 1];
        if (level || System.nanoTime() - since > settings.catchUp().toNanos()) {
            return CompletableFuture.completedFuture(null);
        }
        return questions.pause(LOOK_AGAIN).thenCompose(done -> caughtUp(replies, since));
    }

    private OptionalLong height(EndorsingPeer peer) {
        return peer instanceof HostedPeer hosted
                ? OptionalLong.of(channelOf(hosted).ledger().height())
                : OptionalLong.empty();
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
    private record Round(List<Reply> replies, List<EndorsingPeer> plan) {
        static Round inVain(List<Reply> replies) {
            return new Round(replies, List.of());
        }

        boolean satisfied() {
            return !plan.isEmpty();
        }
    }
}
