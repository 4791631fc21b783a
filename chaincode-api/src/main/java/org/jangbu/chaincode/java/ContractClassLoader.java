package org.jangbu.chaincode.java;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The classes of one deployed package: its own first, then those of the platform. From the server it sees only the SPI. Each class is woven by the
 * guard as it is defined; the bridge's classes are defined here too, from the server's bytes, and not woven.
 */
final class ContractClassLoader extends URLClassLoader {
    private static final String SPI = "org.jangbu.chaincode.spi.";
    private static final String BRIDGE = "org.jangbu.chaincode.java.bridge.";
    private static final ClassLoader SERVER = ContractClassLoader.class.getClassLoader();

    static {
        registerAsParallelCapable();
    }

    private final List<ContractCode> code;

    /** @param code in the order in which classes are looked for; closed together with this loader */
    ContractClassLoader(String name, List<ContractCode> code) {
        super(name, code.stream().map(ContractCode::url).toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        this.code = List.copyOf(code);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> found = findLoadedClass(name);
            if (found == null && name.startsWith(SPI)) {
                found = SERVER.loadClass(name);
            } else if (found == null) {
                found = name.startsWith("java.") ? null : define(name);
            }
            if (found == null) {
                found = getParent().loadClass(name);
            }
            if (resolve) {
                resolveClass(found);
            }
            return found;
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        Class<?> found = define(name);
        if (found == null) {
            throw new ClassNotFoundException(name);
        }
        return found;
    }

    private @Nullable Class<?> define(String name) throws ClassNotFoundException {
        try {
            String entry = name.replace('.', '/') + ContractCode.CLASS;
            byte[] bytes = name.startsWith(BRIDGE) ? bridge(entry) : woven(entry);
            if (bytes == null) {
                return null;
            }
            int dot = name.lastIndexOf('.');
            if (dot > 0 && getDefinedPackage(name.substring(0, dot)) == null) {
                definePackage(name.substring(0, dot));
            }
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    private void definePackage(String name) {
        try {
            definePackage(name, null, null, null, null, null, null, null);
        } catch (IllegalArgumentException e) {
            if (getDefinedPackage(name) == null) {
                throw e; // otherwise another thread was first
            }
        }
    }

    private static byte[] bridge(String entry) throws IOException {
        try (InputStream in = SERVER.getResourceAsStream(entry)) {
            if (in == null) {
                throw new IOException("The server's own class " + entry + " is missing");
            }
            return in.readAllBytes();
        }
    }

    private byte @Nullable [] woven(String entry) throws IOException {
        for (ContractCode container : code) {
            byte[] bytes = container.read(entry);
            if (bytes != null) {
                return GuardWeaver.weave(bytes);
            }
        }
        return null;
    }

    @Override
    public @Nullable URL getResource(String name) {
        URL own = findResource(name);
        return own != null ? own : getParent().getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        List<URL> found = new ArrayList<>();
        findResources(name).asIterator().forEachRemaining(found::add);
        getParent().getResources(name).asIterator().forEachRemaining(found::add);
        return java.util.Collections.enumeration(found);
    }

    @Override
    public void close() throws IOException {
        try {
            super.close();
        } finally {
            ContractCode.closeAll(code);
        }
    }
}
