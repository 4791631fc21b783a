package org.jangbu.chaincode.plugin.jars;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import org.jangbu.chaincode.plugin.Decision;
import org.jangbu.chaincode.plugin.EndorsedTransaction;
import org.jangbu.chaincode.plugin.EndorsementPlugin;
import org.jangbu.chaincode.plugin.SimulatedProposal;
import org.jangbu.chaincode.plugin.ValidationPlugin;

/**
 * Plug-ins that lie as jars in a folder. One is loaded when a definition first asks for it and stays until the server stops, even if its file
 * goes; one that is not there yet is looked for again each time it is asked for.
 */
public final class PluginJars implements Plugins, AutoCloseable {
    private final PluginFolder folder;
    private final ThreadFactory threads;
    private final Duration limit;
    private final Map<PluginReference, LoadedPlugin> loaded = new ConcurrentHashMap<>();
    private boolean closed;

    /**
     * The plug-ins of a folder, which need not be there.
     *
     * @param threads on which they run
     * @param limit how long one call may take
     */
    public PluginJars(Path folder, ThreadFactory threads, Duration limit) {
        this.folder = new PluginFolder(folder);
        this.threads = threads;
        this.limit = limit;
    }

    @Override
    public void require(PluginReference reference, Class<?> kind) throws PluginException {
        LoadedPlugin plugin = find(reference);
        if (!plugin.provides(kind)) {
            throw providesNone(reference, kind);
        }
    }

    @Override
    public Decision endorse(PluginReference reference, SimulatedProposal proposal) throws PluginException {
        LoadedPlugin plugin = find(reference);
        EndorsementPlugin endorsement =
                plugin.endorsement().orElseThrow(() -> providesNone(reference, EndorsementPlugin.class));
        return plugin.calls().call(() -> endorsement.decide(proposal));
    }

    @Override
    public Decision validate(PluginReference reference, EndorsedTransaction transaction) throws PluginException {
        LoadedPlugin plugin = find(reference);
        ValidationPlugin validation =
                plugin.validation().orElseThrow(() -> providesNone(reference, ValidationPlugin.class));
        return plugin.calls().call(() -> validation.validate(transaction));
    }

    private static PluginException providesNone(PluginReference reference, Class<?> kind) {
        return new PluginException("plug-in " + reference + " provides no " + kind.getSimpleName());
    }

    private LoadedPlugin find(PluginReference reference) throws PluginException {
        LoadedPlugin known = loaded.get(reference);
        return known != null ? known : load(reference);
    }

    private synchronized LoadedPlugin load(PluginReference reference) throws PluginException {
        LoadedPlugin meanwhile = loaded.get(reference);
        if (meanwhile != null) {
            return meanwhile;
        }
        if (closed) {
            throw new PluginException("the server stops");
        }
        try {
            byte[] jar = folder.find(reference.sha256())
                    .orElseThrow(() -> new PluginException(
                            "plug-in " + reference + " is not here: no jar in the folder of plug-ins has that hash"));
            LoadedPlugin plugin = LoadedPlugin.of(reference, jar, limit, threads);
            loaded.put(reference, plugin);
            PluginLog.LOG.loaded(reference.toString());
            return plugin;
        } catch (IOException e) {
            throw new PluginException("plug-in " + reference + " cannot be loaded: " + e.getMessage(), e);
        }
    }

    /** No plug-in is called any more. */
    @Override
    public synchronized void close() {
        closed = true;
        loaded.values().forEach(LoadedPlugin::close);
        loaded.clear();
    }
}
