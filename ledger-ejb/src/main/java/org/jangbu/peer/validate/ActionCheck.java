package org.jangbu.peer.validate;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.HashSet;
import java.util.Set;
import org.hyperledger.fabric.protos.peer.ChaincodeAction;
import org.hyperledger.fabric.protos.peer.ChaincodeEvent;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.model.EndorserTransaction;
import org.jangbu.model.Quoted;
import org.jangbu.model.ReadWriteSet;

/**
 * Whether what the endorsers signed is consistent in itself: one chaincode throughout, and each namespace once. The version only has to be
 * there: that it is the current one is what the read of the definition's sequence proves.
 */
final class ActionCheck {
    private ActionCheck() {}

    static Verdict check(EndorserTransaction transaction) {
        ChaincodeAction action = transaction.action();
        if (action.equals(ChaincodeAction.getDefaultInstance())) {
            return new Verdict(TxValidationCode.BAD_RESPONSE_PAYLOAD, "the endorsed answer is empty");
        }
        if (!transaction.extension().hasChaincodeId() || !action.hasChaincodeId()) {
            return new Verdict(TxValidationCode.INVALID_OTHER_REASON, "no chaincode is named in header and answer");
        }
        String chaincode = transaction.chaincode();
        if (chaincode.isEmpty()
                || !chaincode.equals(action.getChaincodeId().getName())
                || action.getChaincodeId().getVersion().isEmpty()) {
            return new Verdict(
                    TxValidationCode.INVALID_CHAINCODE,
                    "name or version of the chaincode is missing, or the names differ: '" + Quoted.brief(chaincode)
                            + "' invoked, '"
                            + Quoted.brief(action.getChaincodeId().getName()) + "' answered");
        }
        Verdict event = event(chaincode, action);
        return event.isValid() ? namespaces(transaction.readWriteSet()) : event;
    }

    private static Verdict event(String chaincode, ChaincodeAction action) {
        if (action.getEvents().isEmpty()) {
            return Verdict.VALID;
        }
        try {
            if (ChaincodeEvent.parseFrom(action.getEvents()).getChaincodeId().equals(chaincode)) {
                return Verdict.VALID;
            }
            return new Verdict(TxValidationCode.INVALID_OTHER_REASON, "the event claims to be another chaincode's");
        } catch (InvalidProtocolBufferException e) {
            return new Verdict(TxValidationCode.INVALID_OTHER_REASON, "the event is not readable: " + e.getMessage());
        }
    }

    private static Verdict namespaces(ReadWriteSet set) {
        Set<String> seen = new HashSet<>();
        for (ReadWriteSet.Namespace namespace : set.namespaces()) {
            if (!seen.add(namespace.name())) {
                return new Verdict(
                        TxValidationCode.ILLEGAL_WRITESET,
                        "the namespace '" + Quoted.brief(namespace.name()) + "' stands twice in the read/write set");
            }
        }
        return Verdict.VALID;
    }
}
