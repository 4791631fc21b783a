package org.jangbu.chaincode.service;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import java.util.Map;
import org.hyperledger.fabric.protos.peer.ChaincodeMessage;
import org.hyperledger.fabric.protos.peer.ChaincodeSpec;
import org.hyperledger.fabric.protos.peer.DelState;
import org.hyperledger.fabric.protos.peer.GetHistoryForKey;
import org.hyperledger.fabric.protos.peer.GetQueryResult;
import org.hyperledger.fabric.protos.peer.GetState;
import org.hyperledger.fabric.protos.peer.GetStateByRange;
import org.hyperledger.fabric.protos.peer.GetStateMetadata;
import org.hyperledger.fabric.protos.peer.GetStateMultiple;
import org.hyperledger.fabric.protos.peer.GetStateMultipleResult;
import org.hyperledger.fabric.protos.peer.PurgePrivateState;
import org.hyperledger.fabric.protos.peer.PutState;
import org.hyperledger.fabric.protos.peer.PutStateMetadata;
import org.hyperledger.fabric.protos.peer.QueryMetadata;
import org.hyperledger.fabric.protos.peer.QueryStateClose;
import org.hyperledger.fabric.protos.peer.QueryStateNext;
import org.hyperledger.fabric.protos.peer.Response;
import org.hyperledger.fabric.protos.peer.StateMetadata;
import org.hyperledger.fabric.protos.peer.StateMetadataResult;
import org.hyperledger.fabric.protos.peer.WriteBatchState;
import org.hyperledger.fabric.protos.peer.WriteRecord;
import org.jangbu.chaincode.spi.ChaincodeExecutionException;
import org.jangbu.chaincode.spi.ChaincodeHost;
import org.jangbu.chaincode.spi.ChaincodeHost.Page;
import org.jangbu.chaincode.spi.ChaincodeHostException;
import org.jangbu.chaincode.spi.ChaincodeResult;
import org.jspecify.annotations.Nullable;

/** The requests of one transaction, answered from the peer's state: payload in, payload out. Longer than most classes because the protocol has as many kinds. */
final class HostRequests implements AutoCloseable {
    /** Most records of a batch of writes, and most keys that are read at once. */
    static final int MAX_BATCH = 1_000;

    private final ChaincodeHost host;
    private final ServiceLimits limits;
    private final OpenQueries queries;
    private long written;

    HostRequests(ChaincodeHost host, ServiceLimits limits) {
        this.host = host;
        this.limits = limits;
        this.queries = new OpenQueries(limits.messageBytes());
    }

    /**
     * The payload that answers a request.
     *
     * @throws ChaincodeHostException if the peer refuses; its message is for the contract
     * @throws ChaincodeExecutionException if that ends the transaction
     */
    ByteString answer(ChaincodeMessage request) throws InvalidProtocolBufferException, ChaincodeExecutionException {
        ByteString payload = request.getPayload();
        return switch (request.getType()) {
            case GET_STATE -> state(GetState.parseFrom(payload));
            case GET_STATE_MULTIPLE -> states(GetStateMultiple.parseFrom(payload));
            case GET_PRIVATE_DATA_HASH -> hash(GetState.parseFrom(payload));
            case PUT_STATE -> put(PutState.parseFrom(payload));
            case DEL_STATE -> delete(DelState.parseFrom(payload));
            case PURGE_PRIVATE_DATA -> purge(PurgePrivateState.parseFrom(payload));
            case WRITE_BATCH_STATE -> batch(WriteBatchState.parseFrom(payload));
            case GET_STATE_METADATA -> metadata(GetStateMetadata.parseFrom(payload));
            case PUT_STATE_METADATA -> putMetadata(PutStateMetadata.parseFrom(payload));
            case GET_STATE_BY_RANGE -> range(GetStateByRange.parseFrom(payload));
            case GET_QUERY_RESULT -> query(GetQueryResult.parseFrom(payload));
            case GET_HISTORY_FOR_KEY ->
                queries.openHistory(host.getHistoryForKey(
                        GetHistoryForKey.parseFrom(payload).getKey()));
            case QUERY_STATE_NEXT ->
                queries.next(QueryStateNext.parseFrom(payload).getId());
            case QUERY_STATE_CLOSE ->
                queries.close(QueryStateClose.parseFrom(payload).getId());
            case INVOKE_CHAINCODE -> invoke(request, ChaincodeSpec.parseFrom(payload));
            default -> throw new ChaincodeExecutionException("the chaincode sent " + Requests.name(request));
        };
    }

    /** Counts what the contract hands to the peer. */
    void written(long bytes) throws ChaincodeExecutionException {
        written += bytes;
        if (written > limits.writtenBytes()) {
            throw new ChaincodeExecutionException("the chaincode wrote more than " + limits.writtenBytes() + " bytes");
        }
    }

    private ByteString state(GetState request) {
        return bytes(host.getState(request.getCollection(), request.getKey()));
    }

    private ByteString states(GetStateMultiple request) {
        if (request.getKeysCount() > MAX_BATCH) {
            throw new ChaincodeHostException("at most " + MAX_BATCH + " keys are read at once");
        }
        GetStateMultipleResult.Builder result = GetStateMultipleResult.newBuilder();
        long size = 0;
        for (String key : request.getKeysList()) {
            ByteString value = bytes(host.getState(request.getCollection(), key));
            size += value.size();
            if (size > limits.messageBytes()) {
                throw new ChaincodeHostException("the values are too large to be read at once");
            }
            result.addValues(value);
        }
        return result.build().toByteString();
    }

    private ByteString hash(GetState request) {
        return bytes(host.getPrivateDataHash(request.getCollection(), request.getKey()));
    }

    private static ByteString bytes(byte @Nullable [] value) {
        return value == null ? ByteString.EMPTY : ByteString.copyFrom(value);
    }

    private ByteString put(PutState request) throws ChaincodeExecutionException {
        put(request.getCollection(), request.getKey(), request.getValue());
        return ByteString.EMPTY;
    }

    private void put(String collection, String key, ByteString value) throws ChaincodeExecutionException {
        written(ByteString.copyFromUtf8(key).size() + (long) value.size());
        host.putState(collection, key, value.toByteArray());
    }

    private ByteString delete(DelState request) throws ChaincodeExecutionException {
        delete(request.getCollection(), request.getKey());
        return ByteString.EMPTY;
    }

    private void delete(String collection, String key) throws ChaincodeExecutionException {
        written(ByteString.copyFromUtf8(key).size());
        host.deleteState(collection, key);
    }

    private ByteString purge(PurgePrivateState request) throws ChaincodeExecutionException {
        purge(request.getCollection(), request.getKey());
        return ByteString.EMPTY;
    }

    private void purge(String collection, String key) throws ChaincodeExecutionException {
        written(ByteString.copyFromUtf8(key).size());
        host.purgePrivateData(collection, key);
    }

    private ByteString putMetadata(PutStateMetadata request) throws ChaincodeExecutionException {
        putMetadata(request.getCollection(), request.getKey(), request.getMetadata());
        return ByteString.EMPTY;
    }

    private void putMetadata(String collection, String key, StateMetadata metadata) throws ChaincodeExecutionException {
        written(ByteString.copyFromUtf8(key).size()
                + (long) metadata.getMetakey().length()
                + metadata.getValue().size());
        host.putStateMetadata(
                collection, key, metadata.getMetakey(), metadata.getValue().toByteArray());
    }

    private ByteString batch(WriteBatchState request) throws ChaincodeExecutionException {
        if (request.getRecCount() > MAX_BATCH) {
            throw new ChaincodeHostException("a batch has at most " + MAX_BATCH + " writes");
        }
        for (WriteRecord write : request.getRecList()) {
            switch (write.getType()) {
                case PUT_STATE -> put(write.getCollection(), write.getKey(), write.getValue());
                case DEL_STATE -> delete(write.getCollection(), write.getKey());
                case PURGE_PRIVATE_DATA -> purge(write.getCollection(), write.getKey());
                case PUT_STATE_METADATA -> putMetadata(write.getCollection(), write.getKey(), write.getMetadata());
                default -> throw new ChaincodeHostException("a batch holds no write of type " + write.getTypeValue());
            }
        }
        return ByteString.EMPTY;
    }

    private ByteString metadata(GetStateMetadata request) {
        StateMetadataResult.Builder result = StateMetadataResult.newBuilder();
        for (Map.Entry<String, byte[]> entry :
                host.getStateMetadata(request.getCollection(), request.getKey()).entrySet()) {
            result.addEntriesBuilder().setMetakey(entry.getKey()).setValue(ByteString.copyFrom(entry.getValue()));
        }
        return result.build().toByteString();
    }

    private ByteString range(GetStateByRange request) throws InvalidProtocolBufferException {
        Page page = page(request.getMetadata());
        return queries.open(
                host.getStateByRange(request.getCollection(), request.getStartKey(), request.getEndKey(), page),
                page != null);
    }

    private ByteString query(GetQueryResult request) throws InvalidProtocolBufferException {
        Page page = page(request.getMetadata());
        return queries.open(host.getQueryResult(request.getCollection(), request.getQuery(), page), page != null);
    }

    private static @Nullable Page page(ByteString metadata) throws InvalidProtocolBufferException {
        QueryMetadata wanted = QueryMetadata.parseFrom(metadata);
        return wanted.getPageSize() == 0 && wanted.getBookmark().isEmpty()
                ? null
                : new Page(wanted.getPageSize(), wanted.getBookmark());
    }

    private ByteString invoke(ChaincodeMessage request, ChaincodeSpec callee) {
        String name = callee.getChaincodeId().getName();
        int slash = name.indexOf('/');
        List<byte[]> args = callee.getInput().getArgsList().stream()
                .map(ByteString::toByteArray)
                .toList();
        ChaincodeResult result = host.invokeChaincode(
                slash < 0 ? name : name.substring(0, slash), slash < 0 ? "" : name.substring(slash + 1), args);
        return TransactionKey.of(request)
                .message(ChaincodeMessage.Type.COMPLETED)
                .setPayload(Response.newBuilder()
                        .setStatus(result.status())
                        .setMessage(result.message())
                        .setPayload(ByteString.copyFrom(result.payload()))
                        .build()
                        .toByteString())
                .build()
                .toByteString();
    }

    @Override
    public void close() {
        queries.closeAll();
    }
}
