package org.jangbu.msp.policy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.hyperledger.fabric.protos.common.ImplicitMetaPolicy.Rule;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.jangbu.msp.identity.Identity;

/**
 * A policy over the policies of one name in the groups directly below: ANY, ALL or the MAJORITY of them. Each judges all signatures for
 * itself. Where there are no groups it is satisfied, as in Fabric; a group that has no policy of the name counts as one that never is.
 */
public final class ImplicitMetaPolicy implements Policy {
    private final int threshold;
    private final List<Policy> subPolicies;

    private ImplicitMetaPolicy(int threshold, List<Policy> subPolicies) {
        this.threshold = threshold;
        this.subPolicies = subPolicies;
    }

    /**
     * Joins the policies of the groups below.
     *
     * @param subPolicies one per group, {@link Policy#UNSATISFIABLE} for a group that has none of the name
     * @throws PolicyException if the rule is none that Fabric has
     */
    public static ImplicitMetaPolicy of(Rule rule, List<Policy> subPolicies) throws PolicyException {
        int groups = subPolicies.size();
        int threshold = switch (rule) {
            case ANY -> Math.min(1, groups);
            case ALL -> groups;
            case MAJORITY -> groups == 0 ? 0 : groups / 2 + 1;
            case UNRECOGNIZED -> throw new PolicyException("unknown rule of an implicit-meta policy");
        };
        return new ImplicitMetaPolicy(threshold, List.copyOf(subPolicies));
    }

    /**
     * Reads the text form, {@code MAJORITY Endorsement}: the rule, one blank, the name of the policy in the groups below.
     *
     * @throws PolicySyntaxException if it is anything else
     */
    public static org.hyperledger.fabric.protos.common.ImplicitMetaPolicy parse(String text)
            throws PolicySyntaxException {
        int blank = text.indexOf(' ');
        if (blank < 0 || blank == text.length() - 1 || text.indexOf(' ', blank + 1) >= 0) {
            throw new PolicySyntaxException("expected ANY, ALL or MAJORITY, one blank and the name of a policy", 1);
        }
        Rule rule = switch (text.substring(0, blank)) {
            case "ANY" -> Rule.ANY;
            case "ALL" -> Rule.ALL;
            case "MAJORITY" -> Rule.MAJORITY;
            default -> throw new PolicySyntaxException("expected ANY, ALL or MAJORITY", 1);
        };
        return org.hyperledger.fabric.protos.common.ImplicitMetaPolicy.newBuilder()
                .setRule(rule)
                .setSubPolicy(text.substring(blank + 1))
                .build();
    }

    /** The message of a serialised policy. */
    public static org.hyperledger.fabric.protos.common.ImplicitMetaPolicy read(ByteString bytes)
            throws PolicyException {
        try {
            return org.hyperledger.fabric.protos.common.ImplicitMetaPolicy.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new PolicyException("not an ImplicitMetaPolicy: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean isSatisfiedBySignatures(List<SignedData> signatures) {
        return enough(policy -> policy.isSatisfiedBySignatures(signatures));
    }

    @Override
    public boolean isSatisfiedBy(List<Identity> signers) {
        return enough(policy -> policy.isSatisfiedBy(signers));
    }

    @Override
    public Optional<String> missing(List<Identity> signers) {
        List<Words> lacking = new ArrayList<>();
        for (Policy policy : subPolicies) {
            policy.missing(signers).ifPresent(text -> lacking.add(new Words(text, true)));
        }
        int satisfied = subPolicies.size() - lacking.size();
        return satisfied >= threshold
                ? Optional.empty()
                : Optional.of(Words.some(threshold - satisfied, lacking).text());
    }

    @Override
    public Set<MSPPrincipal> principals() {
        Set<MSPPrincipal> principals = new HashSet<>();
        subPolicies.forEach(policy -> principals.addAll(policy.principals()));
        return principals;
    }

    private boolean enough(Predicate<Policy> satisfied) {
        int missing = threshold;
        for (Policy policy : subPolicies) {
            if (missing == 0) {
                break;
            }
            if (satisfied.test(policy)) {
                missing--;
            }
        }
        return missing == 0;
    }

    @Override
    public String toString() {
        return threshold + " of " + subPolicies;
    }
}
