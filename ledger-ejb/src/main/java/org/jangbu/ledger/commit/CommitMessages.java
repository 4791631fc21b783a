package org.jangbu.ledger.commit;

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

/** What committing and recovery tell the log. */
@MessageLogger(projectCode = "JANGBU", length = 4)
@ValidIdRange(min = 2020, max = 2059)
interface CommitMessages extends BasicLogger {
    CommitMessages LOG =
            Logger.getMessageLogger(MethodHandles.lookup(), CommitMessages.class, "org.jangbu.ledger.commit");

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 2020, value = "channel %s: ledger of %s open at height %d")
    void opened(ChannelId channel, NodeName node, long height);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 2021, value = "channel %s: database of %s is at height %d, block files at %d; replaying")
    void replaying(ChannelId channel, NodeName node, long databaseHeight, long fileHeight);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 2022, value = "channel %s: %s replayed blocks %d to %d (%d transactions) in %d ms")
    void replayed(ChannelId channel, NodeName node, long first, long last, long transactions, long millis);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 2023, value = "channel %s: block %d of %s is in the database although its commit reported a failure")
    void committedAfterAll(ChannelId channel, long block, NodeName node, @Cause Throwable failure);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 2024, value = "channel %s: block %d of %s is in the block file, not in the database")
    void databaseFailed(ChannelId channel, long block, NodeName node, @Cause Throwable failure);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 2025, value = "channel %s: block %d of %s could not be appended")
    void appendFailed(ChannelId channel, long block, NodeName node, @Cause Throwable failure);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 2026, value = "channel %s: block files of %s could not be closed")
    void closeFailed(ChannelId channel, NodeName node, @Cause Throwable failure);

    @LogMessage(level = Logger.Level.WARN)
    @Message(
            id = 2027,
            value =
                    "channel %s: block %d, transaction %s: %s lacks the private data of collection %s of %s; their hashes are on the ledger")
    void privateDataMissing(
            ChannelId channel, long block, TxId txId, NodeName node, String collection, String chaincode);
}
