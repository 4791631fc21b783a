package org.jangbu.peer.gateway;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jangbu.model.Quoted;
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
    private final Questions questions;
    private final UnpackedProposal proposal;
    private final List<EndorsingPeer> able;
    private final Routing routing;
    private final EndorsementPlanning planning;
    private final Confidants confidants;
    private final Widening widening;
    private final CatchUp catchUp;
    private final int attempts;

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
        this.questions = questions;
        this.proposal = proposal;
        this.able = List.copyOf(able);
        this.routing = routing;
        this.planning = new EndorsementPlanning(proposal, here, this.able, routing);
        this.confidants = new Confidants(proposal, here, routing);
        this.widening = new Widening(remote, confidants);
        this.catchUp = new CatchUp(questions, proposal, settings.catchUp());
        this.attempts = settings.attempts();
    }

    CompletionStage<Gateway.PreparedTransaction> run() {
        return attempt(1);
    }

    private CompletionStage<EndorsementRound> rounds() {
        if (!confidants.areNeeded()) {
            return round(new Asked(able, List.of(), false), Set.of(planning.first()), true);
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
    private CompletionStage<EndorsementRound> afterFirst(Reply first) {
        if (!first.endorsed()) {
            return CompletableFuture.completedFuture(EndorsementRound.inVain(List.of(first)));
        }
        List<String> collections = first.response().getInterest().getChaincodesList().stream()
                .flatMap(call -> call.getCollectionNamesList().stream())
                .distinct()
                .toList();
        List<EndorsingPeer> members = able.stream()
                .filter(peer -> peer.equals(first.peer()) || confidants.isMember(peer, first))
                .toList();
        Set<Requirement> told = EndorsementPlanning.told(List.of(first));
        Set<Requirement> required = told.isEmpty() ? Set.of(planning.first()) : told;
        try {
            if (planning.plan(members, required).peers().isEmpty()
                    && planning.plan(able, required).peers().isPresent()) {
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

    private <T> CompletionStage<T> failed(EndorseException.Kind kind, String message) {
        return CompletableFuture.failedFuture(new EndorseException(kind, proposal.txId(), message, List.of()));
    }

    private CompletionStage<Gateway.PreparedTransaction> attempt(int number) {
        return rounds().thenCompose(round -> {
            List<Reply> replies = round.replies();
            Optional<EndorseException> problem = round.problem(proposal);
            if (problem.isEmpty()) {
                return CompletableFuture.completedFuture(round.prepared(proposal));
            }
            return number < attempts && catchUp.isBadTiming(problem.get(), replies)
                    ? catchUp.caughtUp(replies).thenCompose(done -> attempt(number + 1))
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
    private CompletionStage<EndorsementRound> round(Asked asked, Set<Requirement> required, boolean guessed) {
        EndorsementPlan plan;
        try {
            plan = planning.plan(asked.preferred(), required);
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
            if (replies.stream().anyMatch(reply -> reply.refuses() && !reply.leavesItToOthers(proposal))) {
                return CompletableFuture.completedFuture(EndorsementRound.inVain(all));
            }
            List<EndorsingPeer> available = new ArrayList<>(asked.candidates());
            replies.stream().filter(reply -> !reply.endorsed()).forEach(reply -> available.remove(reply.peer()));
            Set<Requirement> told = EndorsementPlanning.told(all);
            Set<Requirement> next = told.isEmpty() ? required : told;
            return available.size() == asked.candidates().size() && next.equals(required) && !look
                    ? CompletableFuture.completedFuture(new EndorsementRound(all, planned))
                    : round(new Asked(available, all, asked.widened()), next, guessed && told.isEmpty());
        });
    }

    /** Goes on with the peers of other servers, since those of this one do not suffice. */
    private CompletionStage<EndorsementRound> widened(
            Asked asked, EndorsementPlan plan, Set<Requirement> required, boolean guessed) {
        return widening.further(asked.sofar()).thenCompose(further -> {
            if (further.peers().isEmpty()) {
                return unsatisfiable(asked.sofar(), plan.missing(), further.away());
            }
            List<EndorsingPeer> all = new ArrayList<>(asked.candidates());
            all.addAll(further.peers());
            return round(new Asked(all, asked.sofar(), true), required, guessed);
        });
    }

    private CompletionStage<EndorsementRound> unsatisfiable(
            List<Reply> sofar, String missing, List<EndorseException.Answer> away) {
        return sofar.stream().anyMatch(Reply::refuses)
                ? CompletableFuture.completedFuture(EndorsementRound.inVain(sofar))
                : CompletableFuture.failedFuture(unsatisfied(sofar, missing, away));
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
                ? AblePeers.nobody(proposal, AblePeers.Purpose.ENDORSE)
                : "failed to collect enough transaction endorsements";
        String message = reason.map(words -> failed + ": " + words)
                .orElseGet(() -> AblePeers.NO_COMBINATION + " of chaincode " + Quoted.brief(proposal.chaincode())
                        + " with the peers of this server; missing: " + missing);
        return new EndorseException(
                reason.isPresent() ? EndorseException.Kind.UNAVAILABLE : EndorseException.Kind.UNSATISFIED,
                proposal.txId(),
                message,
                answers);
    }
}
