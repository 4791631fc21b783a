package org.jangbu.chaincode.plugin.jars;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The classes of one plug-in, and those of the platform. Of the server it sees the SPI alone. */
final class PluginClassLoader extends ClassLoader {
    private static final ClassLoader SERVER = PluginClassLoader.class.getClassLoader();
    private static final String SPI = org.jangbu.chaincode.plugin.Decision.class.getPackageName();

    static {
        registerAsParallelCapable();
    }

    private final Map<String, byte[]> entries;

    PluginClassLoader(String name, Map<String, byte[]> entries) {
        super(name, ClassLoader.getPlatformClassLoader());
        this.entries = entries;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        return isSpi(name) ? SERVER.loadClass(name) : super.loadClass(name, resolve);
    }

    /** The package itself; not those below it, which are the server's own. */
    private static boolean isSpi(String name) {
        return name.startsWith(SPI) && name.lastIndexOf('.') == SPI.length();
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = entries.get(name.replace('.', '/') + ".class");
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }

    @Override
    protected @Nullable URL findResource(String name) {
        byte[] bytes = entries.get(name);
        if (bytes == null) {
            return null;
        }
        try {
            return new URL("plugin", null, -1, "/" + name, new InMemory(bytes));
        } catch (MalformedURLException e) {
            return null; // a name that no URL can have is the name of no resource
        }
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        URL found = findResource(name);
        return Collections.enumeration(found == null ? List.of() : List.of(found));
    }

    private static final class InMemory extends URLStreamHandler {
        private final byte[] bytes;

        private InMemory(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        protected URLConnection openConnection(URL url) {
            return new URLConnection(url) {
                @Override
                public void connect() {
                    // There is nothing to connect to.
                }

                @Override
                public InputStream getInputStream() throws IOException {
                    return new ByteArrayInputStream(bytes);
                }
            };
        }
    }
}
