package org.jangbu.chaincode.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WatchdogTest {
    /** A server interrupts the threads of a factory that it stops; a thread that stays interrupted never parks again. */
    @Test
    void an_interrupt_does_not_keep_it_from_sleeping_nor_from_ending() {
        List<Thread> made = new ArrayList<>();
        Watchdog watchdog = new Watchdog(work -> {
            Thread thread = new Thread(work);
            made.add(thread);
            return thread;
        });
        Thread thread = made.get(0);
        try (watchdog) {
            thread.interrupt();
            await().until(() -> !thread.isInterrupted());
            assertThat(thread.isAlive()).isTrue();
        }
        await().until(() -> !thread.isAlive());
    }
}
