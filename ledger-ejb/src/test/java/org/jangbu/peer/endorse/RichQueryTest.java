package org.jangbu.peer.endorse;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRead;
import org.hyperledger.fabric.protos.peer.ChaincodeAction;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.ProposalResponsePayload;
import org.jangbu.chaincode.spi.ChaincodeHost;
import org.jangbu.chaincode.spi.ChaincodeHost.KeyValue;
import org.jangbu.chaincode.spi.ChaincodeHost.Page;
import org.jangbu.chaincode.spi.ChaincodeHost.Results;
import org.jangbu.chaincode.spi.ChaincodeHostException;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.model.ReadWriteSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RichQueryTest {
    private static final String OWN = "_implicit_org_Org1MSP";
    private static final String RED = "{\"selector\":{\"color\":\"red\"}}";

    private final TestPeer peer = new TestPeer(1);

    @BeforeEach
    void put_assets() {
        peer.ledger()
                .put(Map.of(asset("a1"), json("red", 3), asset("a2"), json("blue", 1), asset("a3"), json("red", 2)));
        peer.ledger().put(Map.of(asset("a4"), json("red", 1), asset("text"), ByteString.copyFromUtf8("red")));
        peer.ledger().put(Map.of(new StateKey("marbles", "m"), json("red", 1)));
    }

    @Test
    void each_row_of_its_own_namespace_is_a_plain_read() throws Exception {
        ProposalResponse response = run(host -> keys(host.getQueryResult("", RED, null)));
        assertThat(payload(response)).isEqualTo("a1 a3 a4");
        ReadWriteSet.Namespace read = readSet(response);
        assertThat(read.keys().getReadsList()).extracting(KVRead::getKey).containsExactly("a1", "a3", "a4");
        assertThat(read.keys().getReadsList())
                .extracting(r -> r.getVersion().getBlockNum())
                .containsExactly(6L, 6L, 7L);
        assertThat(read.keys().getRangeQueriesInfoList()).isEmpty();
    }

    @Test
    void a_hundred_rows_and_the_one_behind_them_are_read_ahead_as_by_fabrics_peer() throws Exception {
        peer.ledger()
                .put(IntStream.range(100, 300)
                        .boxed()
                        .collect(Collectors.toMap(i -> asset("b" + i), i -> json("red", i))));
        ProposalResponse response = run(host -> {
            try (Results<KeyValue> rows = host.getQueryResult("", RED, null)) {
                return Objects.requireNonNull(rows.next()).key();
            }
        });
        assertThat(readSet(response).keys().getReadsCount()).isEqualTo(101);
    }

    @Test
    void pages_follow_each_other_by_bookmarks_and_the_last_one_is_empty() throws Exception {
        String query =
                "{\"selector\":{\"color\":\"red\"},\"sort\":[\"size\"],\"limit\":1,\"fields\":[\"size\",\"_id\"]}";
        ProposalResponse response = run(host -> {
            StringBuilder pages = new StringBuilder();
            String bookmark = "";
            for (int page = 0; page < 4; page++) {
                try (Results<KeyValue> rows = host.getQueryResult("", query, new Page(2, bookmark))) {
                    pages.append(rows.fetched()).append(':');
                    for (KeyValue row = rows.next(); row != null; row = rows.next()) {
                        pages.append(row.key())
                                .append(new String(row.value(), StandardCharsets.UTF_8))
                                .append(',');
                    }
                    assertThat(rows.bookmark()).isNotEmpty();
                    bookmark = rows.bookmark();
                }
            }
            return pages.toString();
        });
        assertThat(payload(response)).isEqualTo("2:a4{\"size\":1},a3{\"size\":2},1:a1{\"size\":3},0:0:");
    }

    @Test
    void skip_leaves_out_what_it_counts_and_does_not_read_it() throws Exception {
        ProposalResponse response =
                run(host -> keys(host.getQueryResult("", "{\"selector\":{\"color\":\"red\"},\"skip\":2}", null)));
        assertThat(payload(response)).isEqualTo("a4");
        assertThat(readSet(response).keys().getReadsCount()).isEqualTo(1);
    }

    @Test
    void nothing_found_has_the_bookmark_that_couchdb_gives() throws Exception {
        ProposalResponse response = run(host -> {
            try (Results<KeyValue> rows =
                    host.getQueryResult("", "{\"selector\":{\"color\":\"green\"}}", new Page(5, ""))) {
                return rows.bookmark() + rows.fetched() + rows.hasNext();
            }
        });
        assertThat(payload(response)).isEqualTo("nil0false");
    }

    @Test
    void queries_do_not_see_what_their_transaction_writes() throws Exception {
        ProposalResponse response = run(host -> {
            host.putState("", "a9", json("red", 9).toByteArray());
            host.deleteState("", "a1");
            return keys(host.getQueryResult("", RED, null));
        });
        assertThat(payload(response)).isEqualTo("a1 a3 a4");
    }

    @Test
    void pages_are_for_transactions_that_write_nothing() throws Exception {
        assertThat(payload(run(host -> {
                    host.getQueryResult("", RED, new Page(1, "")).close();
                    return refusal(() -> host.putState("", "k", new byte[] {1}));
                })))
                .contains("already performed a paginated query");
        assertThat(payload(run(host -> {
                    host.putState("", "k", new byte[] {1});
                    return refusal(() -> host.getQueryResult("", RED, new Page(1, "")));
                })))
                .contains("only in a read-only transaction");
    }

    @Test
    void a_refused_query_tells_the_contract_which_may_go_on() throws Exception {
        ProposalResponse response = run(host -> String.join(
                "|",
                refusal(() -> host.getQueryResult("", "{\"selector\":{\"a\":{\"$like\":1}}}", null)),
                refusal(() -> host.getQueryResult("", RED, new Page(-1, ""))),
                refusal(() -> host.getQueryResult("", RED, new Page(1, "x"))),
                refusal(() -> host.getQueryResult("", "{\"selector\":{},\"bookmark\":\"?\"}", null)),
                keys(host.getQueryResult("", RED, null))));
        assertThat(payload(response))
                .isEqualTo("there is no operator '$like'|the page size must be positive, not -1"
                        + "|the bookmark is none of this query's|the bookmark is none of this query's|a1 a3 a4");
    }

    @Test
    void a_run_is_repeated_if_a_commit_has_changed_what_a_query_answers() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        ProposalResponse response = run(host -> {
            String keys = keys(host.getQueryResult("", RED, null));
            if (runs.incrementAndGet() == 1) {
                peer.ledger().put(Map.of(asset("a5"), json("red", 5)));
            }
            return keys;
        });
        assertThat(payload(response)).isEqualTo("a1 a3 a4 a5");
        assertThat(runs).hasValue(2);
    }

    @Test
    void a_run_is_not_repeated_for_what_the_query_does_not_find() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        ProposalResponse response = run(host -> {
            runs.incrementAndGet();
            String keys = keys(host.getQueryResult("", RED, null));
            peer.ledger().put(Map.of(asset("a6"), json("blue", runs.get())));
            return keys;
        });
        assertThat(payload(response)).isEqualTo("a1 a3 a4");
        assertThat(runs).hasValue(1);
    }

    @Test
    void the_rows_of_one_query_are_cut_off_and_those_of_a_transaction_end_it() throws Exception {
        peer.with(new SimulationLimits(10, 1_000, 4, 2, 1, 1, 1_000));
        assertThat(payload(run(host -> keys(host.getQueryResult("", RED, null)))))
                .isEqualTo("a1 a3");
        ProposalResponse response = run(host -> {
            for (int i = 0; i < 3; i++) {
                refusal(() -> host.getQueryResult("", RED, null));
            }
            return "";
        });
        assertThat(response.getResponse().getStatus()).isEqualTo(500);
        assertThat(response.getResponse().getMessage()).contains("read more than 4 rows");
    }

    @Test
    void private_values_are_found_by_their_members_in_order_and_leave_no_trace() throws Exception {
        peer.ledger()
                .putPrivate("basic", OWN, Map.of("p1", color("red", 1), "p2", color("blue", 2), "p3", color("red", 3)));
        peer.ledger()
                .putPrivate(
                        "basic",
                        OWN,
                        Map.of(
                                "text",
                                "red",
                                "twice",
                                "{\"color\":\"red\",\"color\":\"red\"}",
                                "p4",
                                "{\"color\":\"red\"}"));
        ProposalResponse response = run(host -> keys(host.getQueryResult(OWN, RED, new Page(1, "x"))) + "|"
                + keys(host.getQueryResult(
                        OWN, "{\"selector\":{\"size\":{\"$gt\":0}},\"sort\":[{\"size\":\"desc\"}]}", null))
                + "|"
                + keys(host.getQueryResult(OWN, "{\"selector\":{},\"skip\":1,\"sort\":[\"color\",\"size\"]}", null))
                + "|"
                + refusal(() -> host.getQueryResult(OWN, "{}", null)));
        assertThat(payload(response)).isEqualTo("p1 p3 p4|p3 p2 p1|p1 p3|the query has no selector");
        ByteString results = ChaincodeAction.parseFrom(
                        ProposalResponsePayload.parseFrom(response.getPayload()).getExtension())
                .getResults();
        assertThat(ReadWriteSet.parse(results).namespaces())
                .noneMatch(namespace -> namespace.name().equals("basic"));
    }

    @Test
    void private_queries_are_for_transactions_that_write_nothing_and_for_members() throws Exception {
        assertThat(payload(run(host -> {
                    host.getQueryResult(OWN, RED, null).close();
                    return refusal(() -> host.putState("", "k", new byte[] {1}));
                })))
                .contains("already performed queries on pvt data");
        assertThat(payload(run(host -> {
                    host.putState("", "k", new byte[] {1});
                    return refusal(() -> host.getQueryResult(OWN, RED, null));
                })))
                .contains("only in a read-only transaction");
        assertThat(payload(run(host -> refusal(() -> host.getQueryResult("nowhere", RED, null)))))
                .contains("nowhere");
    }

    @Test
    void a_run_is_repeated_if_a_commit_has_changed_what_a_private_query_answers() throws Exception {
        peer.ledger().putPrivate("basic", OWN, Map.of("p1", color("red", 1)));
        AtomicInteger runs = new AtomicInteger();
        ProposalResponse response = run(host -> {
            String keys = keys(host.getQueryResult(OWN, RED, null));
            if (runs.incrementAndGet() == 1) {
                peer.ledger().putPrivate("basic", OWN, Map.of("p2", color("red", 5)));
            }
            return keys;
        });
        assertThat(payload(response)).isEqualTo("p1 p2");
    }

    @Test
    void a_private_query_goes_on_behind_each_thousand_values() throws Exception {
        peer.ledger()
                .putPrivate(
                        "basic",
                        OWN,
                        IntStream.range(0, 2_300)
                                .boxed()
                                .collect(Collectors.toMap(
                                        i -> String.format("p%04d", i),
                                        i -> color(i % 1_000 == 999 ? "red" : "blue", i))));
        assertThat(payload(run(host -> keys(host.getQueryResult(OWN, RED, null)))))
                .isEqualTo("p0999 p1999");
        String sorted = "{\"selector\":{\"color\":\"red\"},\"sort\":[{\"size\":\"desc\"}]}";
        assertThat(payload(run(host -> keys(host.getQueryResult(OWN, sorted, null)))))
                .isEqualTo("p1999 p0999");
    }

    private static String color(String color, int size) {
        return json(color, size).toStringUtf8();
    }

    private interface Questions {
        String ask(ChaincodeHost host);
    }

    private ProposalResponse run(Questions questions) throws Exception {
        peer.runs("basic", (call, host) -> Contract.ok(questions.ask(host)));
        return peer.endorser().process(TestProposal.of().signed());
    }

    private static String refusal(Runnable asked) {
        try {
            asked.run();
            return "not refused";
        } catch (ChaincodeHostException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static String keys(Results<KeyValue> rows) {
        List<String> keys = new ArrayList<>();
        try (rows) {
            for (@Nullable KeyValue row = rows.next(); row != null; row = rows.next()) {
                keys.add(row.key());
            }
        }
        return String.join(" ", keys);
    }

    private static StateKey asset(String key) {
        return new StateKey("basic", key);
    }

    private static ByteString json(String color, int size) {
        return ByteString.copyFromUtf8("{\"color\":\"" + color + "\",\"size\":" + size + "}");
    }

    private static String payload(ProposalResponse response) {
        assertThat(response.getResponse().getStatus())
                .as(response.getResponse().getMessage())
                .isEqualTo(200);
        return response.getResponse().getPayload().toStringUtf8();
    }

    private static ReadWriteSet.Namespace readSet(ProposalResponse response) throws Exception {
        ByteString results = ChaincodeAction.parseFrom(
                        ProposalResponsePayload.parseFrom(response.getPayload()).getExtension())
                .getResults();
        return ReadWriteSet.parse(results).namespaces().stream()
                .filter(namespace -> namespace.name().equals("basic"))
                .findFirst()
                .orElseThrow();
    }
}
