package org.jangbu.chaincode.plugin.jars;

import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.ThreadFactory;
import org.jangbu.chaincode.plugin.EndorsementPlugin;
import org.jangbu.chaincode.plugin.ValidationPlugin;

/** A plug-in at work: what its jar provides, at most one of each kind. */
record LoadedPlugin(
        PluginReference reference,
        Optional<EndorsementPlugin> endorsement,
        Optional<ValidationPlugin> validation,
        PluginCalls calls)
        implements AutoCloseable {

    /**
     * Loads what the jar provides. Its code is run for that already, within the same limit as any call.
     *
     * @throws IOException if the jar is none of that name and version, or provides nothing
     * @throws PluginException if its code throws, or takes too long
     */
    static LoadedPlugin of(PluginReference reference, byte[] file, Duration limit, ThreadFactory threads)
            throws IOException, PluginException {
        PluginJar jar = PluginJar.read(file);
        if (!jar.name().equals(reference.name()) || !jar.version().equals(reference.version())) {
            throw new IOException("the jar says that it is " + jar.name() + ":" + jar.version());
        }
        PluginClassLoader loader = new PluginClassLoader("plugin " + reference, jar.entries());
        PluginCalls calls = new PluginCalls(reference.toString(), loader, limit, threads);
        boolean complete = false;
        try {
            LoadedPlugin plugin = calls.call(() -> new LoadedPlugin(
                    reference,
                    provided(EndorsementPlugin.class, loader),
                    provided(ValidationPlugin.class, loader),
                    calls));
            if (plugin.endorsement().isEmpty() && plugin.validation().isEmpty()) {
                throw new IOException("the jar provides no plug-in");
            }
            complete = true;
            return plugin;
        } finally {
            if (!complete) {
                calls.close();
            }
        }
    }

    /** The one of that kind; of several, nobody could say which the definition means. */
    private static <T> Optional<T> provided(Class<T> kind, ClassLoader loader) {
        Iterator<T> found = ServiceLoader.load(kind, loader).iterator();
        if (!found.hasNext()) {
            return Optional.empty();
        }
        T first = found.next();
        if (found.hasNext()) {
            throw new ServiceConfigurationError("the jar provides more than one " + kind.getSimpleName());
        }
        return Optional.of(first);
    }

    boolean provides(Class<?> kind) {
        return kind == EndorsementPlugin.class ? endorsement.isPresent() : validation.isPresent();
    }

    @Override
    public void close() {
        calls.close();
    }
}
