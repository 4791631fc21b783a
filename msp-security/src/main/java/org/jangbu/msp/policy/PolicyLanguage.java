package org.jangbu.msp.policy;

import java.util.Optional;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;
import org.jangbu.msp.membership.Membership;

/**
 * Fabric's policy language and two things more. Fabric's is {@code AND('Org1MSP.peer', OR('Org2MSP.peer', 'Org3MSP.peer'))}, {@code OutOf(2, 'A.member', 'B.member',
 * 'C.member')}. Gates may be written {@code AND}, {@code And} or {@code and}, and so the others. AND is n of n, OR is 1 of n; every mention
 * of a principal gets its own entry. A gate's entries are numbered after those of the gates within it, as Fabric's own parser does, so that
 * the same text gives the same bytes.
 *
 * <p>Beyond that, {@code 'Org1MSP.node:peer0.org1.example.com'} is one node, and {@code Weights(50, 'A.node:a'=25, 'B.peer'=25)} a sum of
 * weights to be reached. A policy with weights is of version 1, which Fabric's own tools refuse.
 */
public final class PolicyLanguage {
    /** The longest text read. */
    public static final int MAX_LENGTH = 64 * 1024;
    /** The deepest nesting of gates; protobuf itself reads a few more. */
    public static final int MAX_DEPTH = 40;
    /** Most gates and principals, all counted, and most identities. A text of the greatest length has fewer. */
    public static final int MAX_RULES = 16 * 1024;

    /** The version of Fabric's own policies. */
    static final int FABRIC = 0;
    /** The version of policies with weights. */
    static final int WEIGHTS = 1;

    private static final int MAX_DESCRIPTION = 4_000;

    private PolicyLanguage() {}

    /**
     * Compiles a policy. Nodes must be written with their certifiers, since nobody is here to tell.
     *
     * @throws PolicySyntaxException saying what is wrong and where
     */
    public static SignaturePolicyEnvelope parse(String text) throws PolicySyntaxException {
        return parse(text, Optional.empty());
    }

    /**
     * Compiles a policy.
     *
     * @param membership the channel's, to tell who certifies the nodes of its MSPs
     * @throws PolicySyntaxException saying what is wrong and where
     */
    public static SignaturePolicyEnvelope parse(String text, Membership membership) throws PolicySyntaxException {
        return parse(text, Optional.of(membership));
    }

    private static SignaturePolicyEnvelope parse(String text, Optional<Membership> membership)
            throws PolicySyntaxException {
        if (text.length() > MAX_LENGTH) {
            throw new PolicySyntaxException("a policy may have " + MAX_LENGTH + " characters, no more", MAX_LENGTH + 1);
        }
        return new PolicyParser(PolicyTokens.of(text), membership).parse();
    }

    /**
     * Writes a policy as text. What {@link #parse} has made comes back with gates in capitals and nodes with their certifiers; the text of
     * other policies parses again to one that decides alike, since only the numbering of the identities may differ.
     *
     * @throws PolicyException if it holds what the language cannot say: principals that are neither roles nor nodes, another version
     */
    public static String format(SignaturePolicyEnvelope policy) throws PolicyException {
        return new PolicyFormat(policy, PrincipalText::write).text();
    }

    /** The text, nodes without their certifiers; for logs and pages, never to be parsed. What has no text is told by its kind. */
    public static String describe(SignaturePolicyEnvelope policy) {
        String text;
        try {
            text = new PolicyFormat(policy, PrincipalText::describe).text();
        } catch (PolicyException e) {
            text = "policy of version " + policy.getVersion() + ": " + e.getMessage();
        }
        return text.length() <= MAX_DESCRIPTION ? text : text.substring(0, MAX_DESCRIPTION) + "…";
    }
}
