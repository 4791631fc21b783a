package org.jangbu.peer.host.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jangbu.chaincode.plugin.Decision;
import org.jangbu.chaincode.plugin.EndorsedTransaction;
import org.jangbu.chaincode.plugin.EndorsementPlugin;
import org.jangbu.chaincode.plugin.SimulatedProposal;
import org.jangbu.chaincode.plugin.StateWrite;
import org.jangbu.chaincode.plugin.ValidationPlugin;

/** Lets no purse hold more than 1000 at endorsement, and no purse change by more than 500 at validation. */
public final class PurseLimit implements EndorsementPlugin, ValidationPlugin {
    @Override
    public Decision decide(SimulatedProposal proposal) {
        for (StateWrite write : proposal.writes()) {
            if (write.namespace().equals("purse") && money(write.value()) > 1000) {
                return Decision.refuse("a purse holds 1000 at most");
            }
        }
        return Decision.accept();
    }

    @Override
    public Decision validate(EndorsedTransaction transaction) {
        for (StateWrite write : transaction.writes()) {
            long before = transaction
                    .state()
                    .get(write.namespace(), write.key())
                    .map(PurseLimit::money)
                    .orElseGet(() -> money(write.value()));
            if (Math.abs(money(write.value()) - before) > 500) {
                return Decision.refuse("500 at once at most");
            }
        }
        return transaction.standard();
    }

    private static long money(byte[] value) {
        return Long.parseLong(new String(value, UTF_8));
    }
}
