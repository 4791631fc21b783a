package org.jangbu.peer.log;

import java.lang.invoke.MethodHandles;
import org.jangbu.model.ChannelId;
import org.jangbu.model.MspId;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;
import org.jboss.logging.annotations.ValidIdRange;

/** Endorsing, gateway, chaincodes and the composition of a peer. A number is never used twice. */
@MessageLogger(projectCode = "JANGBU", length = 4)
@ValidIdRange(min = 2200, max = 2279)
public interface EndorsementLog extends BasicLogger {
    /** Writes under the category {@code org.jangbu.peer}. */
    EndorsementLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), EndorsementLog.class, "org.jangbu.peer");

    @LogMessage(level = Logger.Level.DEBUG)
    @Message(id = 2200, value = "Channel %s: proposal %s refused: %s")
    void proposalRefused(String channel, String txId, String reason);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 2201, value = "Channel %s: proposal %s to chaincode %s failed: %s")
    void simulationFailed(String channel, String txId, String chaincode, String reason);

    @LogMessage(level = Logger.Level.ERROR)
    @Message(id = 2202, value = "Channel %s: proposal %s cannot be answered, the ledger cannot be read")
    void ledgerUnreadable(String channel, String txId, @Cause Throwable cause);

    @LogMessage(level = Logger.Level.ERROR)
    @Message(id = 2203, value = "Channel %s: proposal %s met an internal error")
    void endorserFailed(String channel, String txId, @Cause Throwable cause);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 2210, value = "Channel %s: endorsed the definition of chaincode %s, sequence %s")
    void definitionEndorsed(String channel, String chaincode, long sequence);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 2211, value = "Node %s: the approval of channel %s, chaincode %s, cannot be read: %s")
    void approvalUnreadable(String node, String channel, String chaincode, String reason);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 2214, value = "Channel %s: approval of chaincode %s at sequence %s endorsed for %s")
    void approvalEndorsed(String channel, String chaincode, long sequence, String mspId);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 2215, value = "Node %s: package %s installed")
    void installed(String node, String packageId);

    @LogMessage(level = Logger.Level.ERROR)
    @Message(id = 2216, value = "Node %s: its packages cannot be read or written")
    void packagesUnreadable(String node, @Cause Throwable cause);

    @LogMessage(level = Logger.Level.ERROR)
    @Message(id = 2212, value = "Node %s: package %s cannot be deployed")
    void deploymentFailed(String node, String packageId, @Cause Throwable cause);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 2213, value = "Node %s: package %s undeployed")
    void undeployed(String node, String packageId);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 2218, value = "Node %s: channel %s: %s")
    void chaincodeUnavailable(String node, String channel, String reason);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 2258, value = "Node %s: the indexes of package %s cannot be read; there will be none")
    void indexesUnreadable(String node, String packageId, @Cause Throwable cause);

    @LogMessage(level = Logger.Level.WARN)
    @Message(
            id = 2259,
            value =
                    "Node %s: not all indexes of channel %s could be made; queries go on without them, next try in %s s")
    void indexesNotMade(String node, String channel, long seconds, @Cause Throwable cause);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 2230, value = "Peer %s of %s is open on %s channels")
    void peerOpen(String node, String mspId, int channels);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 2231, value = "%s peers open after %s ms")
    void open(int peers, long millis);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 2232, value = "The ledgers cannot be opened yet, next try in %s s: %s")
    void opensLater(long seconds, String reason);

    @LogMessage(level = Logger.Level.FATAL)
    @Message(id = 2233, value = "The ledgers cannot be opened")
    void cannotOpen(@Cause Throwable cause);

    @LogMessage(level = Logger.Level.FATAL)
    @Message(id = 2234, value = "Node %s: the ledger of channel %s is left out")
    void ledgerLeftOut(String node, String channel, @Cause Throwable cause);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 2235, value = "Peers closed")
    void closed();

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 2236, value = "%s was not closed as it should")
    void notClosed(String part, @Cause Throwable cause);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 2237, value = "This server has no registry of metrics; nothing is counted")
    void noMetrics();

    @LogMessage(level = Logger.Level.ERROR)
    @Message(id = 2238, value = "A deadline could not be kept")
    void tickFailed(@Cause Throwable cause);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 2239, value = "Peer %s has joined channel %s")
    void joined(String node, String channel);

    @LogMessage(level = Logger.Level.ERROR)
    @Message(id = 2240, value = "Peer %s cannot join channel %s")
    void notJoined(String node, String channel, @Cause Throwable cause);

    @LogMessage(level = Logger.Level.ERROR)
    @Message(id = 2247, value = "Channel %s, transaction %s, chaincode %s: not endorsed: %s")
    void pluginFailed(String channel, String txId, String chaincode, String reason);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 2260, value = "Channel %s: peer %s of %s cannot be asked: %s")
    void remotePeerAway(ChannelId channel, String address, MspId organization, String reason);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 2261, value = "Node %s shows no TLS certificate to nodes elsewhere: %s")
    void noTlsCertificate(String node, String reason);
}
