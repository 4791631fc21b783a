package org.jangbu.chaincode.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.awaitility.Awaitility;
import org.jangbu.chaincode.spi.ChaincodeExecutionException;
import org.jangbu.chaincode.spi.ChaincodeRuntime;
import org.jangbu.chaincode.testkit.InMemoryLedger;
import org.jangbu.chaincode.testkit.ShimJars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class UnloadingTest {
    private static final Limits LIMITS = new Limits(Duration.ofSeconds(2), 64 << 20, 1 << 20, 4);

    @TempDir
    static Path folder;

    @ParameterizedTest
    @CsvSource({"RunawayContract, read", "RunawayContract, loop", "SemanticsContract, fail", "PlainChaincode, fail"})
    void leaves_neither_loader_nor_thread_behind(String contract, String function) throws Exception {
        List<Thread> threads = new ArrayList<>();
        try (JavaChaincodeDeployer deployer = new JavaChaincodeDeployer(ShimJars.onClassPath(), work -> {
            Thread thread = new Thread(work);
            synchronized (threads) {
                threads.add(thread);
            }
            return thread;
        })) {
            WeakReference<ClassLoader> loader = useAndUndeploy(deployer, contract, function);

            Awaitility.await("collected").atMost(Duration.ofSeconds(60)).until(() -> {
                System.gc();
                return loader.get() == null;
            });
        }
        Awaitility.await("ended").atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            synchronized (threads) {
                assertThat(threads).noneMatch(Thread::isAlive);
            }
        });
    }

    private static WeakReference<ClassLoader> useAndUndeploy(
            JavaChaincodeDeployer deployer, String contract, String function) throws Exception {
        List<WeakReference<ClassLoader>> seen = new ArrayList<>();
        Path jar = TestJar.of(folder.resolve(contract + function + ".jar"), contract, "Asset");
        try (ChaincodeRuntime runtime = deployer.deploy(contract, "Org1MSP", jar, LIMITS)) {
            ReadingHost host = new ReadingHost(() -> {
                seen.add(new WeakReference<>(Thread.currentThread().getContextClassLoader()));
                return new byte[0];
            });
            invokeQuietly(runtime, function, host);
            String reading = contract.equals("SemanticsContract") ? "ownWrites" : "read";
            assertThat(runtime.invoke(RunawayTest.invocation(reading, "key"), host)
                            .status())
                    .isEqualTo(200);
        }
        assertThat(seen).isNotEmpty();
        return seen.get(seen.size() - 1);
    }

    private static void invokeQuietly(ChaincodeRuntime runtime, String function, ReadingHost host) {
        try {
            assertThat(runtime.invoke(RunawayTest.invocation(function, "key"), host)
                            .status())
                    .isPositive();
        } catch (ChaincodeExecutionException e) {
            assertThat(e).hasMessageContaining("gave no answer").hasNoCause();
        }
    }

    @Test
    void ends_running_invocations_and_refuses_new_ones() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Path jar = TestJar.of(folder.resolve("closing.jar"), "RunawayContract");
        try (JavaChaincodeDeployer deployer = new JavaChaincodeDeployer(ShimJars.onClassPath(), Thread::new)) {
            ChaincodeRuntime runtime = deployer.deploy("closing", "Org1MSP", jar, Limits.DEFAULT);
            CompletableFuture<Object> running = CompletableFuture.supplyAsync(() -> {
                try {
                    begun.countDown();
                    return runtime.invoke(RunawayTest.invocation("loop"), new InMemoryLedger().simulate());
                } catch (ChaincodeExecutionException e) {
                    throw new IllegalStateException(e.getMessage(), e);
                }
            });
            begun.await();

            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
                runtime.close();
                return running.isDone();
            });

            assertThatThrownBy(running::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageMatching(".*(undeployed|not deployed any more).*");
            assertThatThrownBy(() -> runtime.invoke(RunawayTest.invocation("fine"), new InMemoryLedger().simulate()))
                    .isInstanceOf(ChaincodeExecutionException.class)
                    .hasMessageContaining("not deployed any more");
        }
    }
}
