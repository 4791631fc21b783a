package org.jangbu.web.view;

import java.util.List;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.peer.ChaincodeEvent;
import org.hyperledger.fabric.protos.peer.FilteredBlock;
import org.hyperledger.fabric.protos.peer.FilteredTransaction;

/** A block without what its transactions say. */
public record FilteredBlockView(String channel, long number, List<Transaction> transactions) {
    /**
     * A transaction's id and verdict.
     *
     * @param events that contracts have set, without payload
     */
    public record Transaction(String transactionId, String type, String validationCode, List<Event> events) {}

    /** Of whom an event is, and what it is called. */
    public record Event(String chaincode, String eventName) {}

    /** Takes a filtered block apart. */
    public static FilteredBlockView of(FilteredBlock block) {
        return new FilteredBlockView(
                block.getChannelId(),
                block.getNumber(),
                block.getFilteredTransactionsList().stream()
                        .map(FilteredBlockView::transaction)
                        .toList());
    }

    private static Transaction transaction(FilteredTransaction transaction) {
        HeaderType type = transaction.getType();
        return new Transaction(
                transaction.getTxid(),
                type.name(),
                ValidationCodes.name(transaction.getTxValidationCodeValue()),
                transaction.getTransactionActions().getChaincodeActionsList().stream()
                        .map(action -> event(action.getChaincodeEvent()))
                        .toList());
    }

    private static Event event(ChaincodeEvent event) {
        return new Event(event.getChaincodeId(), event.getEventName());
    }
}
