package org.jangbu.chaincode.java;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jangbu.chaincode.spi.ChaincodeExecutionException;
import org.jangbu.chaincode.spi.ChaincodeHost;
import org.jangbu.chaincode.spi.ChaincodeResult;
import org.jangbu.chaincode.spi.ChaincodeRuntime;
import org.jangbu.chaincode.spi.Invocation;
import org.jangbu.chaincode.testkit.InMemoryLedger;
import org.jangbu.chaincode.testkit.ShimJars;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class RunawayTest {
    private static final Limits LIMITS = new Limits(Duration.ofMillis(1500), 64 << 20, 1 << 20, 4);

    @TempDir
    static Path folder;

    private static JavaChaincodeDeployer deployer;
    private static ChaincodeRuntime runtime;

    @BeforeAll
    static void deploy() throws Exception {
        deployer = new JavaChaincodeDeployer(ShimJars.onClassPath(), Thread::new);
        runtime = deployer.deploy(
                "runaway:1", "Org1MSP", TestJar.of(folder.resolve("runaway.jar"), "RunawayContract"), LIMITS);
    }

    @AfterAll
    static void undeploy() {
        runtime.close();
        deployer.close();
    }

    @AfterEach
    void is_usable_afterwards() throws ChaincodeExecutionException {
        for (int i = 0; i < 10; i++) {
            assertThat(invoke("fine").payload()).asString().isEqualTo("fine");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"loop", "catchEverything", "retryInFinally", "sleep"})
    void ends_what_does_not_end(String function) {
        long begin = System.nanoTime();

        ended(function, "it ran longer than 1500 ms");

        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(1400), Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @CsvSource({
        "recurse, it overflowed its stack",
        "recurseReading, it overflowed its stack",
        "hoard, it allocated more than 67108864 bytes",
        "hugeArray, it allocated more than 67108864 bytes",
        "writeTooMuch, it wrote more than 1048576 bytes",
        "writeTooMuchAndCatch, it wrote more than 1048576 bytes",
        "answerTooMuch, it wrote more than 1048576 bytes"
    })
    void ends_what_takes_too_much(String function, String verdict) {
        ended(function, verdict);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exit", "exitByReference", "halt", "thread", "ownThread", "executor"})
    void refuses_what_would_leave_the_invocation(String function) throws ChaincodeExecutionException {
        ChaincodeResult result = invoke(function);

        assertThat(result.status()).isEqualTo(500);
        assertThat(result.message()).isEqualTo("Error during contract method execution");
    }

    @Test
    void does_not_disturb_others_of_the_same_contract() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(2);
        try {
            CompletableFuture<Throwable> runaway = CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            invoke("loop");
                            return new AssertionError("it ended by itself");
                        } catch (ChaincodeExecutionException e) {
                            return e;
                        }
                    },
                    callers);
            int done = 0;
            while (!runaway.isDone()) {
                assertThat(invoke("fine").status()).isEqualTo(200);
                done++;
            }
            assertThat(runaway.get()).isInstanceOf(ChaincodeExecutionException.class);
            assertThat(done).isGreaterThan(20);
        } finally {
            callers.shutdown();
        }
    }

    @Test
    void answers_busy_when_all_places_are_taken() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try {
            AtomicInteger busy = new AtomicInteger();
            AtomicInteger stopped = new AtomicInteger();
            for (int i = 0; i < 8; i++) {
                callers.execute(() -> {
                    try {
                        invoke("loop");
                    } catch (ChaincodeExecutionException e) {
                        (e.toString().contains("busy") ? busy : stopped).incrementAndGet();
                    }
                });
            }
            callers.shutdown();
            assertThat(callers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
            assertThat(stopped.get() + busy.get()).isEqualTo(8);
            assertThat(stopped.get()).isGreaterThanOrEqualTo(4);
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void never_lets_a_stack_end_inside_the_peer() {
        AtomicBoolean overflowed = new AtomicBoolean();
        ChaincodeHost host = new ReadingHost(() -> {
            try {
                needStack(60);
            } catch (StackOverflowError e) {
                overflowed.set(true);
                throw e;
            }
            return new byte[0];
        });

        assertThatThrownBy(() -> runtime.invoke(invocation("recurseReading"), host))
                .isInstanceOf(ChaincodeExecutionException.class);

        assertThat(overflowed).isFalse();
    }

    private static long needStack(int frames) {
        return frames == 0 ? 0 : needStack(frames - 1) + 1;
    }

    @Test
    void does_not_interrupt_inside_the_peer() throws ChaincodeExecutionException {
        AtomicBoolean interrupted = new AtomicBoolean();
        ChaincodeHost slow = new ReadingHost(() -> {
            long end = System.nanoTime() + Duration.ofMillis(2500).toNanos();
            while (System.nanoTime() < end) {
                interrupted.compareAndSet(false, Thread.currentThread().isInterrupted());
                Thread.onSpinWait();
            }
            return new byte[0];
        });

        assertThatThrownBy(() -> runtime.invoke(invocation("read"), slow))
                .isInstanceOf(ChaincodeExecutionException.class)
                .hasMessageContaining("it ran longer than");
        assertThat(interrupted).isFalse();

        ChaincodeHost looking = new ReadingHost(() -> {
            interrupted.set(Thread.currentThread().isInterrupted());
            return new byte[0];
        });
        runtime.invoke(invocation("interrupt"), looking);
        assertThat(runtime.invoke(invocation("read"), looking).status()).isEqualTo(200);
        assertThat(interrupted).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"read", "readAndCatch"})
    void ends_an_invocation_whose_peer_is_broken_even_if_the_contract_goes_on(String function) {
        IllegalStateException broken = new IllegalStateException("the database is gone");
        ChaincodeHost host = new ReadingHost(() -> {
            throw broken;
        });

        assertThatThrownBy(() -> runtime.invoke(invocation(function), host))
                .isInstanceOf(ChaincodeExecutionException.class)
                .hasMessageContaining("the peer could not answer it")
                .hasCause(broken);
    }

    @ParameterizedTest
    @ValueSource(strings = {"trap", "recurseToTrap"})
    void loads_a_contract_anew_whose_class_could_not_be_initialised(String function) throws Exception {
        Path jar = TestJar.of(folder.resolve(function + ".jar"), "RunawayContract");
        try (ChaincodeRuntime own = deployer.deploy(function, "Org1MSP", jar, LIMITS)) {
            AtomicReference<ClassLoader> loader = new AtomicReference<>();
            ChaincodeHost host = new ReadingHost(() -> {
                loader.set(Thread.currentThread().getContextClassLoader());
                return new byte[0];
            });
            own.invoke(invocation("read"), host);
            ClassLoader first = loader.get();

            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                try {
                    own.invoke(invocation(function), host);
                } catch (ChaincodeExecutionException e) {
                    assertThat(e).hasMessageContaining("it ran longer than");
                }
                own.invoke(invocation("read"), host);
                return loader.get() != first;
            });

            assertThat(own.invoke(invocation("fine"), host).status()).isEqualTo(200);
        }
    }

    private static void ended(String function, String verdict) {
        assertThatThrownBy(() -> invoke(function))
                .isInstanceOf(ChaincodeExecutionException.class)
                .hasMessageContaining(verdict);
    }

    private static ChaincodeResult invoke(String function) throws ChaincodeExecutionException {
        return runtime.invoke(invocation(function), new InMemoryLedger().simulate());
    }

    static Invocation invocation(String... args) {
        return new Invocation(
                "channel1",
                "0".repeat(64),
                Arrays.stream(args).map(arg -> arg.getBytes(UTF_8)).toList(),
                false,
                SampleIdentity.serialized("Org1MSP"),
                Instant.EPOCH,
                Map.of(),
                new byte[0],
                new byte[0]);
    }
}
