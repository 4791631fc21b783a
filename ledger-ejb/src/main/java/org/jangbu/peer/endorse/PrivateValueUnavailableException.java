package org.jangbu.peer.endorse;

import org.jangbu.chaincode.spi.ChaincodeHostException;
import org.jangbu.ledger.privatedata.PrivateValue;
import org.jangbu.model.Version;
import org.jspecify.annotations.Nullable;

/** The ledger has the hash of a private value, and this peer has not, or no longer, the value. Chaincodes get it as the cause of what they see. */
public final class PrivateValueUnavailableException extends RuntimeException {
    private PrivateValueUnavailableException(String message) {
        super(message);
    }

    /** @param held what the peer has instead, if it has anything */
    static PrivateValueUnavailableException of(
            String namespace, String collection, Version version, @Nullable PrivateValue held) {
        return new PrivateValueUnavailableException(
                "private data matching public hash version is not available. Collection = [" + namespace + ":"
                        + collection + "], public hash version = " + text(version) + ", private data version = "
                        + (held == null ? "none" : text(held.version())));
    }

    private static String text(Version version) {
        return version.block() + ":" + version.tx();
    }

    ChaincodeHostException toChaincode() {
        return new ChaincodeHostException(String.valueOf(getMessage()), this);
    }
}
