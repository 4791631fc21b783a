package org.jangbu.msp.policy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.membership.Membership;

/**
 * A {@code SignaturePolicyEnvelope} at work, over the signers of one membership. Version 0 is Fabric's; version 1 may hold weights, and a
 * plain Fabric tool refuses it rather than misreads it.
 */
public final class SignaturePolicy implements Policy {
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
     * @throws PolicyException if its version is neither 0 nor 1, an index points nowhere, a rule is empty, weights make no sense, or it is
     *     too large or too deep ({@link PolicyLanguage})
     */
    public static SignaturePolicy of(SignaturePolicyEnvelope envelope, Membership membership) throws PolicyException {
        return new SignaturePolicy(envelope, RuleCompiler.compile(envelope), membership);
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
        return rule.take(new Present(signers), new boolean[signers.size()]);
    }

    @Override
    public Optional<String> missing(List<Identity> signers) {
        return rule.missing(
                        new Present(signers),
                        new boolean[signers.size()],
                        principal -> PrincipalText.describe(envelope.getIdentities(principal)))
                .map(Words::text);
    }

    @Override
    public Set<MSPPrincipal> principals() {
        return new HashSet<>(envelope.getIdentitiesList());
    }

    @Override
    public String toString() {
        return PolicyLanguage.describe(envelope);
    }

    private final class Present implements Attendance {
        private final List<Identity> signers;

        Present(List<Identity> signers) {
            this.signers = signers;
        }

        @Override
        public int size() {
            return signers.size();
        }

        @Override
        public boolean fits(int signer, int principal) {
            return membership.satisfies(signers.get(signer), envelope.getIdentities(principal));
        }
    }
}
