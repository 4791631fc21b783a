package org.jangbu.ledger.query.jdbc;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;
import org.jboss.logging.annotations.ValidIdRange;

/** What the indexes of rich queries tell the log. */
@MessageLogger(projectCode = "JANGBU", length = 4)
@ValidIdRange(min = 2080, max = 2089)
interface IndexMessages extends BasicLogger {
    IndexMessages LOG =
            Logger.getMessageLogger(MethodHandles.lookup(), IndexMessages.class, "org.jangbu.ledger.query.jdbc");

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 2080, value = "index %s of ledger %d is ready: namespace %s, fields %s")
    void made(String index, int ledger, String namespace, String fields);
}
