package org.jangbu.samples.limit;

import java.util.OptionalLong;
import org.jangbu.chaincode.plugin.Decision;
import org.jangbu.chaincode.plugin.EndorsementPlugin;
import org.jangbu.chaincode.plugin.SimulatedProposal;
import org.jangbu.chaincode.plugin.StateWrite;

/** Endorses nothing after which an account would hold more than 2,000,000 won. */
public final class BalanceCap implements EndorsementPlugin {
    static final long MOST = 2_000_000;

    @Override
    public Decision decide(SimulatedProposal proposal) {
        for (StateWrite write : proposal.writes()) {
            if (!write.namespace().equals(proposal.chaincode()) || write.deleted()) {
                continue;
            }
            OptionalLong balance = Balance.in(write.value());
            if (balance.isEmpty() || balance.getAsLong() > MOST) {
                return Decision.refuse("an account may hold " + MOST + " won at most");
            }
        }
        return Decision.accept();
    }
}
