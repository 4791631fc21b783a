package org.jangbu.chaincode.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jangbu.chaincode.packaging.ChaincodePackageException;
import org.jangbu.chaincode.packaging.ServiceAddress;
import org.jangbu.chaincode.packaging.ServiceEndpoint;
import org.jangbu.chaincode.spi.ChaincodeExecutionException;
import org.jangbu.chaincode.spi.ChaincodeHost;
import org.jangbu.chaincode.spi.ChaincodeResult;
import org.jangbu.chaincode.spi.ChaincodeRuntime;
import org.jangbu.chaincode.spi.Invocation;
import org.jangbu.chaincode.testkit.InMemoryLedger;

/** A deployed service as a peer would call it, from many threads. */
final class Calls implements AutoCloseable {
    static final ServiceLimits LIMITS = new ServiceLimits(Duration.ofSeconds(60), 1 << 20, 32);
    private static final byte[] NOTHING = {};
    /** Longer than any machine takes to connect, however busy. */
    private static final Duration PATIENT = Duration.ofSeconds(60);
    /** For ports at which nobody answers, which is what is waited for. */
    private static final Duration HASTY = Duration.ofSeconds(2);

    private static final AtomicInteger TRANSACTIONS = new AtomicInteger();

    private final ServiceDeployer deployer = new ServiceDeployer(Thread::new);
    private final ChaincodeRuntime runtime;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private Calls(ServiceEndpoint endpoint, ServiceLimits limits) throws ChaincodePackageException {
        this.runtime = deployer.deploy(FakeService.PACKAGE, endpoint, limits);
    }

    static Calls to(FakeService service) throws ChaincodePackageException {
        return to(service, LIMITS);
    }

    static Calls to(FakeService service, ServiceLimits limits) throws ChaincodePackageException {
        return new Calls(endpoint(service.port(), PATIENT, Optional.empty()), limits);
    }

    /** Without TLS the port is given up after two seconds. */
    static Calls to(int port, Optional<ServiceEndpoint.Tls> tls) throws ChaincodePackageException {
        return new Calls(endpoint(port, tls.isPresent() ? PATIENT : HASTY, tls), LIMITS);
    }

    private static ServiceEndpoint endpoint(int port, Duration dial, Optional<ServiceEndpoint.Tls> tls) {
        return new ServiceEndpoint(new ServiceAddress("127.0.0.1", port), dial, tls);
    }

    static Invocation invocation(String... args) {
        return transaction(String.format("%064x", TRANSACTIONS.incrementAndGet()), args);
    }

    static Invocation transaction(String txId, String... args) {
        return new Invocation(
                "channel1",
                txId,
                Arrays.stream(args).map(arg -> arg.getBytes(UTF_8)).toList(),
                false,
                NOTHING,
                Instant.EPOCH,
                Map.of(),
                NOTHING,
                NOTHING);
    }

    /** A peer's state that is asked one thing only. */
    static ChaincodeHost reading(Callable<byte[]> state) {
        return (ChaincodeHost) Proxy.newProxyInstance(
                Calls.class.getClassLoader(),
                new Class<?>[] {ChaincodeHost.class},
                (proxy, method, args) -> state.call());
    }

    ChaincodeRuntime runtime() {
        return runtime;
    }

    /** Calls and gives the payload as text. */
    String call(String... args) throws ChaincodeExecutionException {
        return call(new InMemoryLedger().simulate(), invocation(args));
    }

    String call(ChaincodeHost host, Invocation invocation) throws ChaincodeExecutionException {
        ChaincodeResult result = runtime.invoke(invocation, host);
        return new String(result.payload(), UTF_8);
    }

    /** Calls on a thread of its own. */
    CompletableFuture<String> begin(String... args) {
        return begin(invocation(args));
    }

    CompletableFuture<String> begin(Invocation invocation) {
        return begin(new InMemoryLedger().simulate(), invocation);
    }

    CompletableFuture<String> begin(ChaincodeHost host, Invocation invocation) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return call(host, invocation);
                    } catch (ChaincodeExecutionException e) {
                        throw new CompletionException(e);
                    }
                },
                threads);
    }

    /** Calls many times at once. */
    List<CompletableFuture<String>> begin(int times, String function) {
        return java.util.stream.IntStream.range(0, times)
                .mapToObj(i -> begin(function, Integer.toString(i)))
                .toList();
    }

    @Override
    public void close() {
        runtime.close();
        deployer.close();
        threads.shutdownNow();
    }
}
