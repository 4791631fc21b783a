package org.jangbu.ordering.jms;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.Optional;
import org.jangbu.model.ChannelId;

/** Names on the wire: topics, message properties, and how a body is read. */
public final class OrderingTopics {
    /** All topics of batches. */
    public static final String ALL_BATCHES = "ordering.#";

    /** All topics of blocks. */
    public static final String ALL_BLOCKS = "blocks.#";

    /** Property that names the channel. */
    static final String CHANNEL = "jangbu_channel";

    /** Property that numbers a block; a probe has none. */
    static final String BLOCK = "jangbu_block";

    /** Property that names a probe. */
    static final String PROBE = "jangbu_probe";

    /** Property by which the broker drops or refuses a second message. */
    static final String DUPLICATE_ID = "_AMQ_DUPL_ID";

    /** Property by which the broker keeps messages of a channel in order, with one consumer. */
    static final String GROUP = "JMSXGroupID";

    private static final int LONGEST_BODY = 256 << 20;

    private OrderingTopics() {}

    static String batches(ChannelId channel) {
        return "ordering." + channel;
    }

    static String blocks(ChannelId channel) {
        return "blocks." + channel;
    }

    /** The channel that a message names; empty if it names none. */
    static Optional<ChannelId> channel(Message message) throws JMSException {
        String name = message.getStringProperty(CHANNEL);
        return name != null && ChannelId.isValid(name) ? Optional.of(new ChannelId(name)) : Optional.empty();
    }

    /** The body's bytes; empty if it is no message of bytes, or longer than anything an orderer writes. */
    static Optional<byte[]> body(Message message) throws JMSException {
        if (!(message instanceof BytesMessage bytes) || bytes.getBodyLength() > LONGEST_BODY) {
            return Optional.empty();
        }
        byte[] body = new byte[(int) bytes.getBodyLength()];
        bytes.readBytes(body);
        return Optional.of(body);
    }
}
