package org.jangbu.elytron.cdi;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jangbu.msp.renewal.HttpsReload;

/**
 * The two operations of {@code reload-tls.cli}, called from inside: Elytron reads the key store that {@code configure.cli} has made, then makes
 * the key manager anew. WildFly shows its management model as MBeans in the virtual machine, so neither an account nor a port is needed, and
 * none of its classes.
 */
@ApplicationScoped
public class ElytronHttps implements HttpsReload {
    private static final String KEY_STORE = "jboss.as:subsystem=elytron,key-store=jangbuKS";
    private static final String KEY_MANAGER = "jboss.as:subsystem=elytron,key-manager=jangbuKM";

    private static final String SERVER = "jboss.as:management-root=server";

    @Override
    public void reload() throws IOException {
        requireBooted();
        invoke(KEY_STORE, "load");
        invoke(KEY_MANAGER, "init");
    }

    /** Until then the model is not whole, and the server would log an error of its own. */
    private static void requireBooted() throws IOException {
        try {
            Object state =
                    ManagementFactory.getPlatformMBeanServer().getAttribute(new ObjectName(SERVER), "serverState");
            if ("starting".equals(state)) {
                throw new IOException("the server is still starting");
            }
        } catch (JMException | RuntimeException e) {
            throw new IOException("the server does not tell its state: " + e.getMessage(), e);
        }
    }

    private static void invoke(String resource, String operation) throws IOException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            server.invoke(new ObjectName(resource), operation, new Object[0], new String[0]);
        } catch (JMException | RuntimeException e) {
            throw new IOException("the server does not " + operation + " " + resource + ": " + e.getMessage(), e);
        }
    }
}
