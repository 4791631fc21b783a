package org.jangbu.chaincode.service;

import java.util.EnumSet;
import java.util.Set;
import org.hyperledger.fabric.protos.peer.ChaincodeMessage;

/** What kinds of messages a contract may send about a transaction. */
final class Requests {
    private static final Set<ChaincodeMessage.Type> REQUESTS = EnumSet.of(
            ChaincodeMessage.Type.GET_STATE,
            ChaincodeMessage.Type.PUT_STATE,
            ChaincodeMessage.Type.DEL_STATE,
            ChaincodeMessage.Type.INVOKE_CHAINCODE,
            ChaincodeMessage.Type.GET_STATE_BY_RANGE,
            ChaincodeMessage.Type.GET_QUERY_RESULT,
            ChaincodeMessage.Type.QUERY_STATE_NEXT,
            ChaincodeMessage.Type.QUERY_STATE_CLOSE,
            ChaincodeMessage.Type.GET_HISTORY_FOR_KEY,
            ChaincodeMessage.Type.GET_STATE_METADATA,
            ChaincodeMessage.Type.PUT_STATE_METADATA,
            ChaincodeMessage.Type.GET_PRIVATE_DATA_HASH,
            ChaincodeMessage.Type.PURGE_PRIVATE_DATA,
            ChaincodeMessage.Type.WRITE_BATCH_STATE,
            ChaincodeMessage.Type.GET_STATE_MULTIPLE);

    private Requests() {}

    /** Whether it asks the peer for something. */
    static boolean isRequest(ChaincodeMessage message) {
        return REQUESTS.contains(message.getType());
    }

    /** Whether it ends its transaction. */
    static boolean isAnswer(ChaincodeMessage message) {
        return message.getType() == ChaincodeMessage.Type.COMPLETED || message.getType() == ChaincodeMessage.Type.ERROR;
    }

    /** For messages to people; a number where the type is unknown. */
    static String name(ChaincodeMessage message) {
        return message.getType() == ChaincodeMessage.Type.UNRECOGNIZED
                ? "a message of unknown type " + message.getTypeValue()
                : message.getType().name();
    }
}
