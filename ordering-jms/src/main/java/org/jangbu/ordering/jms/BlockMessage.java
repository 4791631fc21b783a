package org.jangbu.ordering.jms;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.Optional;
import java.util.UUID;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.model.ChannelId;
import org.jangbu.ordering.log.OrderingLog;

/** What comes from a topic of blocks: a block, or a probe. */
public sealed interface BlockMessage {
    ChannelId channel();

    /** A block, with its bytes unread until somebody needs them. */
    record Published(ChannelId channel, long number, ByteString bytes) implements BlockMessage {
        /** The block; empty, with a log line, if the bytes are no block of that number. */
        public Optional<Block> block() {
            try {
                Block block = Block.parseFrom(bytes);
                if (block.getHeader().getNumber() == number) {
                    return Optional.of(block);
                }
                OrderingLog.LOG.malformedMessage(OrderingTopics.blocks(channel), "not block " + number);
            } catch (InvalidProtocolBufferException e) {
                OrderingLog.LOG.malformedMessage(OrderingTopics.blocks(channel), e.getMessage());
            }
            return Optional.empty();
        }
    }

    /** A probe of an orderer. */
    record Probe(ChannelId channel, UUID probe) implements BlockMessage {}

    /**
     * Reads a message. Whatever an orderer did not write is told to the log and yields nothing: nobody could repair it.
     *
     * @throws JMSException if the wire fails while it is read
     */
    static Optional<BlockMessage> read(Message message) throws JMSException {
        Optional<ChannelId> channel = OrderingTopics.channel(message);
        if (channel.isEmpty()) {
            return malformed("no channel");
        }
        try {
            if (message.propertyExists(OrderingTopics.PROBE)) {
                UUID probe = UUID.fromString(message.getStringProperty(OrderingTopics.PROBE));
                return Optional.of(new Probe(channel.get(), probe));
            }
            if (!message.propertyExists(OrderingTopics.BLOCK)) {
                return malformed("neither block nor probe");
            }
            long number = message.getLongProperty(OrderingTopics.BLOCK);
            Optional<byte[]> body = OrderingTopics.body(message);
            return body.isPresent() && number > 0
                    ? Optional.of(new Published(channel.get(), number, UnsafeByteOperations.unsafeWrap(body.get())))
                    : malformed("no body, or no block's number");
        } catch (IllegalArgumentException e) { // NumberFormatException of a property included
            return malformed(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<BlockMessage> malformed(String reason) {
        OrderingLog.LOG.malformedMessage(OrderingTopics.ALL_BLOCKS, reason);
        return Optional.empty();
    }
}
