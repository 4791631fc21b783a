package org.jangbu.ledger.block;

import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import org.jangbu.model.ChannelId;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;
import org.jboss.logging.annotations.ValidIdRange;

/** What block files tell the log. */
@MessageLogger(projectCode = "JANGBU", length = 4)
@ValidIdRange(min = 2000, max = 2019)
interface BlockMessages extends BasicLogger {
    BlockMessages LOG = Logger.getMessageLogger(MethodHandles.lookup(), BlockMessages.class, "org.jangbu.ledger.block");

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 2000, value = "channel %s: an unfinished append of block %d (%d bytes) is cut off %s at byte %d: %s")
    void tornTailCut(ChannelId channel, long block, long bytes, Path file, long offset, String reason);
}
