package org.jangbu.chaincode.java.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import org.hyperledger.fabric.shim.ledger.KeyModification;
import org.jangbu.chaincode.spi.ChaincodeHost;

/** A former value of a key as the shim shows it. */
record StoredModification(ChaincodeHost.Modification stored) implements KeyModification {
    @Override
    public String getTxId() {
        return stored.txId();
    }

    @Override
    public byte[] getValue() {
        return stored.value().clone();
    }

    @Override
    public String getStringValue() {
        return new String(stored.value(), UTF_8);
    }

    @Override
    public Instant getTimestamp() {
        return stored.timestamp();
    }

    @Override
    public boolean isDeleted() {
        return stored.deleted();
    }
}
