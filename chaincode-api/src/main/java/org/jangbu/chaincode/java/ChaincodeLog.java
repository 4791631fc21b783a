package org.jangbu.chaincode.java;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;
import org.jboss.logging.annotations.ValidIdRange;

/** What the Java runtime has to tell an operator. */
@MessageLogger(projectCode = "JANGBU", length = 4)
@ValidIdRange(min = 5000, max = 5049)
interface ChaincodeLog extends BasicLogger {
    ChaincodeLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), ChaincodeLog.class, "org.jangbu.chaincode.java");

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 5001, value = "Deployed chaincode package %s in %d ms")
    void deployed(String packageId, long millis);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 5002, value = "Undeployed chaincode package %s")
    void undeployed(String packageId);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 5003, value = "Channel %s, transaction %s, package %s: the contract was ended: %s")
    void ended(String channelId, String txId, String packageId, String verdict);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 5004, value = "Package %s: the contract threw %s; its caller is told only that it failed")
    void contractFailed(String packageId, String thrown);

    @LogMessage(level = Logger.Level.ERROR)
    @Message(
            id = 5005,
            value = "Channel %s, transaction %s, package %s: the contract does not stop; its thread is given up")
    void lost(String channelId, String txId, String packageId);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 5006, value = "Package %s: the files of the contract could not be closed")
    void notClosed(String packageId, @Cause Exception cause);

    @LogMessage(level = Logger.Level.WARN)
    @Message(
            id = 5007,
            value = "Package %s: a class of the contract cannot be initialised; the contract is loaded anew")
    void renewing(String packageId);

    @LogMessage(level = Logger.Level.ERROR)
    @Message(id = 5008, value = "Package %s: the contract could not be loaded anew; it goes on as it is")
    void notRenewed(String packageId, @Cause Exception cause);
}
