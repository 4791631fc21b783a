package org.jangbu.chaincode.java.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.hyperledger.fabric.shim.ledger.KeyValue;
import org.jangbu.chaincode.spi.ChaincodeHost;

/** A key and its value as the shim shows them. */
record StoredKeyValue(ChaincodeHost.KeyValue stored) implements KeyValue {
    @Override
    public String getKey() {
        return stored.key();
    }

    @Override
    public byte[] getValue() {
        return stored.value().clone();
    }

    @Override
    public String getStringValue() {
        return new String(stored.value(), UTF_8);
    }
}
