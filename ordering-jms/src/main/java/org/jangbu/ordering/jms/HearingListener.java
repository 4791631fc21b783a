package org.jangbu.ordering.jms;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import java.time.Duration;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.ordering.log.OrderingLog;
import org.jangbu.ordering.node.HostedOrderers;
import org.jangbu.ordering.sequence.Hearing;
import org.jangbu.ordering.sequence.OrdererLedgerException;

/**
 * What the orderers of this server hear of published blocks: their own subscription, acknowledged only when the block is durable in their
 * files, below the mark. So after any crash, a block that was published and is not marked here comes again.
 */
public final class HearingListener implements MessageListener {
    private static final Duration BEFORE_TRYING_AGAIN = Duration.ofSeconds(5);

    private final HostedOrderers orderers;
    private final Pause pause;

    public HearingListener(HostedOrderers orderers, Pause pause) {
        this.orderers = orderers;
        this.pause = pause;
    }

    @Override
    public void onMessage(Message message) {
        try {
            Optional<BlockMessage> read = BlockMessage.read(message);
            if (read.isPresent()) {
                hear(read.get());
            }
        } catch (JMSException | OrdererLedgerException | RuntimeException e) {
            if (!(e instanceof RedeliverException)) {
                OrderingLog.LOG.unexpected(e);
                pause.take(BEFORE_TRYING_AGAIN);
            }
            throw new RedeliverException("a published block must be heard again", e);
        }
    }

    private void hear(BlockMessage heard) throws OrdererLedgerException {
        if (heard instanceof BlockMessage.Probe probe) {
            orderers.hearProbe(probe.channel(), probe.probe());
        } else if (heard instanceof BlockMessage.Published published) {
            Optional<Block> block = published.block();
            if (block.isPresent()) {
                hear(published, block.get());
            }
        }
    }

    private void hear(BlockMessage.Published published, Block block) throws OrdererLedgerException {
        Hearing hearing = orderers.hear(published.channel(), block);
        if (hearing == Hearing.GAP || hearing == Hearing.REFUSED) {
            OrderingLog.LOG.notTaken(published.channel(), published.number(), hearing.name());
            pause.take(BEFORE_TRYING_AGAIN);
            throw new RedeliverException("block " + published.number() + " was not taken: " + hearing);
        }
    }
}
