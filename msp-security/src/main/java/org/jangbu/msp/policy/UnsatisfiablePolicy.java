package org.jangbu.msp.policy;

import java.util.List;
import org.jangbu.msp.identity.Identity;

/** Stands where a configuration names a policy that does not exist: nobody satisfies it. */
final class UnsatisfiablePolicy implements Policy {
    @Override
    public boolean isSatisfiedBySignatures(List<SignedData> signatures) {
        return false;
    }

    @Override
    public boolean isSatisfiedBy(List<Identity> signers) {
        return false;
    }

    @Override
    public String toString() {
        return "no such policy";
    }
}
