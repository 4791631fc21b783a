package org.jangbu.chaincode.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jangbu.chaincode.java.ChaincodeDeployException;
import org.jangbu.chaincode.java.JavaChaincodeDeployer;
import org.jangbu.chaincode.java.Limits;
import org.jangbu.chaincode.java.SampleIdentity;
import org.jangbu.chaincode.spi.ChaincodeExecutionException;
import org.jangbu.chaincode.spi.ChaincodeResult;
import org.jangbu.chaincode.spi.ChaincodeRuntime;
import org.jangbu.chaincode.spi.Invocation;

/**
 * Runs one contract on a ledger in memory. A submitted transaction is committed at once if the contract accepted it; an evaluated one never is.
 * Transaction ids count up, and each transaction is one second later than the one before.
 *
 * <pre>{@code
 * try (ContractKit kit = ContractKit.deploy(Path.of("target/classes"))) {
 *     kit.submit("open", "A", "10000");
 *     assertThat(ContractKit.text(kit.evaluate("balance", "A"))).isEqualTo("10000");
 * }
 * }</pre>
 */
public final class ContractKit implements AutoCloseable {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final byte[] NOTHING = {};

    private final JavaChaincodeDeployer deployer;
    private final ChaincodeRuntime runtime;
    private InMemoryLedger ledger = new InMemoryLedger();
    private byte[] creator = SampleIdentity.serialized("Org1MSP");
    private int transactions;

    private ContractKit(JavaChaincodeDeployer deployer, ChaincodeRuntime runtime) {
        this.deployer = deployer;
        this.runtime = runtime;
    }

    /**
     * Deploys a contract with the shim of the test's class path.
     *
     * @param code a jar, or a folder of classes or jars
     */
    public static ContractKit deploy(Path code) throws ChaincodeDeployException {
        return deploy(code, Limits.DEFAULT);
    }

    /** Deploys a contract under the given limits. */
    public static ContractKit deploy(Path code, Limits limits) throws ChaincodeDeployException {
        JavaChaincodeDeployer deployer = new JavaChaincodeDeployer(ShimJars.onClassPath(), ContractKit::daemon);
        try {
            return new ContractKit(deployer, deployer.deploy("contract-under-test", "Org1MSP", code, limits));
        } catch (ChaincodeDeployException | RuntimeException e) {
            deployer.close();
            throw e;
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "contract-kit");
        thread.setDaemon(true);
        return thread;
    }

    /** Begins anew with an empty ledger, as if nothing had ever been called; deploying again would take longer. */
    public void clear() {
        ledger = new InMemoryLedger();
        transactions = 0;
    }

    /** From now on the caller is this one. */
    public void callAs(byte[] serializedIdentity) {
        creator = serializedIdentity.clone();
    }

    /** Runs a function and commits what it wrote, unless it refused. */
    public ChaincodeResult submit(String function, String... args) throws ChaincodeExecutionException {
        Simulation simulation = ledger.simulate();
        Invocation invocation = next(function, args);
        ChaincodeResult result = runtime.invoke(invocation, simulation);
        if (result.status() < 400) {
            ledger.commit(simulation, invocation.txId(), invocation.timestamp());
        }
        return result;
    }

    /** Runs a function and forgets what it wrote. */
    public ChaincodeResult evaluate(String function, String... args) throws ChaincodeExecutionException {
        return runtime.invoke(next(function, args), ledger.simulate());
    }

    /** An answer's payload as text. */
    public static String text(ChaincodeResult result) {
        return new String(result.payload(), UTF_8);
    }

    private Invocation next(String function, String... args) {
        transactions++;
        List<byte[]> bytes = java.util.stream.Stream.concat(java.util.stream.Stream.of(function), Arrays.stream(args))
                .map(arg -> arg.getBytes(UTF_8))
                .toList();
        return new Invocation(
                "test-channel",
                String.format("%064x", transactions),
                bytes,
                false,
                creator,
                START.plusSeconds(transactions),
                Map.of(),
                NOTHING,
                NOTHING);
    }

    @Override
    public void close() {
        runtime.close();
        deployer.close();
    }
}
