package org.jangbu.chaincode.service;

import org.hyperledger.fabric.protos.peer.ChaincodeMessage;
import org.jangbu.chaincode.spi.Invocation;

/** By what the messages of one stream are told apart. */
record TransactionKey(String channelId, String txId) {
    static TransactionKey of(ChaincodeMessage message) {
        return new TransactionKey(message.getChannelId(), message.getTxid());
    }

    static TransactionKey of(Invocation invocation) {
        return new TransactionKey(invocation.channelId(), invocation.txId());
    }

    /** A message of this transaction. */
    ChaincodeMessage.Builder message(ChaincodeMessage.Type type) {
        return ChaincodeMessage.newBuilder()
                .setType(type)
                .setChannelId(channelId)
                .setTxid(txId);
    }
}
