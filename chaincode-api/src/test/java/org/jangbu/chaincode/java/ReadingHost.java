package org.jangbu.chaincode.java;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jangbu.chaincode.spi.ChaincodeHost;
import org.jangbu.chaincode.spi.ChaincodeResult;
import org.jangbu.chaincode.testkit.InMemoryLedger;
import org.jspecify.annotations.Nullable;

/** A peer of which only the reading of a key matters. */
class ReadingHost implements ChaincodeHost {
    private final ChaincodeHost rest = new InMemoryLedger().simulate();
    private final Supplier<byte[]> reading;

    ReadingHost(Supplier<byte[]> reading) {
        this.reading = reading;
    }

    @Override
    public byte[] getState(String collection, String key) {
        return reading.get();
    }

    @Override
    public byte @Nullable [] getPrivateDataHash(String collection, String key) {
        return rest.getPrivateDataHash(collection, key);
    }

    @Override
    public void putState(String collection, String key, byte[] value) {
        rest.putState(collection, key, value);
    }

    @Override
    public void deleteState(String collection, String key) {
        rest.deleteState(collection, key);
    }

    @Override
    public void purgePrivateData(String collection, String key) {
        rest.purgePrivateData(collection, key);
    }

    @Override
    public Map<String, byte[]> getStateMetadata(String collection, String key) {
        return rest.getStateMetadata(collection, key);
    }

    @Override
    public void putStateMetadata(String collection, String key, String name, byte[] value) {
        rest.putStateMetadata(collection, key, name, value);
    }

    @Override
    public Results<KeyValue> getStateByRange(String collection, String start, String end, @Nullable Page page) {
        return rest.getStateByRange(collection, start, end, page);
    }

    @Override
    public Results<KeyValue> getQueryResult(String collection, String query, @Nullable Page page) {
        return rest.getQueryResult(collection, query, page);
    }

    @Override
    public Results<Modification> getHistoryForKey(String key) {
        return rest.getHistoryForKey(key);
    }

    @Override
    public ChaincodeResult invokeChaincode(String chaincode, String channel, List<byte[]> args) {
        return rest.invokeChaincode(chaincode, channel, args);
    }
}
