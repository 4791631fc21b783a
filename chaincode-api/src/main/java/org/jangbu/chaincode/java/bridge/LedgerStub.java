package org.jangbu.chaincode.java.bridge;

import java.util.Objects;
import java.util.function.Supplier;
import org.hyperledger.fabric.contract.ContractRuntimeException;
import org.hyperledger.fabric.shim.ChaincodeStub;
import org.hyperledger.fabric.shim.ledger.CompositeKey;
import org.hyperledger.fabric.shim.ledger.KeyModification;
import org.hyperledger.fabric.shim.ledger.KeyValue;
import org.hyperledger.fabric.shim.ledger.QueryResultsIterator;
import org.hyperledger.fabric.shim.ledger.QueryResultsIteratorWithMetadata;
import org.jangbu.chaincode.spi.ChaincodeHost;
import org.jangbu.chaincode.spi.ChaincodeHost.Page;
import org.jangbu.chaincode.spi.ChaincodeHostException;
import org.jspecify.annotations.Nullable;

/**
 * The ledger's side of the shim's stub, with its rules: a missing key reads as no bytes, an empty start means from the first simple key on, simple
 * and composite keys are never mixed. Longer than most classes because the shim's interface is. What the peer refuses shows as the exception that
 * the shim shows, so that it becomes an answer of status 500 with the peer's words.
 */
abstract class LedgerStub implements ChaincodeStub {
    private static final String PUBLIC = "";
    private static final String FIRST_SIMPLE_KEY = "\u0001";
    private static final String LAST_CODE_POINT = Character.toString(Character.MAX_CODE_POINT);
    private static final String VALIDATION_PARAMETER = "VALIDATION_PARAMETER";
    private static final byte[] NOTHING = {};

    private final ChaincodeHost host;

    LedgerStub(ChaincodeHost host) {
        this.host = host;
    }

    @Override
    public byte[] getState(String key) {
        return read(PUBLIC, key);
    }

    @Override
    public void putState(String key, byte[] value) {
        put(PUBLIC, key, value);
    }

    @Override
    public void delState(String key) {
        Objects.requireNonNull(key, "key cannot be null");
        run(() -> host.deleteState(PUBLIC, key));
    }

    @Override
    public byte @Nullable [] getStateValidationParameter(String key) {
        return validationParameter(PUBLIC, key);
    }

    @Override
    public void setStateValidationParameter(String key, byte[] value) {
        putValidationParameter(PUBLIC, key, value);
    }

    @Override
    public QueryResultsIterator<KeyValue> getStateByRange(@Nullable String startKey, @Nullable String endKey) {
        return simpleRange(PUBLIC, startKey, endKey, null);
    }

    @Override
    public QueryResultsIteratorWithMetadata<KeyValue> getStateByRangeWithPagination(
            @Nullable String startKey, @Nullable String endKey, int pageSize, String bookmark) {
        return simpleRange(PUBLIC, startKey, endKey, page(pageSize, bookmark));
    }

    @Override
    public QueryResultsIterator<KeyValue> getStateByPartialCompositeKey(String compositeKey) {
        return compositeRange(PUBLIC, composite(compositeKey), null);
    }

    @Override
    public QueryResultsIterator<KeyValue> getStateByPartialCompositeKey(String objectType, String... attributes) {
        return compositeRange(PUBLIC, new CompositeKey(objectType, attributes), null);
    }

    @Override
    public QueryResultsIterator<KeyValue> getStateByPartialCompositeKey(@Nullable CompositeKey compositeKey) {
        return compositeRange(PUBLIC, compositeKey, null);
    }

    @Override
    public QueryResultsIteratorWithMetadata<KeyValue> getStateByPartialCompositeKeyWithPagination(
            @Nullable CompositeKey compositeKey, int pageSize, String bookmark) {
        return compositeRange(PUBLIC, compositeKey, page(pageSize, bookmark));
    }

    @Override
    public CompositeKey createCompositeKey(String objectType, String... attributes) {
        return new CompositeKey(objectType, attributes);
    }

    @Override
    public CompositeKey splitCompositeKey(String compositeKey) {
        return CompositeKey.parseCompositeKey(compositeKey);
    }

    @Override
    public QueryResultsIterator<KeyValue> getQueryResult(String query) {
        return query(PUBLIC, query, null);
    }

    @Override
    public QueryResultsIteratorWithMetadata<KeyValue> getQueryResultWithPagination(
            String query, int pageSize, String bookmark) {
        return query(PUBLIC, query, page(pageSize, bookmark));
    }

    @Override
    public QueryResultsIterator<KeyModification> getHistoryForKey(String key) {
        Objects.requireNonNull(key, "key cannot be null");
        return new Rows<>(asked(() -> host.getHistoryForKey(key)), StoredModification::new);
    }

    @Override
    public byte[] getPrivateData(String collection, String key) {
        return read(collection(collection), key);
    }

    @Override
    public byte[] getPrivateDataHash(String collection, String key) {
        Objects.requireNonNull(key, "key cannot be null");
        return orNothing(ask(() -> host.getPrivateDataHash(collection(collection), key)));
    }

    @Override
    public byte @Nullable [] getPrivateDataValidationParameter(String collection, String key) {
        return validationParameter(collection(collection), key);
    }

    @Override
    public void putPrivateData(String collection, String key, byte[] value) {
        put(collection(collection), key, value);
    }

    @Override
    public void setPrivateDataValidationParameter(String collection, String key, byte[] value) {
        putValidationParameter(collection(collection), key, value);
    }

    @Override
    public void delPrivateData(String collection, String key) {
        Objects.requireNonNull(key, "key cannot be null");
        run(() -> host.deleteState(collection(collection), key));
    }

    @Override
    public void purgePrivateData(String collection, String key) {
        Objects.requireNonNull(key, "key cannot be null");
        run(() -> host.purgePrivateData(collection(collection), key));
    }

    @Override
    public QueryResultsIterator<KeyValue> getPrivateDataByRange(
            String collection, @Nullable String startKey, @Nullable String endKey) {
        return simpleRange(collection(collection), startKey, endKey, null);
    }

    @Override
    public QueryResultsIterator<KeyValue> getPrivateDataByPartialCompositeKey(
            String collection, @Nullable String compositeKey) {
        CompositeKey key = compositeKey == null ? new CompositeKey("") : composite(compositeKey);
        return compositeRange(collection(collection), key, null);
    }

    @Override
    public QueryResultsIterator<KeyValue> getPrivateDataByPartialCompositeKey(
            String collection, @Nullable CompositeKey compositeKey) {
        return compositeRange(collection(collection), compositeKey, null);
    }

    @Override
    public QueryResultsIterator<KeyValue> getPrivateDataByPartialCompositeKey(
            String collection, String objectType, String... attributes) {
        return compositeRange(collection(collection), new CompositeKey(objectType, attributes), null);
    }

    @Override
    public QueryResultsIterator<KeyValue> getPrivateDataQueryResult(String collection, String query) {
        return query(collection(collection), query, null);
    }

    static ContractRuntimeException refused(ChaincodeHostException refusal) {
        return new ContractRuntimeException(refusal.getMessage(), refusal);
    }

    private byte[] read(String collection, String key) {
        Objects.requireNonNull(key, "key cannot be null");
        return orNothing(ask(() -> host.getState(collection, key)));
    }

    private void put(String collection, String key, byte[] value) {
        checkKey(key);
        byte[] copy = value.clone();
        run(() -> host.putState(collection, key, copy));
    }

    private byte @Nullable [] validationParameter(String collection, String key) {
        Objects.requireNonNull(key, "key cannot be null");
        byte[] found = asked(() -> host.getStateMetadata(collection, key)).get(VALIDATION_PARAMETER);
        return found == null ? null : found.clone();
    }

    private void putValidationParameter(String collection, String key, byte[] value) {
        checkKey(key);
        byte[] copy = value.clone();
        run(() -> host.putStateMetadata(collection, key, VALIDATION_PARAMETER, copy));
    }

    private Rows<ChaincodeHost.KeyValue, KeyValue> simpleRange(
            String collection, @Nullable String startKey, @Nullable String endKey, @Nullable Page page) {
        String start = startKey == null || startKey.isEmpty() ? FIRST_SIMPLE_KEY : startKey;
        String end = endKey == null ? "" : endKey;
        CompositeKey.validateSimpleKeys(start, end);
        return range(collection, start, end, page);
    }

    private Rows<ChaincodeHost.KeyValue, KeyValue> compositeRange(
            String collection, @Nullable CompositeKey key, @Nullable Page page) {
        String start = (key == null ? new CompositeKey(FIRST_SIMPLE_KEY) : key).toString();
        return range(collection, start, start + LAST_CODE_POINT, page);
    }

    private Rows<ChaincodeHost.KeyValue, KeyValue> range(
            String collection, String start, String end, @Nullable Page page) {
        return new Rows<>(asked(() -> host.getStateByRange(collection, start, end, page)), StoredKeyValue::new);
    }

    private Rows<ChaincodeHost.KeyValue, KeyValue> query(String collection, String query, @Nullable Page page) {
        Objects.requireNonNull(query, "query cannot be null");
        return new Rows<>(asked(() -> host.getQueryResult(collection, query, page)), StoredKeyValue::new);
    }

    private static Page page(int size, String bookmark) {
        return new Page(size, Objects.requireNonNull(bookmark, "bookmark cannot be null"));
    }

    private static CompositeKey composite(String text) {
        return text.startsWith(CompositeKey.NAMESPACE) ? CompositeKey.parseCompositeKey(text) : new CompositeKey(text);
    }

    private static String collection(String collection) {
        Objects.requireNonNull(collection, "collection cannot be null");
        if (collection.isEmpty()) {
            throw new IllegalArgumentException("collection must not be an empty string");
        }
        return collection;
    }

    private static void checkKey(String key) {
        Objects.requireNonNull(key, "key cannot be null");
        if (key.isEmpty()) {
            throw new IllegalArgumentException("key cannot not be an empty string");
        }
    }

    private static byte[] orNothing(byte @Nullable [] value) {
        return value == null ? NOTHING : value.clone();
    }

    private static <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (ChaincodeHostException e) {
            throw refused(e);
        }
    }

    private static byte @Nullable [] ask(Supplier<byte @Nullable []> question) {
        try {
            return question.get();
        } catch (ChaincodeHostException e) {
            throw refused(e);
        }
    }

    private static void run(Runnable request) {
        try {
            request.run();
        } catch (ChaincodeHostException e) {
            throw refused(e);
        }
    }
}
