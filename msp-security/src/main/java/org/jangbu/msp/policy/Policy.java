package org.jangbu.msp.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.jangbu.msp.identity.Identity;

/** Decides whether a set of signers is enough. Immutable and thread-safe. */
public interface Policy {
    /** What stands where a policy is named that does not exist: nobody satisfies it. */
    Policy UNSATISFIABLE = new UnsatisfiablePolicy();

    /**
     * Judges signatures: signers are de-duplicated by their certificates, those that are unknown, invalid or whose signature does not verify are
     * left out, and the rest is judged by {@link #isSatisfiedBy}.
     */
    boolean isSatisfiedBySignatures(List<SignedData> signatures);

    /** Judges valid identities, in this order, by Fabric's greedy rule: each may stand for one principal only. */
    boolean isSatisfiedBy(List<Identity> signers);

    /**
     * What is missing to valid identities, in words for an administrator, at most some hundred characters; empty if they satisfy. Slower
     * than {@link #isSatisfiedBy}: to be asked after a refusal.
     */
    Optional<String> missing(List<Identity> signers);

    /** Every principal by which this policy tells signers apart: two signers that satisfy the same ones are the same to it. */
    Set<MSPPrincipal> principals();
}
