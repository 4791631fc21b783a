package org.jangbu.peer.deliver;

import java.lang.invoke.MethodHandles;
import org.jangbu.model.LedgerId;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;
import org.jboss.logging.annotations.ValidIdRange;

/** The way of blocks to the ledgers. A number is never used twice. */
@MessageLogger(projectCode = "JANGBU", length = 4)
@ValidIdRange(min = 2150, max = 2199)
interface DeliverMessages extends BasicLogger {
    DeliverMessages LOG =
            Logger.getMessageLogger(MethodHandles.lookup(), DeliverMessages.class, "org.jangbu.peer.deliver");

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 2150, value = "%s: block %s is refused: %s")
    void refused(LedgerId ledger, String block, String reason);

    @LogMessage(level = Logger.Level.FATAL)
    @Message(id = 2151, value = "%s: FORK at block %s: %s")
    void forked(LedgerId ledger, String block, String reason);

    @LogMessage(level = Logger.Level.FATAL)
    @Message(id = 2152, value = "%s: HALTED at block %s, an administrator must look: %s")
    void halted(LedgerId ledger, String block, String reason, @Cause Throwable cause);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 2153, value = "%s: block %s waits and is tried again in %s ms: %s")
    void waiting(LedgerId ledger, String block, long millis, String reason);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 2154, value = "%s: committing again at block %s")
    void recovered(LedgerId ledger, String block);

    @LogMessage(level = Logger.Level.DEBUG)
    @Message(id = 2155, value = "%s: block %s committed, %d transactions, %d invalid")
    void committed(LedgerId ledger, String block, int transactions, int invalid);

    @LogMessage(level = Logger.Level.DEBUG)
    @Message(id = 2156, value = "%s: no room for block %s, it is fetched later")
    void dropped(LedgerId ledger, String block);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 2157, value = "%s: the source of blocks is away, asked again in %s ms: %s")
    void sourceAway(LedgerId ledger, long millis, String reason);

    @LogMessage(level = Logger.Level.ERROR)
    @Message(id = 2158, value = "%s: a listener failed after block %s")
    void listenerFailed(LedgerId ledger, String block, @Cause Throwable cause);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 2159, value = "%s: configuration %s is in force after block %s")
    void configured(LedgerId ledger, String sequence, String block);

    @LogMessage(level = Logger.Level.DEBUG)
    @Message(id = 2160, value = "%s: blocks %s to %s are asked of the source")
    void fetching(LedgerId ledger, String from, String to);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 2161, value = "%s: a block that came again could not be compared with the committed one")
    void notCompared(LedgerId ledger, @Cause Throwable cause);

    @LogMessage(level = Logger.Level.FATAL)
    @Message(
            id = 2162,
            value = "%s: HALTED at block %s, tried again until an administrator has seen to the plug-in: %s")
    void held(LedgerId ledger, String block, String reason, @Cause Throwable cause);
}
