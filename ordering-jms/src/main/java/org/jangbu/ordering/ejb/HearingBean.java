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
 * What the orderers of this server hear: every published block, from a subscription of this server's own, acknowledged when it is durable in
 * the orderers' files.
 */
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "useJNDI", propertyValue = "false"),
            @ActivationConfigProperty(propertyName = "destinationType", propertyValue = "jakarta.jms.Topic"),
            @ActivationConfigProperty(propertyName = "destination", propertyValue = "blocks.#"),
            @ActivationConfigProperty(propertyName = "subscriptionDurability", propertyValue = "Durable"),
            @ActivationConfigProperty(
                    propertyName = "subscriptionName",
                    propertyValue = "jangbu-hearing-${jangbu.server.name}"),
            @ActivationConfigProperty(propertyName = "shareSubscriptions", propertyValue = "true"),
            @ActivationConfigProperty(propertyName = "acknowledgeMode", propertyValue = "Auto-acknowledge"),
            @ActivationConfigProperty(propertyName = "maxSession", propertyValue = "8"),
            @ActivationConfigProperty(propertyName = "user", propertyValue = "${jangbu.jms.orderer.user:orderer}"),
            @ActivationConfigProperty(propertyName = "password", propertyValue = "${env.JANGBU_JMS_ORDERER_PASSWORD}")
        })
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@PermitAll // the server denies what is not said; a message has no caller, the broker has judged its sender
@SuppressWarnings("NullAway.Init") // the container sets the field
public class HearingBean implements MessageListener {
    @EJB
    OrderingStartup startup;

    @Override
    public void onMessage(Message message) {
        startup.hearing().onMessage(message);
    }
}
