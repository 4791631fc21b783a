package org.jangbu.ledger.state.jpa;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;
import org.jboss.logging.annotations.ValidIdRange;

/** What the database adapter tells the log. */
@MessageLogger(projectCode = "JANGBU", length = 4)
@ValidIdRange(min = 2060, max = 2079)
interface JpaMessages extends BasicLogger {
    JpaMessages LOG = Logger.getMessageLogger(MethodHandles.lookup(), JpaMessages.class, "org.jangbu.ledger.state.jpa");

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 2060, value = "a failed database transaction could not be rolled back")
    void rollbackFailed(@Cause Throwable failure);
}
