package org.jangbu.msp.policy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.membership.Membership;

/**
 * Who could satisfy this: minimal sets of signers, of which nobody can be spared. The fewest come first, among them those whom the list of
 * candidates prefers. Signatures are to be given in the order of the set, since Fabric's rule minds it.
 *
 * @param sets the sets listed
 * @param leftOut how many more were found than are listed
 * @param complete whether there are no more than that; the search is bounded
 */
public record SignerSets<T>(List<List<T>> sets, BigInteger leftOut, boolean complete) {
    private static final int MOST_TRIES = 100_000;
    private static final int QUICK_TRIES = 2_000;
    private static final int MOST_WORK = 20_000_000;
    private static final Comparator<List<Integer>> PREFERENCE =
            Comparator.<List<Integer>>comparingInt(List::size).thenComparing(SignerSets::byPreference);

    public SignerSets {
        sets = sets.stream().map(List::copyOf).toList();
    }

    /**
     * The minimal sets among some signers.
     *
     * @param candidates valid identities, in the order of preference
     * @param policies all of which a set must satisfy
     * @param membership by which the policies were compiled
     * @param most how many sets to list
     */
    public static SignerSets<Identity> among(
            List<Identity> candidates, List<Policy> policies, Membership membership, int most) {
        SignerKinds kinds = SignerKinds.of(candidates, policies, membership);
        long principals =
                policies.stream().mapToLong(p -> p.principals().size()).sum();
        SetSearch search = new SetSearch(
                kinds.available(),
                counts -> satisfied(kinds.first(counts), candidates, policies),
                tries(principals * candidates.size()));
        List<List<Integer>> sets = new ArrayList<>();
        BigInteger found = BigInteger.ZERO;
        for (int[] way : search.run(false)) {
            sets.addAll(kinds.choose(way, most));
            found = found.add(kinds.choices(way));
        }
        if (sets.isEmpty() && !search.complete()) {
            spared(kinds.all(), candidates, policies).ifPresent(sets::add);
            found = BigInteger.valueOf(sets.size());
        }
        List<List<Identity>> listed = sets.stream()
                .sorted(PREFERENCE)
                .limit(most)
                .map(set -> signers(set, candidates))
                .toList();
        return new SignerSets<>(listed, found.subtract(BigInteger.valueOf(listed.size())), search.complete());
    }

    /**
     * A set of fewest signers, quickly: where there are too many sets to try, one of which nobody can be spared.
     *
     * @return empty if none was found
     */
    public static Optional<List<Identity>> smallest(
            List<Identity> candidates, List<Policy> policies, Membership membership) {
        SignerKinds kinds = SignerKinds.of(candidates, policies, membership);
        SetSearch search = new SetSearch(
                kinds.available(), counts -> satisfied(kinds.first(counts), candidates, policies), QUICK_TRIES);
        Optional<List<Integer>> set =
                search.run(true).stream().map(kinds::first).min(PREFERENCE);
        if (set.isEmpty() && !search.complete()) {
            set = spared(kinds.all(), candidates, policies);
        }
        return set.map(chosen -> signers(chosen, candidates));
    }

    /**
     * The minimal sets in the words of the policy, whoever may be there: each principal is taken to have signers enough of its own.
     *
     * @throws PolicyException if the policy cannot be evaluated
     */
    public static SignerSets<String> inWords(SignaturePolicyEnvelope policy, int most) throws PolicyException {
        Rule rule = RuleCompiler.compile(policy);
        Map<MSPPrincipal, Integer> kinds = new LinkedHashMap<>();
        for (MSPPrincipal principal : policy.getIdentitiesList()) {
            kinds.putIfAbsent(principal, kinds.size());
        }
        List<MSPPrincipal> principals = List.copyOf(kinds.keySet());
        int[] kindOf = policy.getIdentitiesList().stream()
                .mapToInt(principal -> kinds.getOrDefault(principal, 0))
                .toArray();
        int[] mentions = new int[kindOf.length];
        rule.count(mentions);
        int[] available = new int[kinds.size()];
        for (int i = 0; i < mentions.length; i++) {
            available[kindOf[i]] += mentions[i];
        }
        long work = (long) mentions.length * mentions.length;
        SetSearch search = new SetSearch(
                available,
                counts -> {
                    List<Integer> signers = repeated(counts);
                    return rule.take(new OfKind(signers, kindOf), new boolean[signers.size()]);
                },
                tries(work));
        List<List<String>> sets = new ArrayList<>();
        for (int[] way : search.run(false)) {
            sets.add(repeated(way).stream()
                    .map(kind -> PrincipalText.describe(principals.get(kind)))
                    .toList());
        }
        int listed = Math.min(most, sets.size());
        return new SignerSets<>(sets.subList(0, listed), BigInteger.valueOf(sets.size() - listed), search.complete());
    }

    private static int byPreference(List<Integer> one, List<Integer> other) {
        List<Integer> first = new ArrayList<>(one);
        List<Integer> second = new ArrayList<>(other);
        Collections.sort(first);
        Collections.sort(second);
        for (int i = 0; i < first.size(); i++) {
            int order = first.get(i).compareTo(second.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int tries(long work) {
        return (int) Math.max(50, Math.min(MOST_TRIES, MOST_WORK / (1 + work)));
    }

    private static boolean satisfied(List<Integer> chosen, List<Identity> candidates, List<Policy> policies) {
        List<Identity> signers = signers(chosen, candidates);
        return policies.stream().allMatch(policy -> policy.isSatisfiedBy(signers));
    }

    private static List<Identity> signers(List<Integer> chosen, List<Identity> candidates) {
        return chosen.stream().map(candidates::get).toList();
    }

    /** Leaves out whoever can be spared, the least preferred first. */
    private static Optional<List<Integer>> spared(List<Integer> all, List<Identity> candidates, List<Policy> policies) {
        if (!satisfied(all, candidates, policies)) {
            return Optional.empty();
        }
        List<Integer> set = new ArrayList<>(all);
        for (int signer = candidates.size() - 1; signer >= 0; signer--) {
            List<Integer> fewer = new ArrayList<>(set);
            fewer.remove(Integer.valueOf(signer));
            if (satisfied(fewer, candidates, policies)) {
                set = fewer;
            }
        }
        return Optional.of(set);
    }

    private static List<Integer> repeated(int[] counts) {
        List<Integer> kinds = new ArrayList<>();
        for (int kind = 0; kind < counts.length; kind++) {
            kinds.addAll(Collections.nCopies(counts[kind], kind));
        }
        return kinds;
    }

    /** Imagined signers: each may stand for the principals of its own kind. */
    private static final class OfKind implements Attendance {
        private final List<Integer> signers;
        private final int[] kindOf;

        OfKind(List<Integer> signers, int[] kindOf) {
            this.signers = signers;
            this.kindOf = kindOf;
        }

        @Override
        public int size() {
            return signers.size();
        }

        @Override
        public boolean fits(int signer, int principal) {
            return signers.get(signer) == kindOf[principal];
        }
    }
}
