package org.jangbu.msp.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
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
    public Optional<String> missing(List<Identity> signers) {
        return Optional.of("a policy: the configuration has none of that name, so that nobody can satisfy it");
    }

    @Override
    public Set<MSPPrincipal> principals() {
        return Set.of();
    }

    @Override
    public String toString() {
        return "no such policy";
    }
}
