package org.jangbu.ordering.jms;

import jakarta.jms.ConnectionFactory;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.jspecify.annotations.Nullable;

/** The broker that WildFly embeds, with the settings that ordering relies on, in this process and without a network. */
final class EmbeddedBroker {
    static final String ORDERERS = "jangbu-ordering";

    private final Path folder;
    private final int serverId;
    private EmbeddedActiveMQ server = new EmbeddedActiveMQ();

    EmbeddedBroker(Path folder, int serverId) {
        this.folder = folder;
        this.serverId = serverId;
    }

    void start() throws Exception {
        start(null);
    }

    /** The same, and reachable from other processes of this machine at an address such as {@code tcp://127.0.0.1:15000}. */
    void start(@Nullable String address) throws Exception {
        ConfigurationImpl configuration = new ConfigurationImpl();
        configuration.setName("broker" + serverId);
        configuration.setSecurityEnabled(false);
        configuration.setPersistenceEnabled(true);
        configuration.setJournalType(JournalType.NIO);
        configuration.setJournalDirectory(folder.resolve("journal").toString());
        configuration.setBindingsDirectory(folder.resolve("bindings").toString());
        configuration.setPagingDirectory(folder.resolve("paging").toString());
        configuration.setLargeMessagesDirectory(folder.resolve("large").toString());
        configuration.setJournalFileSize(1 << 20);
        configuration.setJournalBufferSize_NIO(1 << 19);
        configuration.setPersistIDCache(true);
        configuration.setIDCacheSize(20_000);
        configuration.addAcceptorConfiguration("in-vm", "vm://" + serverId);
        if (address != null) {
            configuration.addAcceptorConfiguration("network", address);
        }
        configuration.addAddressSetting(
                "ordering.#",
                settings().setMaxSizeBytes(1 << 20).setAddressFullMessagePolicy(AddressFullMessagePolicy.FAIL));
        configuration.addAddressSetting("blocks.#", settings());
        server = new EmbeddedActiveMQ().setConfiguration(configuration);
        server.start();
    }

    private static AddressSettings settings() {
        return new AddressSettings()
                .setMaxDeliveryAttempts(-1)
                .setRedeliveryDelay(0)
                .setAutoDeleteAddresses(false)
                .setAutoDeleteQueues(false);
    }

    /** How many messages of a subscription are not acknowledged. */
    long waiting(String subscription) {
        return Objects.requireNonNull(server.getActiveMQServer().locateQueue(subscription))
                .getMessageCount();
    }

    void stop() throws Exception {
        server.stop();
    }

    /** A plain factory; each connection fails when the broker does, and does not come back by itself. */
    ConnectionFactory factory() {
        return new ActiveMQConnectionFactory("vm://" + serverId + "?reconnectAttempts=0&callTimeout=5000");
    }
}
