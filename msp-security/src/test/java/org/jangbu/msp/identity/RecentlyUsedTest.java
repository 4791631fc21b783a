package org.jangbu.msp.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class RecentlyUsedTest {
    @Test
    void keeps_what_is_used_and_stays_bounded() {
        RecentlyUsed<Integer, String> cache = new RecentlyUsed<>(100);
        cache.put(-1, "kept");
        for (int i = 0; i < 10_000; i++) {
            cache.put(i, "entry");
            assertThat(cache.get(-1)).isEqualTo("kept");
            assertThat(cache.get(Math.max(0, i - 40))).isNotNull();
            assertThat(cache.size()).isLessThanOrEqualTo(200);
        }
        assertThat(cache.get(1)).isNull();
    }

    @Test
    void the_first_value_of_a_key_stands_until_it_is_removed() {
        RecentlyUsed<String, String> cache = new RecentlyUsed<>(10);
        assertThat(cache.put("k", "first")).isEqualTo("first");
        assertThat(cache.put("k", "second")).isEqualTo("first");
        cache.remove("k");
        assertThat(cache.get("k")).isNull();
    }

    @Test
    void stays_bounded_under_many_threads() throws Exception {
        RecentlyUsed<Integer, Integer> cache = new RecentlyUsed<>(64);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                int start = t;
                done.add(threads.submit(() -> {
                    for (int i = start; i < 50_000; i += 4) {
                        cache.put(i, i);
                        Integer found = cache.get(i - 8);
                        assertThat(found == null || found == i - 8).isTrue();
                    }
                }));
            }
            for (Future<?> one : done) {
                one.get();
            }
            assertThat(cache.size()).isLessThanOrEqualTo(2 * 64 + 8);
        } finally {
            threads.shutdown();
        }
    }
}
