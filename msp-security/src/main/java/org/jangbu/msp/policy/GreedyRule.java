package org.jangbu.msp.policy;

import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.hyperledger.fabric.protos.common.SignaturePolicy.NOutOf;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.membership.Membership;

/**
 * The rule of policies of version 0, evaluated as Fabric does, greedily: a leaf takes the first signer that is still free and satisfies its
 * principal; a gate asks all its parts in order, also when enough have succeeded, so that a later part may use up a signer without need; a
 * part that fails gives back what it took. It finds no cleverer assignment, and must not: every committer has to come to the same verdict.
 */
final class GreedyRule implements Rule {
    private final Node root;

    private GreedyRule(Node root) {
        this.root = root;
    }

    static GreedyRule of(SignaturePolicyEnvelope policy, Membership membership) throws PolicyException {
        return new GreedyRule(compile(policy.getRule(), policy.getIdentitiesList(), membership, 1));
    }

    @Override
    public boolean isSatisfiedBy(List<Identity> signers) {
        return root.take(signers, new boolean[signers.size()]);
    }

    private static Node compile(
            org.hyperledger.fabric.protos.common.SignaturePolicy rule,
            List<MSPPrincipal> identities,
            Membership membership,
            int depth)
            throws PolicyException {
        if (depth > PolicyLanguage.MAX_DEPTH + 1) {
            throw new PolicyException("gates are nested more than " + PolicyLanguage.MAX_DEPTH + " deep");
        }
        return switch (rule.getTypeCase()) {
            case SIGNED_BY -> leaf(rule.getSignedBy(), identities, membership);
            case N_OUT_OF -> gate(rule.getNOutOf(), identities, membership, depth);
            case TYPE_NOT_SET -> throw new PolicyException("a rule of the policy is empty");
        };
    }

    private static Node leaf(int index, List<MSPPrincipal> identities, Membership membership) throws PolicyException {
        if (index < 0 || index >= identities.size()) {
            throw new PolicyException("the policy names identity " + index + " of " + identities.size());
        }
        return new Leaf(identities.get(index), membership);
    }

    private static Node gate(NOutOf gate, List<MSPPrincipal> identities, Membership membership, int depth)
            throws PolicyException {
        List<Node> parts = new ArrayList<>(gate.getRulesCount());
        for (org.hyperledger.fabric.protos.common.SignaturePolicy part : gate.getRulesList()) {
            parts.add(compile(part, identities, membership, depth + 1));
        }
        return new Gate(gate.getN(), parts);
    }

    /** A part of the policy; {@code used} says which signers are taken. After a failure it holds what it held before. */
    private interface Node {
        boolean take(List<Identity> signers, boolean[] used);
    }

    private record Leaf(MSPPrincipal principal, Membership membership) implements Node {
        @Override
        public boolean take(List<Identity> signers, boolean[] used) {
            for (int i = 0; i < used.length; i++) {
                if (!used[i] && membership.satisfies(signers.get(i), principal)) {
                    used[i] = true;
                    return true;
                }
            }
            return false;
        }
    }

    private record Gate(int n, List<Node> parts) implements Node {
        @Override
        public boolean take(List<Identity> signers, boolean[] used) {
            boolean[] before = used.clone();
            int satisfied = 0;
            for (Node part : parts) {
                if (part.take(signers, used)) {
                    satisfied++;
                }
            }
            if (satisfied >= n) {
                return true;
            }
            System.arraycopy(before, 0, used, 0, used.length);
            return false;
        }
    }
}
