package org.jangbu.msp.policy;

import java.util.BitSet;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.hyperledger.fabric.protos.common.SignaturePolicy;

/**
 * Fabric's rule a second time, written from its description and without looking at the first: a function from the set of used signers to
 * the set after success, or to nothing.
 */
final class FunctionalEvaluator {
    private final BiPredicate<Integer, Integer> satisfies;
    private final int signers;

    /** @param satisfies whether signer (first) satisfies identity (second) of the policy */
    FunctionalEvaluator(int signers, BiPredicate<Integer, Integer> satisfies) {
        this.signers = signers;
        this.satisfies = satisfies;
    }

    boolean accepts(SignaturePolicy rule) {
        return after(rule, new BitSet()).isPresent();
    }

    private Optional<BitSet> after(SignaturePolicy rule, BitSet used) {
        if (rule.hasSignedBy()) {
            for (int signer = used.nextClearBit(0); signer < signers; signer = used.nextClearBit(signer + 1)) {
                if (satisfies.test(signer, rule.getSignedBy())) {
                    BitSet more = (BitSet) used.clone();
                    more.set(signer);
                    return Optional.of(more);
                }
            }
            return Optional.empty();
        }
        BitSet current = used;
        int successes = 0;
        for (SignaturePolicy part : rule.getNOutOf().getRulesList()) {
            Optional<BitSet> result = after(part, current);
            if (result.isPresent()) {
                current = result.get();
                successes++;
            }
        }
        return successes < rule.getNOutOf().getN() ? Optional.empty() : Optional.of(current);
    }
}
