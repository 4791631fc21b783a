package org.jangbu.testplugins;

import org.jangbu.chaincode.plugin.Decision;
import org.jangbu.chaincode.plugin.EndorsementPlugin;
import org.jangbu.chaincode.plugin.SimulatedProposal;

/** Cannot even be made. */
public final class NotMade implements EndorsementPlugin {
    public NotMade() {
        throw new UnsupportedOperationException("never");
    }

    @Override
    public Decision decide(SimulatedProposal proposal) {
        return Decision.accept();
    }
}
