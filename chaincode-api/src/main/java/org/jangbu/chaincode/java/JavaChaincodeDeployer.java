package org.jangbu.chaincode.java;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jangbu.chaincode.java.bridge.ContractBridge;
import org.jangbu.chaincode.spi.ChaincodeExecutionException;
import org.jangbu.chaincode.spi.ChaincodeResult;
import org.jangbu.chaincode.spi.ChaincodeRuntime;

/**
 * Deploys Java chaincode packages in this process: contracts written against Fabric's contract API, or a plain {@code ChaincodeBase}. Each deployment
 * has a class loader and threads of its own. Meant for contracts that the organisations have reviewed: the guard contains accidents, it is no prison
 * for hostile code. Thread-safe.
 */
public final class JavaChaincodeDeployer implements AutoCloseable {
    private static final String SHIM_STUB = "org/hyperledger/fabric/shim/ChaincodeStub.class";
    private static final String SINCE_2_5 = "purgePrivateData";
    private static final int OK = 200;
    private static final Limits START_LIMITS = new Limits(Duration.ofSeconds(60), 4L << 30, 10L << 20, 1);

    /** The shim logs a stack trace for each refusal that a contract means for its caller; held here, since loggers are kept weakly. */
    private static final Logger SHIM_LOG = Logger.getLogger("org.hyperledger.fabric");

    private final List<Path> shimLibraries;
    private final ThreadFactory threads;
    private final Watchdog watchdog;

    /**
     * @param shimLibraries jars, or folders of jars, of Fabric's chaincode shim and what it needs, for packages that bring none; may be empty
     * @param threads makes all threads of this deployer; a server's managed one
     */
    public JavaChaincodeDeployer(List<Path> shimLibraries, ThreadFactory threads) {
        this.shimLibraries = List.copyOf(shimLibraries);
        this.threads = threads;
        this.watchdog = new Watchdog(threads);
        if (SHIM_LOG.getLevel() == null) {
            SHIM_LOG.setLevel(Level.OFF);
        }
    }

    /**
     * Loads a package and makes a first call, so that what cannot run is refused here.
     *
     * @param packageId names it in logs and errors
     * @param localMspId the MSP id of the peer for which it runs
     * @param code a jar, or a folder that holds jars at any depth or classes
     * @throws ChaincodeDeployException if it cannot run here
     */
    public ChaincodeRuntime deploy(String packageId, String localMspId, Path code, Limits limits)
            throws ChaincodeDeployException {
        Renewal renewal = () -> load(packageId, localMspId, code, limits);
        return new JavaChaincodeRuntime(renewal.load(), renewal, threads);
    }

    private Deployment load(String packageId, String localMspId, Path code, Limits limits)
            throws ChaincodeDeployException {
        long begin = System.nanoTime();
        List<ContractCode> containers = new ArrayList<>();
        try {
            containers.addAll(ContractCode.open(code));
            Map<String, List<String>> classes = ContractClasses.in(containers);
            addShim(containers);
            LoadedContract contract = new LoadedContract(new ContractClassLoader(packageId, containers));
            Deployment deployment = new Deployment(packageId, limits, contract, watchdog, threads);
            start(deployment, classes, localMspId);
            ChaincodeLog.LOG.deployed(packageId, (System.nanoTime() - begin) / 1_000_000);
            return deployment;
        } catch (IOException | ReflectiveOperationException | LinkageError e) {
            close(packageId, containers);
            throw new ChaincodeDeployException("The package " + packageId + " cannot be loaded: " + e, e);
        } catch (ChaincodeDeployException | RuntimeException e) {
            close(packageId, containers);
            throw e;
        }
    }

    // A shim older than 2.5 cannot carry the bridge; its contracts run on the server's, which then comes first.
    private void addShim(List<ContractCode> containers) throws IOException, ChaincodeDeployException {
        byte[] ownStub = null;
        for (ContractCode container : containers) {
            ownStub = ownStub == null ? container.read(SHIM_STUB) : ownStub;
        }
        if (ownStub != null && new String(ownStub, ISO_8859_1).contains(SINCE_2_5)) {
            return;
        }
        if (shimLibraries.isEmpty()) {
            throw new ChaincodeDeployException(
                    ownStub == null
                            ? "The package brings no chaincode shim, and this server has none to lend"
                            : "The package brings a chaincode shim older than 2.5, and this server has no newer one to lend");
        }
        int place = ownStub == null ? containers.size() : 0;
        for (Path library : shimLibraries) {
            containers.addAll(place, ContractCode.open(library));
        }
    }

    private static void start(Deployment deployment, Map<String, List<String>> classes, String localMspId)
            throws ChaincodeDeployException {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        Running running = deployment.running(
                START_LIMITS, System.nanoTime() + START_LIMITS.timeout().toNanos(), 0);
        try {
            deployment.execute(
                    running,
                    () -> firstCall(deployment.contract(), classes, localMspId, deployment::failed),
                    outcome,
                    () -> {});
            ChaincodeResult result = outcome.get(START_LIMITS.timeout().toSeconds() + 10, TimeUnit.SECONDS)
                    .resultOf(deployment.packageId());
            if (result.status() != OK) {
                throw new ChaincodeDeployException(
                        "The metadata of " + deployment.packageId() + " cannot be had: " + result.message());
            }
        } catch (ChaincodeExecutionException | ExecutionException | TimeoutException e) {
            deployment.close();
            throw new ChaincodeDeployException(
                    "The package " + deployment.packageId() + " cannot be started: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            deployment.close();
            throw new ChaincodeDeployException("Interrupted while " + deployment.packageId() + " was started", e);
        }
    }

    // A plain chaincode has no function that all of them know.
    private static ChaincodeResult firstCall(
            LoadedContract contract, Map<String, List<String>> classes, String localMspId, Consumer<Throwable> failures)
            throws ReflectiveOperationException {
        contract.start(classes, localMspId, failures);
        return classes.containsKey(ContractBridge.CONTRACTS)
                ? contract.invoke(WarmUp.invocation(), WarmUp.host())
                : new ChaincodeResult(OK, "", new byte[0], null);
    }

    private static void close(String packageId, List<ContractCode> containers) {
        try {
            ContractCode.closeAll(containers);
        } catch (IOException e) {
            ChaincodeLog.LOG.notClosed(packageId, e);
        }
    }

    /** Stops watching; deployments should be closed before. */
    @Override
    public void close() {
        watchdog.close();
    }
}
