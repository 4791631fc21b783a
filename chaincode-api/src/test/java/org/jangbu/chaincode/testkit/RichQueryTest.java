package org.jangbu.chaincode.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jangbu.chaincode.spi.ChaincodeHost.KeyValue;
import org.jangbu.chaincode.spi.ChaincodeHost.Page;
import org.jangbu.chaincode.spi.ChaincodeHost.Results;
import org.jangbu.chaincode.spi.ChaincodeHostException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RichQueryTest {
    private final InMemoryLedger ledger = new InMemoryLedger();

    @BeforeEach
    void write() {
        Simulation writing = ledger.simulate();
        put(writing, "", "a", "{\"kind\":\"car\",\"size\":3}");
        put(writing, "", "b", "{\"kind\":\"car\",\"size\":10, \"owner\":{\"name\":\"Jin\"}}");
        put(writing, "", "c", "{\"kind\":\"house\",\"size\":5}");
        put(writing, "", "d", "no document");
        put(writing, "secret", "e", "{\"kind\":\"car\"}");
        ledger.commit(writing, "1", Instant.EPOCH);
    }

    private static void put(Simulation writing, String collection, String key, String value) {
        writing.putState(collection, key, value.getBytes(UTF_8));
    }

    @Test
    void finds_committed_documents_in_the_querys_order_and_leaves_what_was_asked_for() {
        Simulation simulation = ledger.simulate();
        put(simulation, "", "f", "{\"kind\":\"car\"}");
        assertThat(rows(simulation.getQueryResult("", "{\"selector\":{\"kind\":\"car\"}}", null)))
                .containsExactly(
                        "a={\"kind\":\"car\",\"size\":3}",
                        "b={\"kind\":\"car\",\"size\":10, \"owner\":{\"name\":\"Jin\"}}");
        assertThat(rows(simulation.getQueryResult(
                        "",
                        "{\"selector\":{\"size\":{\"$gt\":3}},\"sort\":[{\"size\":\"desc\"}],\"fields\":[\"owner.name\",\"size\"]}",
                        null)))
                .containsExactly("b={\"owner\":{\"name\":\"Jin\"},\"size\":10}", "c={\"size\":5}");
        assertThat(rows(simulation.getQueryResult("secret", "{\"selector\":{}}", new Page(1, ""))))
                .as("private data, where pages count for nothing")
                .containsExactly("e={\"kind\":\"car\"}");
    }

    @Test
    void a_page_has_so_many_rows_and_a_bookmark_that_leads_to_the_next() {
        String query = "{\"selector\":{\"size\":{\"$gt\":0}},\"sort\":[\"size\"],\"fields\":[\"size\"]}";
        Results<KeyValue> first = ledger.simulate().getQueryResult("", query, new Page(2, ""));
        assertThat(first.fetched()).isEqualTo(2);
        assertThat(rows(first)).containsExactly("a={\"size\":3}", "c={\"size\":5}");
        Results<KeyValue> second = ledger.simulate().getQueryResult("", query, new Page(2, first.bookmark()));
        assertThat(rows(second)).containsExactly("b={\"size\":10}");
        Results<KeyValue> third = ledger.simulate().getQueryResult("", query, new Page(2, second.bookmark()));
        assertThat(rows(third)).isEmpty();
        assertThat(third.bookmark()).isEqualTo(second.bookmark());
        String nothing = "{\"selector\":{\"size\":0}}";
        assertThat(ledger.simulate()
                        .getQueryResult("", nothing, new Page(2, ""))
                        .bookmark())
                .isEqualTo("nil");
        assertThat(rows(ledger.simulate().getQueryResult("", "{\"selector\":{},\"skip\":1}", new Page(0, ""))))
                .hasSize(2);
    }

    @Test
    void refuses_what_a_peer_refuses_in_its_words() {
        assertRefused("{\"selector\":{\"$where\":1}}", null, "$where");
        assertRefused("no query", null, "no JSON");
        assertRefused("{\"selector\":{}}", new Page(1, "made up"), "the bookmark is none of this query's");
        assertRefused("{\"selector\":{}}", new Page(-1, ""), "the page size must be positive, not -1");
    }

    private void assertRefused(String query, @Nullable Page page, String words) {
        assertThatThrownBy(() -> ledger.simulate().getQueryResult("", query, page))
                .isInstanceOf(ChaincodeHostException.class)
                .hasMessageContaining(words);
    }

    private static List<String> rows(Results<KeyValue> results) {
        List<String> rows = new ArrayList<>();
        for (KeyValue row = results.next(); row != null; row = results.next()) {
            rows.add(row.key() + "=" + new String(row.value(), UTF_8));
        }
        return rows;
    }
}
