package org.jangbu.ordering.ejb;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.EJB;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;

/**
 * Hands every published block to the peers of this server, from a subscription of this server's own. Never waits and never throws: what the
 * peers cannot take now they fetch later.
 */
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "useJNDI", propertyValue = "false"),
            @ActivationConfigProperty(propertyName = "destinationType", propertyValue = "jakarta.jms.Topic"),
            @ActivationConfigProperty(propertyName = "destination", propertyValue = "blocks.#"),
            @ActivationConfigProperty(propertyName = "subscriptionDurability", propertyValue = "Durable"),
            @ActivationConfigProperty(
                    propertyName = "subscriptionName",
                    propertyValue = "jangbu-blocks-${jangbu.server.name}"),
            @ActivationConfigProperty(propertyName = "shareSubscriptions", propertyValue = "true"),
            @ActivationConfigProperty(propertyName = "acknowledgeMode", propertyValue = "Auto-acknowledge"),
            @ActivationConfigProperty(propertyName = "maxSession", propertyValue = "8"),
            @ActivationConfigProperty(propertyName = "user", propertyValue = "${jangbu.jms.committer.user:committer}"),
            @ActivationConfigProperty(propertyName = "password", propertyValue = "${env.JANGBU_JMS_COMMITTER_PASSWORD}")
        })
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@PermitAll // the server denies what is not said; a message has no caller, the broker has judged its sender
@SuppressWarnings("NullAway.Init") // the container sets the field
public class BlockDeliveryBean implements MessageListener {
    @EJB
    OrderingStartup startup;

    @Override
    public void onMessage(Message message) {
        startup.delivery().onMessage(message);
    }
}
