package org.jangbu.chaincode.service;

import com.google.protobuf.ByteString;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.hyperledger.fabric.protos.ledger.queryresult.KV;
import org.hyperledger.fabric.protos.ledger.queryresult.KeyModification;
import org.hyperledger.fabric.protos.peer.QueryResponse;
import org.hyperledger.fabric.protos.peer.QueryResponseMetadata;
import org.hyperledger.fabric.protos.peer.QueryResultBytes;
import org.jangbu.chaincode.spi.ChaincodeHost.KeyValue;
import org.jangbu.chaincode.spi.ChaincodeHost.Modification;
import org.jangbu.chaincode.spi.ChaincodeHost.Results;
import org.jangbu.chaincode.spi.ChaincodeHostException;

/** The queries of one transaction, handed out as Fabric's peer does: a hundred rows at a time, or less if they are large; a page always as a whole. */
final class OpenQueries {
    private static final int BATCH_ROWS = 100;
    private static final long BATCH_BYTES = 4L << 20;
    private static final int MOST_OPEN = 100;

    private final long pageBytes;
    private final Map<String, Open<?>> open = new HashMap<>();
    private int opened;

    /** @param pageBytes the most that one page may take */
    OpenQueries(long pageBytes) {
        this.pageBytes = pageBytes;
    }

    ByteString open(Results<KeyValue> results, boolean paged) {
        return first(new Open<>(results, OpenQueries::bytes, paged));
    }

    ByteString openHistory(Results<Modification> results) {
        return first(new Open<>(results, OpenQueries::bytes, false));
    }

    private ByteString first(Open<?> query) {
        if (open.size() >= MOST_OPEN) {
            query.results.close();
            throw new ChaincodeHostException("more than " + MOST_OPEN + " queries are open");
        }
        String id = Integer.toString(++opened);
        open.put(id, query);
        return batch(id, query);
    }

    ByteString next(String id) {
        Open<?> query = open.get(id);
        if (query == null) {
            throw new ChaincodeHostException("query iterator not found");
        }
        return batch(id, query);
    }

    ByteString close(String id) {
        Open<?> query = open.remove(id);
        if (query != null) {
            query.results.close();
        }
        return QueryResponse.newBuilder().setId(id).build().toByteString();
    }

    void closeAll() {
        open.values().forEach(query -> query.results.close());
        open.clear();
    }

    private ByteString batch(String id, Open<?> query) {
        QueryResponse.Builder response = QueryResponse.newBuilder().setId(id);
        long size = 0;
        while (query.results.hasNext()
                && (query.paged || (response.getResultsCount() < BATCH_ROWS && size < BATCH_BYTES))) {
            ByteString row = query.nextRow();
            size += row.size();
            if (query.paged && size > pageBytes) {
                throw new ChaincodeHostException("the page is too large; ask for fewer rows");
            }
            response.addResults(QueryResultBytes.newBuilder().setResultBytes(row));
        }
        response.setHasMore(query.results.hasNext());
        if (query.paged) {
            response.setMetadata(QueryResponseMetadata.newBuilder()
                    .setFetchedRecordsCount(query.results.fetched())
                    .setBookmark(query.results.bookmark())
                    .build()
                    .toByteString());
        }
        if (!response.getHasMore()) {
            close(id);
        }
        return response.build().toByteString();
    }

    private static ByteString bytes(KeyValue row) {
        return KV.newBuilder()
                .setNamespace(row.namespace())
                .setKey(row.key())
                .setValue(ByteString.copyFrom(row.value()))
                .build()
                .toByteString();
    }

    private static ByteString bytes(Modification row) {
        return KeyModification.newBuilder()
                .setTxId(row.txId())
                .setValue(ByteString.copyFrom(row.value()))
                .setTimestamp(Conversation.timestamp(row.timestamp()))
                .setIsDelete(row.deleted())
                .build()
                .toByteString();
    }

    /** One of them. */
    private record Open<T>(Results<T> results, Function<T, ByteString> bytes, boolean paged) {
        private ByteString nextRow() {
            return bytes.apply(Objects.requireNonNull(results.next(), "hasNext was true"));
        }
    }
}
