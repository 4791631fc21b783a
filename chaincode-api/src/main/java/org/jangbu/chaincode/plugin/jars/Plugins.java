package org.jangbu.chaincode.plugin.jars;

import org.jangbu.chaincode.plugin.Decision;
import org.jangbu.chaincode.plugin.EndorsedTransaction;
import org.jangbu.chaincode.plugin.EndorsementPlugin;
import org.jangbu.chaincode.plugin.SimulatedProposal;
import org.jangbu.chaincode.plugin.ValidationPlugin;

/** The plug-ins that a server has. Thread-safe. */
public interface Plugins {
    /** None. */
    Plugins NONE = new Plugins() {
        @Override
        public void require(PluginReference reference, Class<?> kind) throws PluginException {
            throw new PluginException("plug-in " + reference + " is not here");
        }

        @Override
        public Decision endorse(PluginReference reference, SimulatedProposal proposal) throws PluginException {
            throw new PluginException("plug-in " + reference + " is not here");
        }

        @Override
        public Decision validate(PluginReference reference, EndorsedTransaction transaction) throws PluginException {
            throw new PluginException("plug-in " + reference + " is not here");
        }
    };

    /**
     * Makes sure that a plug-in is here and can be loaded.
     *
     * @param kind {@link EndorsementPlugin} or {@link ValidationPlugin}
     * @throws PluginException if it is not, and why
     */
    void require(PluginReference reference, Class<?> kind) throws PluginException;

    /**
     * Has an endorsement plug-in decide.
     *
     * @throws PluginException if it gives no decision
     */
    Decision endorse(PluginReference reference, SimulatedProposal proposal) throws PluginException;

    /**
     * Has a validation plug-in decide.
     *
     * @throws PluginException if it gives no decision
     */
    Decision validate(PluginReference reference, EndorsedTransaction transaction) throws PluginException;
}
