package org.jangbu.msp.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class VerifiedSignaturesTest {
    @Test
    void holds_what_was_added_and_nothing_else() {
        VerifiedSignatures table = new VerifiedSignatures(1024);
        for (int i = 0; i < 200; i++) {
            table.add(entry(i));
        }
        int held = 0;
        for (int i = 0; i < 200; i++) {
            held += table.contains(entry(i)) ? 1 : 0;
        }
        assertThat(held).isGreaterThan(190);
        for (int i = 200; i < 10_000; i++) {
            assertThat(table.contains(entry(i))).isFalse();
        }
    }

    @Test
    void makes_room_for_the_newest_when_full() {
        VerifiedSignatures table = new VerifiedSignatures(64);
        for (int i = 0; i < 10_000; i++) {
            table.add(entry(i));
            assertThat(table.contains(entry(i))).isTrue();
        }
    }

    @Test
    void serves_many_threads_at_once() throws Exception {
        VerifiedSignatures table = new VerifiedSignatures(256);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Boolean>> work = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                int thread = t;
                work.add(() -> {
                    boolean strange = false;
                    for (int i = 0; i < 20_000; i++) {
                        table.add(entry(2 * (i % 500)));
                        strange |= table.contains(entry(2 * ((i + thread) % 500) + 1));
                    }
                    return strange;
                });
            }
            for (Future<Boolean> result : threads.invokeAll(work)) {
                assertThat(result.get()).isFalse();
            }
        } finally {
            threads.shutdown();
        }
    }

    private static VerifiedSignatures.Entry entry(int i) {
        byte[] number = ByteBuffer.allocate(4).putInt(i).array();
        return VerifiedSignatures.entry(new byte[32], number, new byte[0]);
    }
}
