package org.jangbu.peer.reconcile;

import java.lang.invoke.MethodHandles;
import org.jangbu.model.ChannelId;
import org.jangbu.model.NodeName;
import org.jangbu.model.TxId;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;
import org.jboss.logging.annotations.ValidIdRange;

/** What the fetching of missing private data tells the log. */
@MessageLogger(projectCode = "JANGBU", length = 4)
@ValidIdRange(min = 2280, max = 2299)
public interface ReconcileLog extends BasicLogger {
    ReconcileLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), ReconcileLog.class, "org.jangbu.peer.reconcile");

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 2280, value = "channel %s: %s has fetched %d private sets that it lacked")
    void reconciled(ChannelId channel, NodeName node, int sets);

    @LogMessage(level = Logger.Level.WARN)
    @Message(
            id = 2281,
            value =
                    "channel %s: block %d, transaction %s: what %s was told by %s of collection %s of %s is not what its hash says; it was not taken")
    void refused(
            ChannelId channel,
            long block,
            TxId txId,
            NodeName node,
            String teller,
            String collection,
            String chaincode);

    @LogMessage(level = Logger.Level.DEBUG)
    @Message(id = 2282, value = "channel %s: %s was told no private data by %s: %s")
    void silent(ChannelId channel, NodeName node, String teller, String reason);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 2283, value = "channel %s: the private data that %s lacks could not be asked for now")
    void failed(ChannelId channel, NodeName node, @Cause Throwable failure);

    @LogMessage(level = Logger.Level.WARN)
    @Message(
            id = 2284,
            value = "channel %s, transaction %s: peer %s has not taken private data of collection %s of %s: %s")
    void notTaken(ChannelId channel, TxId txId, String peer, String collection, String chaincode, String reason);
}
