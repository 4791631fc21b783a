package org.jangbu.tests.broker;

import jakarta.jms.JMSException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.jangbu.quickstart.Installation;
import org.jangbu.quickstart.machine.Folders;
import org.jangbu.quickstart.machine.QuickStartException;
import org.jangbu.quickstart.wildfly.ServerEnvironment;
import org.jangbu.quickstart.wildfly.ServerOptions;
import org.jangbu.tests.server.TestPorts;

/** A WildFly as the script configures it, without the application, whose broker may be reached from outside on one more port. */
final class BrokerServer implements AutoCloseable {
    private static final int BACKLOG_BYTES = 4 << 20;
    private static final String OPEN_A_PORT = """
            embed-server --server-config=standalone-full.xml --std-out=echo
            if (outcome == success) of /subsystem=messaging-activemq/server=default/remote-acceptor=test:read-resource
                /subsystem=messaging-activemq/server=default/remote-acceptor=test:remove
            end-if
            if (outcome != success) of /socket-binding-group=standard-sockets/socket-binding=test-broker:read-resource
                /socket-binding-group=standard-sockets/socket-binding=test-broker:add(port=%d, fixed-port=true)
            end-if
            /subsystem=messaging-activemq/server=default/remote-acceptor=test:add(socket-binding=test-broker)
            stop-embedded-server
            """;

    private final Installation installation;
    private final int port = TestPorts.spare(0);

    private BrokerServer(Installation installation) {
        this.installation = installation;
    }

    static BrokerServer start() throws Exception {
        Path folder = TestPorts.folder().resolve("broker");
        Installation installation =
                Installation.in(folder, TestPorts.ownPostgres(), ServerOptions.atOffset(TestPorts.ownServerOffset()));
        BrokerServer server = new BrokerServer(installation);
        ServerEnvironment environment = installation
                .environment()
                .with("JANGBU_BROKER_CHANNEL_BYTES", Integer.toString(BACKLOG_BYTES))
                .with("JANGBU_BROKER_MAX_MEMORY", Integer.toString(4 * BACKLOG_BYTES));
        installation.makeNetwork();
        installation.prepareBareServer();
        installation.wildfly().runScript("open-a-port.cli", OPEN_A_PORT.formatted(server.port), environment);
        // What an earlier run left in the journal is not this run's.
        Folders.delete(folder.resolve("server/standalone/data"));
        server.boot();
        return server;
    }

    void boot() throws Exception {
        installation.server().start();
        installation.server().awaitReady(Duration.ofMinutes(2));
    }

    void stopAndBoot() throws Exception {
        installation.server().stop();
        boot();
    }

    void killAndBoot() throws Exception {
        installation.server().kill();
        boot();
    }

    ActiveMQConnectionFactory connectionFactory() throws JMSException {
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory("tcp://127.0.0.1:" + port);
        factory.setEnable1xPrefixes(true);
        factory.setMinLargeMessageSize(5 << 20);
        return factory;
    }

    String password(String account) {
        return installation.environment().brokerPasswordOf(account);
    }

    @Override
    public void close() throws IOException, QuickStartException {
        installation.close();
    }
}
