package org.jangbu.benchmarks.contracts;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jangbu.chaincode.java.JavaChaincodeDeployer;
import org.jangbu.chaincode.java.Limits;
import org.jangbu.chaincode.packaging.ServiceAddress;
import org.jangbu.chaincode.packaging.ServiceEndpoint;
import org.jangbu.chaincode.service.ServiceDeployer;
import org.jangbu.chaincode.service.ServiceLimits;
import org.jangbu.chaincode.spi.ChaincodeExecutionException;
import org.jangbu.chaincode.spi.ChaincodeRuntime;
import org.jangbu.chaincode.spi.Invocation;
import org.jangbu.chaincode.testkit.InMemoryLedger;
import org.jangbu.chaincode.testkit.Simulation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures one call of the key-value sample that reads a key, on a ledger in memory: in this process, and as a service in a JVM of its own on this machine. */
@Command(
        name = "contracts",
        description = "What a call of a contract costs, in this process and as a service.",
        mixinStandardHelpOptions = true)
public final class ContractsCommand implements Callable<Integer> {
    private static final String PACKAGE = "keyvalue_1.0:" + "0".repeat(64);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long LONGEST_NANOS = 60_000_000_000L;

    @Option(
            names = "--jar",
            defaultValue = "samples/keyvalue/target/keyvalue.jar",
            description = "The sample's jar (${DEFAULT-VALUE}).")
    Path jar = Path.of("");

    @Option(
            names = "--shim",
            defaultValue = "ear/shim/target/shim",
            description = "Folder of Fabric's chaincode shim and what it needs (${DEFAULT-VALUE}).")
    Path shim = Path.of("");

    @Option(names = "--seconds", defaultValue = "10", description = "Length of each run (${DEFAULT-VALUE}).")
    int seconds;

    @Option(
            names = "--warm-up",
            defaultValue = "10",
            description = "Seconds before each measured run (${DEFAULT-VALUE}).")
    int warmUp;

    @Option(
            names = "--at-most",
            defaultValue = "0",
            description =
                    "Fail if a call of the service costs more milliseconds above one in this process, in the middle; 0 for never (${DEFAULT-VALUE}).")
    double atMost;

    private final SampleCalls calls = new SampleCalls();
    private final InMemoryLedger ledger = new InMemoryLedger();

    @Override
    public Integer call() throws Exception {
        Process service = null;
        try (JavaChaincodeDeployer java = new JavaChaincodeDeployer(List.of(shim), Thread::new);
                ServiceDeployer services = new ServiceDeployer(Thread::new);
                ChaincodeRuntime here = java.deploy(PACKAGE, "Org1MSP", jar, Limits.DEFAULT)) {
            int port = freePort();
            service = start(port);
            ServiceEndpoint endpoint =
                    new ServiceEndpoint(new ServiceAddress("127.0.0.1", port), Duration.ofSeconds(5), Optional.empty());
            try (ChaincodeRuntime there = services.deploy(PACKAGE, endpoint, ServiceLimits.DEFAULT)) {
                awaitService(there);
                Invocation put = calls.next("put", "k", "v".repeat(200));
                Simulation simulation = ledger.simulate();
                here.invoke(put, simulation);
                ledger.commit(simulation, put.txId(), Instant.EPOCH);
                return measure(here, there) ? 0 : 1;
            }
        } finally {
            if (service != null) {
                service.destroy();
            }
        }
    }

    private boolean measure(ChaincodeRuntime here, ChaincodeRuntime there) throws Exception {
        System.out.println("| where | at once | calls/s | p50 ms | p95 ms | p99 ms |");
        System.out.println("|---|---|---|---|---|---|");
        double overhead = 0;
        for (int atOnce : List.of(1, 4, 16)) {
            double inProcess = measure("in process", here, atOnce);
            double asService = measure("service", there, atOnce);
            overhead = atOnce == 1 ? asService - inProcess : overhead;
        }
        System.out.printf(Locale.ROOT, "a service costs %.3f ms more, one call at a time, in the middle%n", overhead);
        return atMost <= 0 || overhead <= atMost;
    }

    /** Runs and tells; gives the median in milliseconds. */
    private double measure(String where, ChaincodeRuntime runtime, int atOnce) throws Exception {
        run(runtime, atOnce, warmUp, new ConcurrentHistogram(LONGEST_NANOS, 3));
        Histogram latency = new ConcurrentHistogram(LONGEST_NANOS, 3);
        run(runtime, atOnce, seconds, latency);
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %.0f | %.3f | %.3f | %.3f |%n",
                where,
                atOnce,
                latency.getTotalCount() / (double) seconds,
                millis(latency, 50),
                millis(latency, 95),
                millis(latency, 99));
        return millis(latency, 50);
    }

    private static double millis(Histogram latency, double percentile) {
        return latency.getValueAtPercentile(percentile) / 1e6;
    }

    private void run(ChaincodeRuntime runtime, int atOnce, int length, Histogram latency) throws Exception {
        long end = System.nanoTime() + length * 1_000_000_000L;
        ExecutorService callers = Executors.newFixedThreadPool(atOnce);
        try {
            List<Future<Void>> running = new ArrayList<>();
            for (int i = 0; i < atOnce; i++) {
                running.add(callers.submit(() -> {
                    while (System.nanoTime() - end < 0) {
                        long begin = System.nanoTime();
                        get(runtime);
                        latency.recordValue(System.nanoTime() - begin);
                    }
                    return null;
                }));
            }
            for (Future<Void> caller : running) {
                caller.get();
            }
        } finally {
            callers.shutdownNow();
        }
    }

    private void get(ChaincodeRuntime runtime) throws ChaincodeExecutionException {
        int status = runtime.invoke(calls.next("get", "k"), ledger.simulate()).status();
        if (status != 200) {
            throw new IllegalStateException("the sample answered " + status);
        }
    }

    private Process start(int port) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        jar + File.pathSeparator + shim + File.separator + "*",
                        "org.hyperledger.fabric.contract.ContractRouter")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("CHAINCODE_SERVER_ADDRESS", "127.0.0.1:" + port);
        builder.environment().put("CORE_CHAINCODE_ID_NAME", PACKAGE);
        return builder.start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    /** The first calls find nobody there. */
    private void awaitService(ChaincodeRuntime there) throws InterruptedException, ChaincodeExecutionException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                there.invoke(calls.next("get", "nothing"), ledger.simulate());
                return;
            } catch (ChaincodeExecutionException e) {
                if (System.nanoTime() - end > 0) {
                    throw e;
                }
                Thread.sleep(200);
            }
        }
    }
}
