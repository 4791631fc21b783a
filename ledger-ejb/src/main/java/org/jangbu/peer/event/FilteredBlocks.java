package org.jangbu.peer.event;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.peer.ChaincodeEvent;
import org.hyperledger.fabric.protos.peer.FilteredBlock;
import org.hyperledger.fabric.protos.peer.FilteredChaincodeAction;
import org.hyperledger.fabric.protos.peer.FilteredTransaction;
import org.hyperledger.fabric.protos.peer.FilteredTransactionActions;
import org.jangbu.model.ParsedBlock;
import org.jangbu.model.ParsedEnvelope;
import org.jangbu.model.ParsedTransaction;
import org.jangbu.model.TransactionsFilter;

/** Blocks without what transactions say: ids, types, verdicts, and names of events. */
public final class FilteredBlocks {
    private FilteredBlocks() {}

    /** A block of a channel, filtered. */
    public static FilteredBlock of(String channel, Block block) {
        FilteredBlock.Builder filtered = FilteredBlock.newBuilder()
                .setChannelId(channel)
                .setNumber(block.getHeader().getNumber());
        TransactionsFilter filter = TransactionsFilter.of(block);
        List<ParsedTransaction> transactions = ParsedBlock.parse(block).transactions();
        for (int position = 0; position < transactions.size(); position++) {
            FilteredTransaction.Builder transaction =
                    FilteredTransaction.newBuilder().setTxValidationCode(filter.code(position));
            describe(transactions.get(position), transaction);
            filtered.addFilteredTransactions(transaction);
        }
        return filtered.build();
    }

    private static void describe(ParsedTransaction parsed, FilteredTransaction.Builder transaction) {
        Optional<ParsedEnvelope> envelope = parsed.envelope();
        if (envelope.isEmpty()) {
            return;
        }
        ChannelHeader header = envelope.get().channelHeader();
        transaction.setTxid(header.getTxId());
        HeaderType type = HeaderType.forNumber(header.getType());
        if (type != null) {
            transaction.setType(type);
        }
        if (parsed instanceof ParsedTransaction.Endorser endorser) {
            FilteredTransactionActions.Builder actions = FilteredTransactionActions.newBuilder();
            event(endorser)
                    .ifPresent(event -> actions.addChaincodeActions(
                            FilteredChaincodeAction.newBuilder().setChaincodeEvent(event)));
            transaction.setTransactionActions(actions);
        }
    }

    /** Without its payload; empty also for what nobody can read, which is never valid. */
    private static Optional<ChaincodeEvent> event(ParsedTransaction.Endorser endorser) {
        try {
            ChaincodeEvent event =
                    ChaincodeEvent.parseFrom(endorser.transaction().action().getEvents());
            return event.getChaincodeId().isEmpty()
                    ? Optional.empty()
                    : Optional.of(event.toBuilder().clearPayload().build());
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }
}
