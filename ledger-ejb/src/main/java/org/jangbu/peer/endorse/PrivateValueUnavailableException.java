package org.jangbu.peer.endorse;

import org.jangbu.chaincode.spi.ChaincodeHostException;

/** The ledger has the hash of a private value, and this peer has not, or no longer, the value. Chaincodes get it as the cause of what they see. */
public final class PrivateValueUnavailableException extends RuntimeException {
    PrivateValueUnavailableException(String message) {
        super(message);
    }

    ChaincodeHostException toChaincode() {
        return new ChaincodeHostException(String.valueOf(getMessage()), this);
    }
}
