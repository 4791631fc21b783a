package org.jangbu.peer.validate;

import java.lang.invoke.MethodHandles;
import java.util.List;
import org.jangbu.model.ChannelId;
import org.jangbu.model.ParsedBlock;
import org.jangbu.model.Quoted;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;
import org.jboss.logging.annotations.ValidIdRange;

/** Verdicts on transactions. A number is never used twice. */
@MessageLogger(projectCode = "JANGBU", length = 4)
@ValidIdRange(min = 2100, max = 2149)
interface ValidateMessages extends BasicLogger {
    ValidateMessages LOG =
            Logger.getMessageLogger(MethodHandles.lookup(), ValidateMessages.class, "org.jangbu.peer.validate");

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 2100, value = "Channel %s, block %s, transaction %d (%s) is invalid, %s: %s")
    void invalid(ChannelId channel, String block, int position, String txId, String code, String reason);

    /** Conflicts are part of a busy day; they are told to whoever looks for them. */
    @LogMessage(level = Logger.Level.DEBUG)
    @Message(id = 2101, value = "Channel %s, block %s, transaction %d (%s) came too late, %s: %s")
    void conflict(ChannelId channel, String block, int position, String txId, String code, String reason);

    /** Tells of every transaction of a block that is not valid. */
    static void tell(ChannelId channel, ParsedBlock block, List<Verdict> verdicts) {
        String number = Long.toUnsignedString(block.number());
        for (int tx = 0; tx < verdicts.size(); tx++) {
            Verdict verdict = verdicts.get(tx);
            if (verdict.isValid()) {
                continue;
            }
            String txId = block.transactions()
                    .get(tx)
                    .envelope()
                    .map(envelope -> Quoted.brief(envelope.channelHeader().getTxId()))
                    .orElse("unreadable");
            String reason = verdict.reason();
            switch (verdict.code()) {
                case MVCC_READ_CONFLICT, PHANTOM_READ_CONFLICT ->
                    LOG.conflict(channel, number, tx, txId, verdict.code().name(), reason);
                default -> LOG.invalid(channel, number, tx, txId, verdict.code().name(), reason);
            }
        }
    }
}
