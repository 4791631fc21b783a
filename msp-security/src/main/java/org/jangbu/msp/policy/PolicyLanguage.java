package org.jangbu.msp.policy;

import java.util.List;
import java.util.stream.Collectors;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.hyperledger.fabric.protos.common.SignaturePolicy;
import org.hyperledger.fabric.protos.common.SignaturePolicy.NOutOf;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;

/**
 * Fabric's policy language: {@code AND('Org1MSP.peer', OR('Org2MSP.peer', 'Org3MSP.peer'))}, {@code OutOf(2, 'A.member', 'B.member',
 * 'C.member')}. Gates may be written {@code AND}, {@code And} or {@code and}, and so the others. AND is n of n, OR is 1 of n; every mention
 * of a principal gets its own entry. A gate's entries are numbered after those of the gates within it, as Fabric's own parser does, so that
 * the same text gives the same bytes.
 */
public final class PolicyLanguage {
    /** The longest text read. */
    public static final int MAX_LENGTH = 64 * 1024;
    /** The deepest nesting of gates; protobuf itself reads a few more. */
    public static final int MAX_DEPTH = 40;

    private PolicyLanguage() {}

    /**
     * Compiles a policy.
     *
     * @throws PolicySyntaxException saying what is wrong and where
     */
    public static SignaturePolicyEnvelope parse(String text) throws PolicySyntaxException {
        if (text.length() > MAX_LENGTH) {
            throw new PolicySyntaxException("a policy may have " + MAX_LENGTH + " characters, no more", MAX_LENGTH + 1);
        }
        return new PolicyParser(PolicyTokens.of(text)).parse();
    }

    /**
     * Writes a policy as text. What {@link #parse} has made comes back with gates in capitals; the text of other policies parses again to
     * one that decides alike, since only the numbering of the identities may differ.
     *
     * @throws PolicyException if it holds what the language cannot say: principals that are no roles, another version
     */
    public static String format(SignaturePolicyEnvelope policy) throws PolicyException {
        if (policy.getVersion() != 0) {
            throw new PolicyException("policies of version " + policy.getVersion() + " cannot be written as text");
        }
        return format(policy.getRule(), policy.getIdentitiesList());
    }

    private static String format(SignaturePolicy rule, List<MSPPrincipal> identities) throws PolicyException {
        if (rule.getTypeCase() == SignaturePolicy.TypeCase.SIGNED_BY) {
            int index = rule.getSignedBy();
            if (index < 0 || index >= identities.size()) {
                throw new PolicyException("identity " + index + " of " + identities.size() + " does not exist");
            }
            return "'" + RolePrincipal.of(identities.get(index)) + "'";
        }
        NOutOf gate = rule.getNOutOf();
        if (gate.getRulesCount() == 0 || gate.getN() < 0 || gate.getN() > gate.getRulesCount() + 1) {
            throw new PolicyException(
                    "a gate of " + gate.getN() + " out of " + gate.getRulesCount() + " cannot be written as text");
        }
        StringBuilder parts = new StringBuilder();
        for (SignaturePolicy part : gate.getRulesList()) {
            parts.append(", ").append(format(part, identities));
        }
        int n = gate.getN();
        if (n == gate.getRulesCount()) {
            return "AND(" + parts.substring(2) + ")";
        }
        return n == 1 ? "OR(" + parts.substring(2) + ")" : "OutOf(" + n + parts + ")";
    }

    /** The text if there is one, else a list of what is in the policy; for logs and pages, never to be parsed. */
    public static String describe(SignaturePolicyEnvelope policy) {
        try {
            return format(policy);
        } catch (PolicyException e) {
            return policy.getIdentitiesList().stream()
                    .map(principal -> principal.getPrincipalClassification().name())
                    .collect(Collectors.joining(", ", "policy of version " + policy.getVersion() + " over ", ""));
        }
    }
}
