package org.jangbu.ledger.query.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jangbu.model.query.MangoQuery;
import org.jangbu.model.query.QueryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class QueryTimeTest {
    private final TestDocuments documents = new TestDocuments();

    @Test
    @Timeout(60)
    void a_query_that_takes_too_long_is_ended_and_others_go_on() throws Exception {
        String numbers = IntStream.range(0, 20_000).mapToObj(Integer::toString).collect(Collectors.joining(","));
        Map<String, String> large = new HashMap<>();
        for (int i = 0; i < 40; i++) {
            large.put("large" + i, "{\"a\":[" + numbers + "]}");
        }
        documents.put(large);
        String costly = IntStream.range(0, 100)
                .mapToObj(i -> "{\"a\":{\"$gt\":{\"x\":" + i + "}}}")
                .collect(Collectors.joining(",", "{\"selector\":{\"$or\":[", "]}}"));
        long started = System.nanoTime();
        assertThatThrownBy(() -> documents
                        .documents(Set.of())
                        .find(
                                documents.namespace(),
                                MangoQuery.parse(costly),
                                Optional.empty(),
                                10,
                                Duration.ofSeconds(1)))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("takes too long");
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(30));
        assertThat(documents.keys("{\"selector\":{\"_id\":\"large7\"}}")).containsExactly("large7");
    }

    @Test
    @Timeout(60)
    void a_regular_expression_takes_no_exponential_time() throws Exception {
        documents.put(Map.of("a", "{\"a\":\"" + "a".repeat(200_000) + "\"}"));
        assertThat(documents.keys("{\"selector\":{\"a\":{\"$regex\":\"^(a*)*(a|aa)*b$\"}}}"))
                .isEmpty();
        assertThat(documents.keys("{\"selector\":{\"a\":{\"$regex\":\"^(a*)*$\"}}}"))
                .containsExactly("a");
    }
}
