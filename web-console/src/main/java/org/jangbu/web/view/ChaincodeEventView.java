package org.jangbu.web.view;

import org.hyperledger.fabric.protos.peer.ChaincodeEvent;

/**
 * An event that a contract has set.
 *
 * @param eventName as the contract chose it
 */
public record ChaincodeEventView(
        long blockNumber, String transactionId, String chaincode, String eventName, Content payload) {
    /** Takes an event apart. */
    public static ChaincodeEventView of(long block, ChaincodeEvent event) {
        return new ChaincodeEventView(
                block, event.getTxId(), event.getChaincodeId(), event.getEventName(), new Content(event.getPayload()));
    }
}
