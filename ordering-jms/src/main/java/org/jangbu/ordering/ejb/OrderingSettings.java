package org.jangbu.ordering.ejb;

import jakarta.jms.ConnectionFactory;
import java.time.Duration;
import org.eclipse.microprofile.config.Config;
import org.jangbu.ordering.broadcast.Broadcaster;
import org.jangbu.ordering.jms.BrokerConnection;
import org.jangbu.ordering.jms.JmsOrderingService;
import org.jangbu.ordering.jms.Subscriptions;
import org.jangbu.ordering.settings.OrderingSetting;

/** The settings of this module as the server's configuration has them. */
final class OrderingSettings {
    private final Config config;

    OrderingSettings(Config config) {
        this.config = config;
    }

    /** Whether this server is meant to host orderers. */
    boolean orderer() {
        return value(OrderingSetting.ORDERER, Boolean.class);
    }

    Broadcaster.Limits limits() {
        return new Broadcaster.Limits(
                value(OrderingSetting.BACKLOG_ENVELOPES, Long.class),
                value(OrderingSetting.BACKLOG_BYTES, Long.class),
                value(OrderingSetting.LINGER, Duration.class),
                value(OrderingSetting.SEND_LIMIT, Duration.class));
    }

    Duration orderLimit() {
        return value(OrderingSetting.ORDER_LIMIT, Duration.class);
    }

    JmsOrderingService.Accounts accounts() {
        return new JmsOrderingService.Accounts(
                value(OrderingSetting.USER_BROADCASTER, String.class),
                value(OrderingSetting.PASSWORD_BROADCASTER, String.class),
                value(OrderingSetting.USER_ORDERER, String.class),
                value(OrderingSetting.PASSWORD_ORDERER, String.class));
    }

    /** What a server of peers alone looks at the broker with: by the one account that it has a use for. */
    BrokerConnection reading(ConnectionFactory connections) {
        return new BrokerConnection(
                connections,
                value(OrderingSetting.USER_COMMITTER, String.class),
                value(OrderingSetting.PASSWORD_COMMITTER, String.class),
                false);
    }

    /** The server's name is the server's own setting, which the descriptors of message-driven beans read too. */
    Subscriptions subscriptions() {
        return orderer()
                ? Subscriptions.ofOrderers(config.getValue("jangbu.server.name", String.class))
                : Subscriptions.NONE;
    }

    /** The configured value, else the default; an empty text counts as none, as MicroProfile Config has it. */
    private <T> T value(OrderingSetting setting, Class<T> type) {
        return config.getOptionalValue(setting.key(), type)
                .orElseGet(() -> config.getConverter(type)
                        .map(converter -> converter.convert(setting.defaultValue()))
                        .orElseThrow());
    }
}
