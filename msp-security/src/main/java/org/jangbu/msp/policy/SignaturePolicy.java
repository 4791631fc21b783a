package org.jangbu.msp.policy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.membership.Membership;

/** A {@code SignaturePolicyEnvelope} at work, over the signers of one membership. The envelope's version says which rule it holds. */
public final class SignaturePolicy implements Policy {
    /** Fabric's own, and the only one for now. Version 1 is kept for weights, which a plain Fabric tool must refuse to read. */
    private static final int FABRIC = 0;

    private final SignaturePolicyEnvelope envelope;
    private final Rule rule;
    private final Membership membership;

    private SignaturePolicy(SignaturePolicyEnvelope envelope, Rule rule, Membership membership) {
        this.envelope = envelope;
        this.rule = rule;
        this.membership = membership;
    }

    /**
     * Compiles a policy.
     *
     * @throws PolicyException if its version is not 0, an index points nowhere, a rule is empty or gates are nested too deep
     */
    public static SignaturePolicy of(SignaturePolicyEnvelope envelope, Membership membership) throws PolicyException {
        if (envelope.getVersion() != FABRIC) {
            throw new PolicyException("a policy of version " + envelope.getVersion() + " is not understood, only 0 is");
        }
        return new SignaturePolicy(envelope, GreedyRule.of(envelope, membership), membership);
    }

    /**
     * Compiles a serialised policy.
     *
     * @throws PolicyException also if the bytes are none
     */
    public static SignaturePolicy of(ByteString envelope, Membership membership) throws PolicyException {
        try {
            return of(SignaturePolicyEnvelope.parseFrom(envelope), membership);
        } catch (InvalidProtocolBufferException e) {
            throw new PolicyException("not a SignaturePolicyEnvelope: " + e.getMessage(), e);
        }
    }

    /** The policy as a message, for those who look for signers that would do. */
    public SignaturePolicyEnvelope envelope() {
        return envelope;
    }

    @Override
    public boolean isSatisfiedBySignatures(List<SignedData> signatures) {
        return isSatisfiedBy(Signers.of(signatures, membership));
    }

    @Override
    public boolean isSatisfiedBy(List<Identity> signers) {
        return rule.isSatisfiedBy(signers);
    }

    @Override
    public String toString() {
        return PolicyLanguage.describe(envelope);
    }
}
