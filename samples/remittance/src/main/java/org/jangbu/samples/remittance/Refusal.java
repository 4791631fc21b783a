package org.jangbu.samples.remittance;

import org.hyperledger.fabric.shim.ChaincodeException;

/** Why the contract refuses; the name travels as the payload of the answer, so that clients need not read messages. */
enum Refusal {
    INVALID_ACCOUNT,
    INVALID_AMOUNT,
    UNKNOWN_ACCOUNT,
    DUPLICATE_ACCOUNT,
    SAME_ACCOUNT,
    INSUFFICIENT_BALANCE,
    BALANCE_OVERFLOW;

    ChaincodeException because(String message) {
        return new ChaincodeException(message, name());
    }
}
