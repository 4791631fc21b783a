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
 * Takes batches of all channels, those of one channel one after the other (they carry the channel as message group), from the one subscription
 * that all orderers share. Without a container transaction: to return is to acknowledge, and a crash brings the batch back in front.
 */
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "useJNDI", propertyValue = "false"),
            @ActivationConfigProperty(propertyName = "destinationType", propertyValue = "jakarta.jms.Topic"),
            @ActivationConfigProperty(propertyName = "destination", propertyValue = "ordering.#"),
            @ActivationConfigProperty(propertyName = "subscriptionDurability", propertyValue = "Durable"),
            @ActivationConfigProperty(propertyName = "subscriptionName", propertyValue = "jangbu-ordering"),
            @ActivationConfigProperty(propertyName = "shareSubscriptions", propertyValue = "true"),
            @ActivationConfigProperty(propertyName = "acknowledgeMode", propertyValue = "Auto-acknowledge"),
            @ActivationConfigProperty(propertyName = "maxSession", propertyValue = "8"),
            @ActivationConfigProperty(propertyName = "user", propertyValue = "${jangbu.jms.orderer.user:orderer}"),
            @ActivationConfigProperty(propertyName = "password", propertyValue = "${env.JANGBU_JMS_ORDERER_PASSWORD}")
        })
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@PermitAll // the server denies what is not said; a message has no caller, the broker has judged its sender
@SuppressWarnings("NullAway.Init") // the container sets the field
public class OrderingBean implements MessageListener {
    @EJB
    OrderingStartup startup;

    @Override
    public void onMessage(Message message) {
        startup.batches().onMessage(message);
    }
}
