package org.jangbu.chaincode.service;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;
import org.jboss.logging.annotations.ValidIdRange;

/** What the runtime of services has to tell an operator. A number is never used twice. */
@MessageLogger(projectCode = "JANGBU", length = 4)
@ValidIdRange(min = 5050, max = 5079)
interface ServiceLog extends BasicLogger {
    ServiceLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), ServiceLog.class, "org.jangbu.chaincode.service");

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 5050, value = "Package %s: its service at %s is connected and registered after %d ms")
    void connected(String packageId, String address, long millis);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 5051, value = "Package %s: its service at %s cannot be reached: %s")
    void notConnected(String packageId, String address, String reason);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 5052, value = "Package %s: its service at %s is lost: %s")
    void lost(String packageId, String address, String reason);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 5053, value = "Channel %s, transaction %s, package %s: the service gave no answer: %s")
    void ended(String channelId, String txId, String packageId, String verdict);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 5054, value = "Package %s: the connection to its service does not close")
    void notClosed(String packageId);
}
