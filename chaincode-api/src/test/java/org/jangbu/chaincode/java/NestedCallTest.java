package org.jangbu.chaincode.java;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jangbu.chaincode.spi.ChaincodeExecutionException;
import org.jangbu.chaincode.spi.ChaincodeHost;
import org.jangbu.chaincode.spi.ChaincodeHostException;
import org.jangbu.chaincode.spi.ChaincodeResult;
import org.jangbu.chaincode.spi.ChaincodeRuntime;
import org.jangbu.chaincode.testkit.ShimJars;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class NestedCallTest {
    /** One place only: a caller that waits must not keep its callee from running. */
    private static final Limits LIMITS = new Limits(Duration.ofSeconds(20), 256 << 20, 1 << 20, 1);

    @TempDir
    Path folder;

    private final AtomicInteger depth = new AtomicInteger();
    private JavaChaincodeDeployer deployer;
    private ChaincodeRuntime first;
    private ChaincodeRuntime second;

    @BeforeEach
    void deploy() throws Exception {
        deployer = new JavaChaincodeDeployer(ShimJars.onClassPath(), Thread::new);
        Path jar = TestJar.of(folder.resolve("nested.jar"), "RunawayContract");
        first = deployer.deploy("first", "Org1MSP", jar, LIMITS);
        second = deployer.deploy("second", "Org1MSP", jar, LIMITS);
    }

    @AfterEach
    void undeploy() {
        first.close();
        second.close();
        deployer.close();
    }

    @Test
    void lets_chaincodes_call_each_other_until_they_are_too_deep() throws ChaincodeExecutionException {
        ChaincodeResult result = first.invoke(RunawayTest.invocation("call", "second"), new CallingHost());

        assertThat(result.status()).isEqualTo(200);
        assertThat(depth).hasValue(17);
    }

    @Test
    void keeps_nothing_of_a_caller_that_is_undeployed() throws Exception {
        AtomicReference<WeakReference<ClassLoader>> caller = new AtomicReference<>(new WeakReference<>(null));
        AtomicInteger calls = new AtomicInteger();
        ChaincodeHost host = new CallingHost() {
            @Override
            public ChaincodeResult invokeChaincode(String chaincode, String channel, List<byte[]> args) {
                caller.set(new WeakReference<>(Thread.currentThread().getContextClassLoader()));
                calls.incrementAndGet();
                return invoked(second, "fine");
            }
        };
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch called = new CountDownLatch(1);
        CompletableFuture<ChaincodeResult> other = CompletableFuture.supplyAsync(() -> read(second, busy, called));
        busy.await(); // the callee's own thread, so that the caller has to make another
        first.invoke(RunawayTest.invocation("call", "second"), host);
        called.countDown();
        assertThat(other.get().status()).isEqualTo(200);
        first.close();
        assertThat(calls).hasValue(1);

        Awaitility.await("collected").atMost(Duration.ofSeconds(20)).until(() -> {
            invoked(second, "fine"); // its thread, made by the caller, stays
            System.gc();
            return Objects.requireNonNull(caller.get()).get() == null;
        });
    }

    private static ChaincodeResult read(ChaincodeRuntime runtime, CountDownLatch begun, CountDownLatch end) {
        try {
            return runtime.invoke(RunawayTest.invocation("read"), new ReadingHost(() -> {
                begun.countDown();
                awaited(end);
                return new byte[0];
            }));
        } catch (ChaincodeExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private ChaincodeResult invoked(ChaincodeRuntime runtime, String... args) {
        try {
            return runtime.invoke(RunawayTest.invocation(args), new CallingHost());
        } catch (ChaincodeExecutionException e) {
            throw new ChaincodeHostException(String.valueOf(e.getMessage()), e);
        }
    }

    private class CallingHost extends ReadingHost {
        CallingHost() {
            super(() -> new byte[0]);
        }

        @Override
        public ChaincodeResult invokeChaincode(String chaincode, String channel, List<byte[]> args) {
            depth.incrementAndGet();
            return chaincode.equals("second") ? invoked(second, "call", "first") : invoked(first, "call", "second");
        }
    }
}
