package org.jangbu.testplugins;

import org.jangbu.chaincode.plugin.Decision;
import org.jangbu.chaincode.plugin.EndorsementPlugin;
import org.jangbu.chaincode.plugin.SimulatedProposal;

/** Accepts all; endorses only. */
public final class Another implements EndorsementPlugin {
    @Override
    public Decision decide(SimulatedProposal proposal) {
        return Decision.accept();
    }
}
