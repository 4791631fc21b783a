package org.jangbu.chaincode.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.ledger.queryresult.KV;
import org.hyperledger.fabric.protos.ledger.queryresult.KeyModification;
import org.hyperledger.fabric.protos.peer.ChaincodeID;
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
import org.hyperledger.fabric.protos.peer.QueryResponse;
import org.hyperledger.fabric.protos.peer.QueryResponseMetadata;
import org.hyperledger.fabric.protos.peer.QueryResultBytes;
import org.hyperledger.fabric.protos.peer.QueryStateClose;
import org.hyperledger.fabric.protos.peer.QueryStateNext;
import org.hyperledger.fabric.protos.peer.StateMetadata;
import org.hyperledger.fabric.protos.peer.StateMetadataResult;
import org.hyperledger.fabric.protos.peer.WriteBatchState;
import org.hyperledger.fabric.protos.peer.WriteRecord;
import org.jangbu.chaincode.spi.ChaincodeHostException;
import org.jangbu.chaincode.testkit.InMemoryLedger;
import org.jangbu.chaincode.testkit.Simulation;
import org.junit.jupiter.api.Test;

class HostRequestsTest {
    private static final ServiceLimits LIMITS = new ServiceLimits(Duration.ofSeconds(5), 64 << 20, 1);

    private final InMemoryLedger ledger = new InMemoryLedger();
    private Simulation simulation = ledger.simulate();
    private HostRequests requests = new HostRequests(simulation, LIMITS);

    private ByteString ask(ChaincodeMessage.Type type, MessageLite payload) throws Exception {
        return requests.answer(ChaincodeMessage.newBuilder()
                .setType(type)
                .setTxid("t")
                .setPayload(payload.toByteString())
                .build());
    }

    private void commit() {
        ledger.commit(simulation, "t" + ledger.hashCode(), Instant.ofEpochSecond(7, 8));
        simulation = ledger.simulate();
        requests = new HostRequests(simulation, LIMITS);
    }

    private void put(String key, String value) throws Exception {
        ask(ChaincodeMessage.Type.PUT_STATE, putState("", key, value));
    }

    private static PutState putState(String collection, String key, String value) {
        return PutState.newBuilder()
                .setCollection(collection)
                .setKey(key)
                .setValue(ByteString.copyFromUtf8(value))
                .build();
    }

    private String get(String collection, String key) throws Exception {
        return ask(
                        ChaincodeMessage.Type.GET_STATE,
                        GetState.newBuilder()
                                .setCollection(collection)
                                .setKey(key)
                                .build())
                .toStringUtf8();
    }

    @Test
    void values_are_put_read_and_deleted_in_public_and_in_private() throws Exception {
        put("k", "v");
        ask(ChaincodeMessage.Type.PUT_STATE, putState("c", "k", "private"));
        assertThat(get("", "k"))
                .as("reads never see the transaction's own writes")
                .isEmpty();
        commit();
        assertThat(get("", "k")).isEqualTo("v");
        assertThat(get("c", "k")).isEqualTo("private");
        assertThat(ask(
                        ChaincodeMessage.Type.GET_PRIVATE_DATA_HASH,
                        GetState.newBuilder().setCollection("c").setKey("k").build()))
                .hasSize(32);

        ask(ChaincodeMessage.Type.DEL_STATE, DelState.newBuilder().setKey("k").build());
        ask(
                ChaincodeMessage.Type.PURGE_PRIVATE_DATA,
                PurgePrivateState.newBuilder().setCollection("c").setKey("k").build());
        commit();
        assertThat(get("", "k")).isEmpty();
        assertThat(get("c", "k")).isEmpty();
    }

    @Test
    void writes_and_reads_come_in_batches_too() throws Exception {
        put("gone", "x");
        commit();
        ask(
                ChaincodeMessage.Type.WRITE_BATCH_STATE,
                WriteBatchState.newBuilder()
                        .addRec(WriteRecord.newBuilder()
                                .setType(WriteRecord.Type.PUT_STATE)
                                .setKey("a")
                                .setValue(ByteString.copyFromUtf8("1")))
                        .addRec(WriteRecord.newBuilder()
                                .setType(WriteRecord.Type.DEL_STATE)
                                .setKey("gone"))
                        .addRec(WriteRecord.newBuilder()
                                .setType(WriteRecord.Type.PUT_STATE_METADATA)
                                .setKey("a")
                                .setMetadata(StateMetadata.newBuilder()
                                        .setMetakey("VALIDATION_PARAMETER")
                                        .setValue(ByteString.copyFromUtf8("policy"))))
                        .build());
        commit();

        GetStateMultipleResult values = GetStateMultipleResult.parseFrom(ask(
                ChaincodeMessage.Type.GET_STATE_MULTIPLE,
                GetStateMultiple.newBuilder().addKeys("a").addKeys("gone").build()));

        assertThat(values.getValuesList()).containsExactly(ByteString.copyFromUtf8("1"), ByteString.EMPTY);
        StateMetadataResult metadata = StateMetadataResult.parseFrom(ask(
                ChaincodeMessage.Type.GET_STATE_METADATA,
                GetStateMetadata.newBuilder().setKey("a").build()));
        assertThat(metadata.getEntries(0).getMetakey()).isEqualTo("VALIDATION_PARAMETER");
        assertThat(metadata.getEntries(0).getValue().toStringUtf8()).isEqualTo("policy");
    }

    @Test
    void batches_have_an_end() {
        WriteBatchState.Builder writes = WriteBatchState.newBuilder();
        GetStateMultiple.Builder keys = GetStateMultiple.newBuilder();
        for (int i = 0; i <= HostRequests.MAX_BATCH; i++) {
            writes.addRec(
                    WriteRecord.newBuilder().setType(WriteRecord.Type.DEL_STATE).setKey("k"));
            keys.addKeys("k");
        }

        assertThatThrownBy(() -> ask(ChaincodeMessage.Type.WRITE_BATCH_STATE, writes.build()))
                .isInstanceOf(ChaincodeHostException.class);
        assertThatThrownBy(() -> ask(ChaincodeMessage.Type.GET_STATE_MULTIPLE, keys.build()))
                .isInstanceOf(ChaincodeHostException.class);
    }

    @Test
    void metadata_is_put_by_itself() throws Exception {
        put("k", "v");
        ask(
                ChaincodeMessage.Type.PUT_STATE_METADATA,
                PutStateMetadata.newBuilder()
                        .setKey("k")
                        .setMetadata(StateMetadata.newBuilder()
                                .setMetakey("VALIDATION_PARAMETER")
                                .setValue(ByteString.copyFromUtf8("p")))
                        .build());
        commit();

        assertThat(ask(
                        ChaincodeMessage.Type.GET_STATE_METADATA,
                        GetStateMetadata.newBuilder().setKey("k").build()))
                .isEqualTo(StateMetadataResult.newBuilder()
                        .addEntries(StateMetadata.newBuilder()
                                .setMetakey("VALIDATION_PARAMETER")
                                .setValue(ByteString.copyFromUtf8("p")))
                        .build()
                        .toByteString());
    }

    @Test
    void a_range_comes_a_hundred_rows_at_a_time() throws Exception {
        for (int i = 0; i < 250; i++) {
            put(String.format("k%03d", i), "v" + i);
        }
        commit();
        GetStateByRange all =
                GetStateByRange.newBuilder().setStartKey("k").setEndKey("l").build();

        QueryResponse batch = QueryResponse.parseFrom(ask(ChaincodeMessage.Type.GET_STATE_BY_RANGE, all));
        List<String> keys = new ArrayList<>(keys(batch));
        assertThat(keys).hasSize(100);
        while (batch.getHasMore()) {
            batch = QueryResponse.parseFrom(ask(
                    ChaincodeMessage.Type.QUERY_STATE_NEXT,
                    QueryStateNext.newBuilder().setId(batch.getId()).build()));
            keys.addAll(keys(batch));
        }

        assertThat(keys).hasSize(250).isSorted();
        String ended = batch.getId();
        assertThatThrownBy(() -> ask(
                        ChaincodeMessage.Type.QUERY_STATE_NEXT,
                        QueryStateNext.newBuilder().setId(ended).build()))
                .hasMessage("query iterator not found");
    }

    @Test
    void a_page_comes_whole_and_names_the_next() throws Exception {
        for (int i = 0; i < 250; i++) {
            put(String.format("k%03d", i), "v" + i);
        }
        commit();
        GetStateByRange page = GetStateByRange.newBuilder()
                .setStartKey("k")
                .setMetadata(QueryMetadata.newBuilder().setPageSize(120).build().toByteString())
                .build();

        QueryResponse first = QueryResponse.parseFrom(ask(ChaincodeMessage.Type.GET_STATE_BY_RANGE, page));

        assertThat(first.getHasMore()).isFalse();
        assertThat(keys(first)).hasSize(120);
        assertThat(QueryResponseMetadata.parseFrom(first.getMetadata()))
                .isEqualTo(QueryResponseMetadata.newBuilder()
                        .setFetchedRecordsCount(120)
                        .setBookmark("k120")
                        .build());
    }

    @Test
    void large_rows_make_small_batches() throws Exception {
        for (int i = 0; i < 9; i++) {
            put("k" + i, "x".repeat(1 << 20));
        }
        commit();

        QueryResponse batch = QueryResponse.parseFrom(ask(
                ChaincodeMessage.Type.GET_STATE_BY_RANGE,
                GetStateByRange.newBuilder().setStartKey("k").build()));

        assertThat(batch.getResultsCount()).isEqualTo(4);
        assertThat(batch.getHasMore()).isTrue();
    }

    @Test
    void queries_are_closed_and_not_without_number() throws Exception {
        for (int i = 0; i < 101; i++) {
            put(String.format("k%03d", i), "v");
        }
        commit();
        GetStateByRange all = GetStateByRange.newBuilder().setStartKey("k").build();
        String first = QueryResponse.parseFrom(ask(ChaincodeMessage.Type.GET_STATE_BY_RANGE, all))
                .getId();
        for (int i = 1; i < 100; i++) {
            ask(ChaincodeMessage.Type.GET_STATE_BY_RANGE, all);
        }

        assertThatThrownBy(() -> ask(ChaincodeMessage.Type.GET_STATE_BY_RANGE, all))
                .hasMessageContaining("queries are open");
        ask(
                ChaincodeMessage.Type.QUERY_STATE_CLOSE,
                QueryStateClose.newBuilder().setId(first).build());
        ask(ChaincodeMessage.Type.GET_STATE_BY_RANGE, all);
    }

    @Test
    void history_is_told_newest_first() throws Exception {
        put("k", "one");
        commit();
        ask(ChaincodeMessage.Type.DEL_STATE, DelState.newBuilder().setKey("k").build());
        commit();

        QueryResponse history = QueryResponse.parseFrom(ask(
                ChaincodeMessage.Type.GET_HISTORY_FOR_KEY,
                GetHistoryForKey.newBuilder().setKey("k").build()));

        KeyModification newest = KeyModification.parseFrom(history.getResults(0).getResultBytes());
        assertThat(newest.getIsDelete()).isTrue();
        assertThat(newest.getTimestamp().getSeconds()).isEqualTo(7);
        KeyModification oldest = KeyModification.parseFrom(history.getResults(1).getResultBytes());
        assertThat(oldest.getValue().toStringUtf8()).isEqualTo("one");
    }

    @Test
    void what_the_peer_refuses_and_what_cannot_be_read_is_the_contracts_to_see() {
        assertThatThrownBy(() -> get("", "")).isInstanceOf(ChaincodeHostException.class);
        assertThatThrownBy(() -> ask(
                        ChaincodeMessage.Type.GET_QUERY_RESULT,
                        GetQueryResult.newBuilder().setQuery("{}").build()))
                .isInstanceOf(ChaincodeHostException.class)
                .hasMessageContaining("the query has no selector");
        assertThatThrownBy(() -> ask(
                        ChaincodeMessage.Type.INVOKE_CHAINCODE,
                        ChaincodeSpec.newBuilder()
                                .setChaincodeId(ChaincodeID.newBuilder().setName("other/channel2"))
                                .build()))
                .isInstanceOf(ChaincodeHostException.class)
                .hasMessageContaining("there is no other");
        assertThatThrownBy(() -> requests.answer(ChaincodeMessage.newBuilder()
                        .setType(ChaincodeMessage.Type.GET_STATE)
                        .setPayload(ByteString.copyFrom(new byte[] {10, 100, 1}))
                        .build()))
                .isInstanceOf(InvalidProtocolBufferException.class);
    }

    private static List<String> keys(QueryResponse batch) throws InvalidProtocolBufferException {
        List<String> keys = new ArrayList<>();
        for (QueryResultBytes row : batch.getResultsList()) {
            KV kv = KV.parseFrom(row.getResultBytes());
            assertThat(kv.getValue().toByteArray()).startsWith("v".getBytes(UTF_8));
            keys.add(kv.getKey());
        }
        return keys;
    }
}
