package org.jangbu.tests.docker;

import java.nio.file.Path;
import java.util.Map;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;

/** A broker in a virtual machine of its own making, set up by docker/broker/broker.xml; its doors speak TLS. */
public final class OutsideBroker {
    private final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();

    /**
     * Starts it.
     *
     * @param passwords of the accounts; each has the role of its name
     */
    public OutsideBroker(
            Path configuration,
            Path data,
            int port,
            Path keyStore,
            String keyStorePassword,
            Map<String, String> passwords)
            throws Exception {
        System.setProperty("jangbu.broker.data", data.toString());
        System.setProperty("jangbu.broker.address", "127.0.0.1");
        System.setProperty("jangbu.broker.port", Integer.toString(port));
        System.setProperty(
                "jangbu.broker.acceptor",
                ";sslEnabled=true;keyStoreType=PKCS12;keyStorePath=" + keyStore + ";keyStorePassword="
                        + keyStorePassword);
        SecurityConfiguration accounts = new SecurityConfiguration();
        passwords.forEach((account, password) -> {
            accounts.addUser(account, password);
            accounts.addRole(account, account);
        });
        broker.setConfigResourcePath(configuration.toUri().toString());
        broker.setSecurityManager(new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), accounts));
        broker.start();
    }

    /** How many consumers a queue has; none too if there is no such queue. */
    public int consumersOf(String queue) {
        Queue found = broker.getActiveMQServer().locateQueue(queue);
        return found == null ? 0 : found.getConsumerCount();
    }

    public void restart() throws Exception {
        broker.stop();
        broker.start();
    }

    public void stop() throws Exception {
        broker.stop();
    }
}
