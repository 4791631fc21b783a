package org.jangbu.peer.validate;

import org.hyperledger.fabric.protos.peer.TxValidationCode;

/**
 * What validation says of a transaction.
 *
 * @param reason why it is not valid, for the log; empty if it is. The code alone is part of the ledger
 */
record Verdict(TxValidationCode code, String reason) {
    static final Verdict VALID = new Verdict(TxValidationCode.VALID, "");

    boolean isValid() {
        return code == TxValidationCode.VALID;
    }
}
