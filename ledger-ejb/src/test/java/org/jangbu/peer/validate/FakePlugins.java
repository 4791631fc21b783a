package org.jangbu.peer.validate;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jangbu.chaincode.plugin.Decision;
import org.jangbu.chaincode.plugin.EndorsedTransaction;
import org.jangbu.chaincode.plugin.EndorsementPlugin;
import org.jangbu.chaincode.plugin.SimulatedProposal;
import org.jangbu.chaincode.plugin.ValidationPlugin;
import org.jangbu.chaincode.plugin.jars.PluginException;
import org.jangbu.chaincode.plugin.jars.PluginReference;
import org.jangbu.chaincode.plugin.jars.Plugins;

/** Plug-ins that a test writes as lambdas; what they throw is a failure, as with those from jars. */
public final class FakePlugins implements Plugins {
    public static final String LIMIT = "limit:1.0:" + "ab".repeat(32);

    private final Map<String, ValidationPlugin> validating = new ConcurrentHashMap<>();
    private final Map<String, EndorsementPlugin> endorsing = new ConcurrentHashMap<>();

    public FakePlugins validates(ValidationPlugin plugin) {
        validating.put(LIMIT, plugin);
        return this;
    }

    public FakePlugins endorses(EndorsementPlugin plugin) {
        endorsing.put(LIMIT, plugin);
        return this;
    }

    @Override
    public void require(PluginReference reference, Class<?> kind) throws PluginException {
        boolean here = kind == ValidationPlugin.class
                ? validating.containsKey(reference.toString())
                : endorsing.containsKey(reference.toString());
        if (!here) {
            throw missing(reference);
        }
    }

    @Override
    public Decision endorse(PluginReference reference, SimulatedProposal proposal) throws PluginException {
        EndorsementPlugin plugin = endorsing.get(reference.toString());
        if (plugin == null) {
            throw missing(reference);
        }
        try {
            return plugin.decide(proposal);
        } catch (RuntimeException e) {
            throw new PluginException("plug-in " + reference + " threw", e);
        }
    }

    @Override
    public Decision validate(PluginReference reference, EndorsedTransaction transaction) throws PluginException {
        ValidationPlugin plugin = validating.get(reference.toString());
        if (plugin == null) {
            throw missing(reference);
        }
        try {
            return plugin.validate(transaction);
        } catch (RuntimeException e) {
            throw new PluginException("plug-in " + reference + " threw", e);
        }
    }

    private static PluginException missing(PluginReference reference) {
        return new PluginException("plug-in " + reference + " is not here");
    }
}
