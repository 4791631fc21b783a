package org.jangbu.peer.event;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.peer.ChaincodeEvent;
import org.jangbu.model.ParsedBlock;
import org.jangbu.model.ParsedEnvelope;
import org.jangbu.model.ParsedTransaction;
import org.jangbu.model.TransactionsFilter;
import org.jangbu.model.TxId;

/** The events that contracts have set, as a committed block holds them. */
public final class ChaincodeEvents {
    private ChaincodeEvents() {}

    /** Those of the valid transactions, in the block's order. */
    public static List<ChaincodeEvent> of(Block block) {
        return of(block, Optional.empty());
    }

    /**
     * Those of the valid transactions behind another one, in the block's order.
     *
     * @param after a transaction of the block, whether or not it has set an event; of a block that does not hold it, all events are told
     */
    public static List<ChaincodeEvent> of(Block block, Optional<TxId> after) {
        TransactionsFilter filter = TransactionsFilter.of(block);
        List<ParsedTransaction> transactions = ParsedBlock.parse(block).transactions();
        List<ChaincodeEvent> events = new ArrayList<>();
        for (int position = behind(transactions, after); position < transactions.size(); position++) {
            if (position < filter.size()
                    && filter.isValid(position)
                    && transactions.get(position) instanceof ParsedTransaction.Endorser endorser) {
                ByteString bytes = endorser.transaction().action().getEvents();
                if (!bytes.isEmpty()) {
                    events.add(event(bytes));
                }
            }
        }
        return List.copyOf(events);
    }

    private static int behind(List<ParsedTransaction> transactions, Optional<TxId> after) {
        if (after.isPresent()) {
            for (int position = 0; position < transactions.size(); position++) {
                Optional<ParsedEnvelope> envelope = transactions.get(position).envelope();
                if (envelope.isPresent()
                        && envelope.get()
                                .channelHeader()
                                .getTxId()
                                .equals(after.get().value())) {
                    return position + 1;
                }
            }
        }
        return 0;
    }

    private static ChaincodeEvent event(ByteString bytes) {
        try {
            return ChaincodeEvent.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a valid transaction carries an event that cannot be read", e);
        }
    }
}
