package org.jangbu.ordering.jms;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import java.util.Optional;
import org.jangbu.ordering.log.OrderingLog;
import org.jangbu.peer.deliver.BlockIntake;

/** Hands published blocks to the peers of this server. Never waits and never throws: what is lost here the peers fetch. */
public final class DeliveryListener implements MessageListener {
    private final BlockIntake intake;

    public DeliveryListener(BlockIntake intake) {
        this.intake = intake;
    }

    @Override
    public void onMessage(Message message) {
        try {
            Optional<BlockMessage> read = BlockMessage.read(message);
            if (read.isPresent() && read.get() instanceof BlockMessage.Published published) {
                published.block().ifPresent(block -> intake.offer(published.channel(), block));
            }
        } catch (JMSException | RuntimeException e) {
            OrderingLog.LOG.unexpected(e);
        }
    }
}
