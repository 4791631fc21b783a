package org.jangbu.elytron.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ElytronHttpsTest {
    private static final String SERVER = "jboss.as:management-root=server";
    private static final List<String> CALLS = new ArrayList<>();

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final List<ObjectName> names = new ArrayList<>();

    /** What the server's management model offers. */
    public interface StoreMBean {
        void load();
    }

    /** Likewise. */
    public interface ManagerMBean {
        void init();
    }

    /** Likewise. */
    public interface RootMBean {
        String getserverState();
    }

    /** A server in some state. */
    public record Root(String getserverState) implements RootMBean {}

    /** Remembers that it was called. */
    public static final class Store implements StoreMBean {
        @Override
        public void load() {
            CALLS.add("load");
        }
    }

    /** Likewise. */
    public static final class Manager implements ManagerMBean {
        @Override
        public void init() {
            CALLS.add("init");
        }
    }

    @AfterEach
    void unregister() throws Exception {
        for (ObjectName name : names) {
            server.unregisterMBean(name);
        }
        CALLS.clear();
    }

    @Test
    void the_store_is_read_before_the_key_manager_is_made_anew() throws Exception {
        register(SERVER, new Root("running"));
        register("jboss.as:subsystem=elytron,key-store=jangbuKS", new Store());
        register("jboss.as:subsystem=elytron,key-manager=jangbuKM", new Manager());
        new ElytronHttps().reload();
        assertThat(CALLS).containsExactly("load", "init");
    }

    @Test
    void a_server_that_is_starting_is_left_alone() throws Exception {
        register(SERVER, new Root("starting"));
        register("jboss.as:subsystem=elytron,key-store=jangbuKS", new Store());
        assertThatThrownBy(() -> new ElytronHttps().reload())
                .isInstanceOf(IOException.class)
                .hasMessage("the server is still starting");
        assertThat(CALLS).isEmpty();
    }

    @Test
    void a_server_without_that_key_store_is_told() throws Exception {
        register(SERVER, new Root("running"));
        assertThatThrownBy(() -> new ElytronHttps().reload())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("jangbuKS");
    }

    private void register(String name, Object bean) throws Exception {
        ObjectName registered = new ObjectName(name);
        server.registerMBean(bean, registered);
        names.add(registered);
    }
}
