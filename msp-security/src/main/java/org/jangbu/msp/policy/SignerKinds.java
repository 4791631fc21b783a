package org.jangbu.msp.policy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.membership.Membership;

/**
 * Signers sorted by what they may stand for, those who may stand for least first: in this order the greedy rule keeps the versatile for what
 * nobody else can do. Signers are given by their place in a list.
 */
final class SignerKinds {
    private final List<List<Integer>> kinds;

    private SignerKinds(List<List<Integer>> kinds) {
        this.kinds = kinds;
    }

    static SignerKinds of(List<Identity> signers, List<Policy> policies, Membership membership) {
        List<MSPPrincipal> principals = policies.stream()
                .flatMap(policy -> policy.principals().stream())
                .distinct()
                .toList();
        Map<BitSet, List<Integer>> kinds = new LinkedHashMap<>();
        for (int signer = 0; signer < signers.size(); signer++) {
            BitSet standsFor = new BitSet();
            for (int principal = 0; principal < principals.size(); principal++) {
                standsFor.set(principal, membership.satisfies(signers.get(signer), principals.get(principal)));
            }
            kinds.computeIfAbsent(standsFor, unused -> new ArrayList<>()).add(signer);
        }
        return new SignerKinds(kinds.entrySet().stream()
                .sorted(java.util.Comparator.comparingInt(kind -> kind.getKey().cardinality()))
                .map(Map.Entry::getValue)
                .toList());
    }

    /** By kind: how many signers there are. */
    int[] available() {
        return kinds.stream().mapToInt(List::size).toArray();
    }

    /** All signers, in the order of their kinds. */
    List<Integer> all() {
        return first(available());
    }

    /** So many of each kind, those that come first. */
    List<Integer> first(int[] counts) {
        List<Integer> signers = new ArrayList<>();
        for (int kind = 0; kind < counts.length; kind++) {
            signers.addAll(kinds.get(kind).subList(0, counts[kind]));
        }
        return signers;
    }

    /** In how many ways so many of each kind can be chosen. */
    BigInteger choices(int[] counts) {
        BigInteger choices = BigInteger.ONE;
        for (int kind = 0; kind < counts.length; kind++) {
            int size = kinds.get(kind).size();
            for (int i = 0; i < counts[kind]; i++) {
                choices = choices.multiply(BigInteger.valueOf(size - i)).divide(BigInteger.valueOf(i + 1));
            }
        }
        return choices;
    }

    /** The choices of so many of each kind, {@code most} of them. */
    List<List<Integer>> choose(int[] counts, int most) {
        List<List<Integer>> chosen = new ArrayList<>();
        choose(counts, 0, 0, new ArrayList<>(), most, chosen);
        return chosen;
    }

    private void choose(int[] counts, int kind, int from, List<Integer> sofar, int most, List<List<Integer>> chosen) {
        if (chosen.size() >= most) {
            return;
        }
        if (kind == counts.length) {
            chosen.add(List.copyOf(sofar));
            return;
        }
        List<Integer> members = kinds.get(kind);
        int taken = (int) sofar.stream().filter(members::contains).count();
        if (taken == counts[kind]) {
            choose(counts, kind + 1, 0, sofar, most, chosen);
            return;
        }
        for (int i = from; i < members.size(); i++) {
            sofar.add(members.get(i));
            choose(counts, kind, i + 1, sofar, most, chosen);
            sofar.remove(sofar.size() - 1);
        }
    }
}
