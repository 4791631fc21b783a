package org.jangbu.msp.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.hyperledger.fabric.protos.common.SignaturePolicy;
import org.hyperledger.fabric.protos.common.SignaturePolicy.NOutOf;

/**
 * A sum of weights that must reach a threshold. A signer stands for at most one principal of the clause and a principal is stood for by at
 * most one signer; of all such assignments the one of most weight counts, so that neither the order of the signatures nor one signature more
 * can do harm. Nobody is used up: a signer may stand for a principal elsewhere in the policy as well.
 *
 * <p>In a message of version 1 the clause is an {@code NOutOf} whose {@code n} is the threshold and whose first rule is empty; each rule
 * after that is an {@code NOutOf} of the weight over one {@code signed_by}. Fabric knows neither the version nor an empty rule.
 *
 * @param parts by weight, the heaviest first
 */
record WeightClause(int threshold, List<Part> parts) implements Rule {
    /** Most principals in one clause. */
    static final int MAX_PARTS = 256;
    /** The greatest weight; the sum of a clause's weights stays far below what an int holds. */
    static final int MAX_WEIGHT = 1_000_000;

    private static final int MAX_NAMED = 8;

    /** A principal, by its number, and its weight. */
    record Part(int principal, int weight) {}

    WeightClause {
        parts = parts.stream()
                .sorted(Comparator.comparingInt(Part::weight).reversed())
                .toList();
    }

    /** Whether a gate of a message is a clause of weights. */
    static boolean isClause(NOutOf gate) {
        return gate.getRulesCount() > 0 && gate.getRules(0).getTypeCase() == SignaturePolicy.TypeCase.TYPE_NOT_SET;
    }

    /**
     * The principals and weights of a clause, in the order of the message.
     *
     * @throws PolicyException if it is not one, or none that can be reached
     */
    static List<Part> parts(NOutOf clause) throws PolicyException {
        List<Part> parts = new ArrayList<>();
        for (SignaturePolicy rule : clause.getRulesList().subList(1, clause.getRulesCount())) {
            NOutOf weighted = rule.getNOutOf();
            if (weighted.getRulesCount() != 1 || !weighted.getRules(0).hasSignedBy()) {
                throw new PolicyException("a weight belongs to one principal");
            }
            parts.add(new Part(weighted.getRules(0).getSignedBy(), weighted.getN()));
        }
        Optional<String> fault = fault(clause.getN(), parts);
        if (fault.isPresent()) {
            throw new PolicyException(fault.get());
        }
        return parts;
    }

    /** What is wrong with a threshold and weights, if anything. */
    static Optional<String> fault(int threshold, List<Part> parts) {
        if (parts.isEmpty() || parts.size() > MAX_PARTS) {
            return Optional.of("weights are given to 1 to " + MAX_PARTS + " principals, not to " + parts.size());
        }
        if (parts.stream().anyMatch(part -> part.weight() < 1 || part.weight() > MAX_WEIGHT)) {
            return Optional.of("a weight is 1 to " + MAX_WEIGHT);
        }
        int sum = parts.stream().mapToInt(Part::weight).sum();
        return threshold < 1 || threshold > sum
                ? Optional.of("all weights together are " + sum + " and cannot be asked to reach " + threshold)
                : Optional.empty();
    }

    /** The clause as a message; {@code parts} in the order in which they are to stand there. */
    static SignaturePolicy message(int threshold, List<Part> parts) {
        NOutOf.Builder clause = NOutOf.newBuilder().setN(threshold).addRules(SignaturePolicy.getDefaultInstance());
        for (Part part : parts) {
            SignaturePolicy signer =
                    SignaturePolicy.newBuilder().setSignedBy(part.principal()).build();
            clause.addRules(SignaturePolicy.newBuilder()
                    .setNOutOf(NOutOf.newBuilder().setN(part.weight()).addRules(signer)));
        }
        return SignaturePolicy.newBuilder().setNOutOf(clause).build();
    }

    @Override
    public boolean take(Attendance present, boolean[] used) {
        return new WeightAssignment(this, present).reached() >= threshold;
    }

    @Override
    public Optional<Words> missing(Attendance present, boolean[] used, IntFunction<String> names) {
        WeightAssignment assignment = new WeightAssignment(this, present);
        int reached = assignment.reached();
        if (reached >= threshold) {
            return Optional.empty();
        }
        String open = assignment.open().stream()
                .limit(MAX_NAMED)
                .map(part -> names.apply(part.principal()) + "=" + part.weight())
                .collect(Collectors.joining(", "));
        int others = assignment.open().size() - MAX_NAMED;
        return Optional.of(Words.of((threshold - reached) + " more of weight (" + reached + " of " + threshold
                + " is there) by " + open + (others > 0 ? " or " + others + " others" : "")));
    }

    @Override
    public void count(int[] mentions) {
        parts.forEach(part -> mentions[part.principal()]++);
    }
}
