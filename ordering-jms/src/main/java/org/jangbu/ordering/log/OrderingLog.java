package org.jangbu.ordering.log;

import java.lang.invoke.MethodHandles;
import java.util.UUID;
import org.hyperledger.fabric.protos.common.Status;
import org.jangbu.model.ChannelId;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;
import org.jboss.logging.annotations.ValidIdRange;
import org.jspecify.annotations.Nullable;

/** What the orderer tells its operator. Ids are never used for anything else, even when a message goes. */
@MessageLogger(projectCode = "JANGBU", length = 4)
@ValidIdRange(min = 3000, max = 3099)
public interface OrderingLog extends BasicLogger {
    OrderingLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), OrderingLog.class, "org.jangbu.ordering");

    @LogMessage(level = Level.INFO)
    @Message(id = 3000, value = "channel %s: ordering from block %d on, configuration %d")
    void opened(ChannelId channel, long height, long configSequence);

    @LogMessage(level = Level.WARN)
    @Message(id = 3001, value = "channel %s: an envelope of batch %s is dropped by configuration %d: %s, %s")
    void droppedByNewConfig(ChannelId channel, UUID batch, long configSequence, Status status, @Nullable String reason);

    @LogMessage(level = Level.INFO)
    @Message(
            id = 3002,
            value =
                    "channel %s block %d: another orderer published this number; its block is adopted and ours ordered again")
    void adopted(ChannelId channel, long number);

    @LogMessage(level = Level.ERROR)
    @Message(
            id = 3003,
            value =
                    "channel %s block %d: FORK: published with hash %s, here with hash %s; ordering of the channel must be looked at")
    void fork(ChannelId channel, long number, String published, String here);

    @LogMessage(level = Level.ERROR)
    @Message(id = 3004, value = "channel %s block %d: published, but refused by this orderer: %s")
    void refusedPublished(ChannelId channel, long number, @Nullable String reason);

    @LogMessage(level = Level.WARN)
    @Message(id = 3005, value = "channel %s block %d: not known to be published, trying again: %s")
    void publishDoubtful(ChannelId channel, long number, @Nullable String reason);

    @LogMessage(level = Level.WARN)
    @Message(
            id = 3006,
            value = "channel %s block %d: refused by the broker, and no block of that number was heard; trying again")
    void refusedUnheard(ChannelId channel, long number);

    @LogMessage(level = Level.WARN)
    @Message(id = 3007, value = "channel %s: batch %s is not ordered yet and is handed back: %s")
    void batchHandedBack(ChannelId channel, UUID batch, @Nullable String reason);

    @LogMessage(level = Level.ERROR)
    @Message(id = 3008, value = "dropped a message on %s that no orderer wrote: %s")
    void malformedMessage(String destination, @Nullable String reason);

    @LogMessage(level = Level.ERROR)
    @Message(id = 3009, value = "channel %s: a batch waits because no orderer of this server has joined the channel")
    void unknownChannel(ChannelId channel);

    @LogMessage(level = Level.WARN)
    @Message(id = 3010, value = "channel %s block %d: %d blocks before it are missing here")
    void gap(ChannelId channel, long number, long missing);

    @LogMessage(level = Level.WARN)
    @Message(id = 3011, value = "channel %s: batch %s could not be sent, trying again: %s")
    void sendFailed(ChannelId channel, UUID batch, @Nullable String reason);

    @LogMessage(level = Level.ERROR)
    @Message(id = 3012, value = "channel %s: batch %s of %d envelopes was given up: %s")
    void sendGivenUp(ChannelId channel, UUID batch, int envelopes, @Nullable String reason);

    @LogMessage(level = Level.INFO)
    @Message(id = 3013, value = "channel %s block %d: the block left by the last run is published")
    void tailSettled(ChannelId channel, long number);

    @LogMessage(level = Level.ERROR)
    @Message(id = 3014, value = "channel %s: the orderer's ledger failed")
    void ledgerFailed(ChannelId channel, @Cause Throwable cause);

    @LogMessage(level = Level.WARN)
    @Message(id = 3015, value = "the connection to the broker is lost: %s")
    void connectionLost(@Nullable String reason);

    @LogMessage(level = Level.INFO)
    @Message(id = 3016, value = "connected to the broker")
    void connected();

    @LogMessage(level = Level.ERROR)
    @Message(id = 3017, value = "the orderer did not start")
    void startFailed(@Cause Throwable cause);

    @LogMessage(level = Level.ERROR)
    @Message(id = 3018, value = "an unexpected failure in the orderer")
    void unexpected(@Cause Throwable cause);

    @LogMessage(level = Level.ERROR)
    @Message(id = 3019, value = "channel %s block %d: heard, but not taken (%s); it is asked for again")
    void notTaken(ChannelId channel, long number, String hearing);

    @LogMessage(level = Level.INFO)
    @Message(id = 3020, value = "this server hosts no orderer")
    void noOrderer();

    @LogMessage(level = Level.WARN)
    @Message(id = 3021, value = "channel %s: the block left by the last run is not settled yet: %s")
    void notSettled(ChannelId channel, @Nullable String reason);

    @LogMessage(level = Level.WARN)
    @Message(
            id = 3022,
            value = "channel %s: the configuration in batch %s is dropped; it does not follow configuration %d: %s")
    void configurationDropped(ChannelId channel, UUID batch, long configSequence, @Nullable String reason);

    @LogMessage(level = Level.INFO)
    @Message(id = 3023, value = "channel %s block %d: configuration %d is in force")
    void configured(ChannelId channel, long number, long configSequence);

    @LogMessage(level = Level.ERROR)
    @Message(
            id = 3024,
            value = "channel %s block %d: its configuration is not authorised, configuration %d stays in force: %s")
    void configurationWithoutEffect(ChannelId channel, long number, long configSequence, @Nullable String reason);

    @LogMessage(level = Level.INFO)
    @Message(id = 3025, value = "channel %s: orderer %s has joined")
    void joined(ChannelId channel, String orderer);

    @LogMessage(level = Level.WARN)
    @Message(id = 3026, value = "channel %s: orderer %s could not join, and keeps nothing of it")
    void notJoined(ChannelId channel, String orderer, @Cause Throwable cause);

    @LogMessage(level = Level.WARN)
    @Message(id = 3027, value = "channel %s: orderer %s has left; its files stay")
    void removed(ChannelId channel, String orderer);

    @LogMessage(level = Level.ERROR)
    @Message(id = 3028, value = "channel %s: batch %s of %d envelopes is dropped, since the channel was removed here")
    void droppedOfRemoved(ChannelId channel, UUID batch, int envelopes);

    @LogMessage(level = Level.WARN)
    @Message(id = 3029, value = "channel %s: orderer %s could not leave, and goes on")
    void notRemoved(ChannelId channel, String orderer, @Cause Throwable cause);

    @LogMessage(level = Level.INFO)
    @Message(id = 3030, value = "%s is a member of consortium %s now, at orderer %s")
    void admitted(String mspId, String consortium, String orderer);

    @LogMessage(level = Level.ERROR)
    @Message(id = 3031, value = "orderer %s could not write down a new member of its consortium, which stays as it is")
    void notAdmitted(String orderer, @Cause Throwable cause);
}
