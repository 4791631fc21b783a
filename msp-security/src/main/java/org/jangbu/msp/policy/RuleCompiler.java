package org.jangbu.msp.policy;

import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.common.SignaturePolicy;
import org.hyperledger.fabric.protos.common.SignaturePolicy.NOutOf;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;

/** From the message of a policy to its rule. What is too deep, too large or points nowhere is refused here and never evaluated. */
final class RuleCompiler {
    private final SignaturePolicyEnvelope policy;
    private int rules;
    private int clauses;

    private RuleCompiler(SignaturePolicyEnvelope policy) {
        this.policy = policy;
    }

    /**
     * Compiles a policy of version 0, Fabric's own, or of version 1, which has weights.
     *
     * @throws PolicyException saying what is wrong
     */
    static Rule compile(SignaturePolicyEnvelope policy) throws PolicyException {
        int version = policy.getVersion();
        if (version != PolicyLanguage.FABRIC && version != PolicyLanguage.WEIGHTS) {
            throw new PolicyException("a policy of version " + version + " is not understood, only 0 and 1 are");
        }
        if (policy.getIdentitiesCount() > PolicyLanguage.MAX_RULES) {
            throw new PolicyException("a policy may name " + PolicyLanguage.MAX_RULES + " identities, no more");
        }
        RuleCompiler compiler = new RuleCompiler(policy);
        Rule rule = compiler.rule(policy.getRule(), 1);
        if (version == PolicyLanguage.WEIGHTS && compiler.clauses == 0) {
            throw new PolicyException("a policy of version 1 has weights; without them it is one of version 0");
        }
        return rule;
    }

    private Rule rule(SignaturePolicy rule, int depth) throws PolicyException {
        if (depth > PolicyLanguage.MAX_DEPTH + 1) {
            throw new PolicyException("gates are nested more than " + PolicyLanguage.MAX_DEPTH + " deep");
        }
        if (++rules > PolicyLanguage.MAX_RULES) {
            throw new PolicyException("a policy may have " + PolicyLanguage.MAX_RULES + " rules, no more");
        }
        return switch (rule.getTypeCase()) {
            case SIGNED_BY -> new Leaf(known(rule.getSignedBy()));
            case N_OUT_OF -> gate(rule.getNOutOf(), depth);
            case TYPE_NOT_SET -> throw new PolicyException("a rule of the policy is empty");
        };
    }

    private Rule gate(NOutOf gate, int depth) throws PolicyException {
        if (policy.getVersion() == PolicyLanguage.WEIGHTS && WeightClause.isClause(gate)) {
            return clause(gate);
        }
        List<Rule> parts = new ArrayList<>(gate.getRulesCount());
        for (SignaturePolicy part : gate.getRulesList()) {
            parts.add(rule(part, depth + 1));
        }
        return new Gate(gate.getN(), parts);
    }

    private WeightClause clause(NOutOf gate) throws PolicyException {
        clauses++;
        rules += gate.getRulesCount();
        List<WeightClause.Part> parts = WeightClause.parts(gate);
        for (WeightClause.Part part : parts) {
            known(part.principal());
        }
        return new WeightClause(gate.getN(), parts);
    }

    private int known(int principal) throws PolicyException {
        if (principal < 0 || principal >= policy.getIdentitiesCount()) {
            throw new PolicyException("the policy names identity " + principal + " of " + policy.getIdentitiesCount());
        }
        return principal;
    }
}
