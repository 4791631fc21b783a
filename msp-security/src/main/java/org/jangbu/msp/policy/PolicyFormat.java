package org.jangbu.msp.policy;

import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.hyperledger.fabric.protos.common.SignaturePolicy;
import org.hyperledger.fabric.protos.common.SignaturePolicy.NOutOf;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;

/** Writes the message of a policy as text. */
final class PolicyFormat {
    private final SignaturePolicyEnvelope policy;
    private final Writer principals;

    /** How a principal is written. */
    @FunctionalInterface
    interface Writer {
        String write(MSPPrincipal principal) throws PolicyException;
    }

    PolicyFormat(SignaturePolicyEnvelope policy, Writer principals) {
        this.policy = policy;
        this.principals = principals;
    }

    String text() throws PolicyException {
        // Compiling finds every fault that would make the text another policy than the message.
        RuleCompiler.compile(policy);
        return rule(policy.getRule());
    }

    private String rule(SignaturePolicy rule) throws PolicyException {
        return rule.hasSignedBy() ? principal(rule.getSignedBy()) : gate(rule.getNOutOf());
    }

    private String principal(int index) throws PolicyException {
        return "'" + principals.write(policy.getIdentities(index)) + "'";
    }

    private String gate(NOutOf gate) throws PolicyException {
        if (WeightClause.isClause(gate)) {
            return weights(gate);
        }
        int n = gate.getN();
        int count = gate.getRulesCount();
        if (count == 0 || n < 0 || n > count + 1) {
            throw new PolicyException("a gate of " + n + " out of " + count + " cannot be written as text");
        }
        List<String> parts = new ArrayList<>(count);
        for (SignaturePolicy part : gate.getRulesList()) {
            parts.add(rule(part));
        }
        String list = String.join(", ", parts) + ")";
        if (n == count) {
            return "AND(" + list;
        }
        return n == 1 ? "OR(" + list : "OutOf(" + n + ", " + list;
    }

    private String weights(NOutOf clause) throws PolicyException {
        List<String> parts = new ArrayList<>();
        for (WeightClause.Part part : WeightClause.parts(clause)) {
            parts.add(principal(part.principal()) + "=" + part.weight());
        }
        return "Weights(" + clause.getN() + ", " + String.join(", ", parts) + ")";
    }
}
