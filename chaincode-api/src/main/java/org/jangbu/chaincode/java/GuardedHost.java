package org.jangbu.chaincode.java;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jangbu.chaincode.spi.ChaincodeHost;
import org.jangbu.chaincode.spi.ChaincodeResult;
import org.jspecify.annotations.Nullable;

/** The peer as a guarded contract sees it: every call passes {@link Running}, what is written is counted, queries left open are closed. */
final class GuardedHost implements ChaincodeHost {
    private final ChaincodeHost host;
    private final Running running;
    private final List<GuardedResults<?>> open = new ArrayList<>();

    GuardedHost(ChaincodeHost host, Running running) {
        this.host = host;
        this.running = running;
    }

    @Override
    public byte @Nullable [] getState(String collection, String key) {
        return running.<byte @Nullable []>inHost(() -> host.getState(collection, key));
    }

    @Override
    public byte @Nullable [] getPrivateDataHash(String collection, String key) {
        return running.<byte @Nullable []>inHost(() -> host.getPrivateDataHash(collection, key));
    }

    @Override
    public void putState(String collection, String key, byte[] value) {
        write(key, value.length, () -> host.putState(collection, key, value));
    }

    @Override
    public void deleteState(String collection, String key) {
        write(key, 0, () -> host.deleteState(collection, key));
    }

    @Override
    public void purgePrivateData(String collection, String key) {
        write(key, 0, () -> host.purgePrivateData(collection, key));
    }

    @Override
    public Map<String, byte[]> getStateMetadata(String collection, String key) {
        return running.inHost(() -> host.getStateMetadata(collection, key));
    }

    @Override
    public void putStateMetadata(String collection, String key, String name, byte[] value) {
        write(key, name.length() + (long) value.length, () -> host.putStateMetadata(collection, key, name, value));
    }

    @Override
    public Results<KeyValue> getStateByRange(String collection, String start, String end, @Nullable Page page) {
        return opened(running.inHost(() -> host.getStateByRange(collection, start, end, page)));
    }

    @Override
    public Results<KeyValue> getQueryResult(String collection, String query, @Nullable Page page) {
        return opened(running.inHost(() -> host.getQueryResult(collection, query, page)));
    }

    @Override
    public Results<Modification> getHistoryForKey(String key) {
        return opened(running.inHost(() -> host.getHistoryForKey(key)));
    }

    @Override
    public ChaincodeResult invokeChaincode(String chaincode, String channel, List<byte[]> args) {
        return running.inHost(() -> host.invokeChaincode(chaincode, channel, args));
    }

    /** Closes what the contract left open, on its thread and after its end. */
    void closeResults() {
        open.forEach(GuardedResults::release);
    }

    private void write(String key, long bytes, Runnable call) {
        running.written(bytes + key.getBytes(UTF_8).length);
        running.<@Nullable Object>inHost(() -> {
            call.run();
            return null;
        });
    }

    private <T> Results<T> opened(Results<T> results) {
        GuardedResults<T> guarded = new GuardedResults<>(results, running);
        open.add(guarded);
        return guarded;
    }
}
