package org.jangbu.tests.contract;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jangbu.chaincode.packaging.ChaincodePackage;
import org.jangbu.chaincode.packaging.PackageMetadata;
import org.jangbu.chaincode.packaging.PackageWriter;
import org.jangbu.quickstart.machine.Artifacts;
import org.jangbu.quickstart.machine.ChildProcess;
import org.jangbu.quickstart.machine.Programs;
import org.jangbu.tests.server.TestPorts;
import org.jspecify.annotations.Nullable;

/** A contract that runs as a service at one loopback port, started as Fabric's documents tell. */
final class ContractProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(90);
    private static final String OWNER_INDEX =
            "{\"index\":{\"fields\":[\"owner\"]},\"ddoc\":\"ownerDoc\",\"name\":\"owner\",\"type\":\"json\"}";

    private final String name;
    private final int port;
    private final ChaincodePackage chaincode;
    private final Command command;
    private @Nullable ChildProcess process;

    /** How a service is started at an address, under a package id. */
    private interface Command {
        ChildProcess start(String address, String packageId, Path log, Path pidFile) throws Exception;
    }

    private ContractProcess(String name, Command command) throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = free.getLocalPort();
        }
        this.name = name;
        this.command = command;
        this.chaincode = PackageWriter.write(
                PackageMetadata.SERVICE,
                name + "_1.0",
                new TreeMap<>(Map.of(
                        "connection.json",
                        ("{\"address\":\"" + address() + "\",\"dial_timeout\":\"5s\",\"tls_required\":false}")
                                .getBytes(StandardCharsets.UTF_8),
                        "META-INF/statedb/couchdb/indexes/owner.json",
                        OWNER_INDEX.getBytes(StandardCharsets.UTF_8),
                        "META-INF/statedb/couchdb/collections/_implicit_org_Org1MSP/indexes/owner.json",
                        OWNER_INDEX.getBytes(StandardCharsets.UTF_8))));
    }

    /** A Java contract on the shim's own main class. */
    static ContractProcess java(String name, Path jar) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = jar + ":" + Artifacts.ofThisBuild().shimLibraries() + "/*";
        return new ContractProcess(
                name,
                (address, packageId, log, pidFile) -> ChildProcess.start(
                        List.of(java, "-Xmx256m", "-cp", classPath, "org.hyperledger.fabric.contract.ContractRouter"),
                        Map.of("CHAINCODE_SERVER_ADDRESS", address, "CORE_CHAINCODE_ID_NAME", packageId),
                        log,
                        pidFile));
    }

    /** A contract in Node.js on the shim's own command. */
    static ContractProcess node(String name, Path project) throws Exception {
        String node = Programs.find("node").orElseThrow();
        Path folder = project.toAbsolutePath();
        return new ContractProcess(
                name,
                (address, packageId, log, pidFile) -> ChildProcess.start(
                        List.of(
                                node,
                                folder.resolve("node_modules/.bin/fabric-chaincode-node")
                                        .toRealPath()
                                        .toString(),
                                "server",
                                "--chaincode-address=" + address,
                                "--chaincode-id=" + packageId,
                                "--module-path=" + folder),
                        Map.of("HOME", TestPorts.folder().toAbsolutePath().toString()),
                        log,
                        pidFile));
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    ChaincodePackage chaincode() {
        return chaincode;
    }

    /** Starts it and waits until it listens. */
    void start() throws Exception {
        Path log = TestPorts.folder().resolve(name + ".log");
        process = command.start(
                address(), chaincode.id().toString(), log, TestPorts.folder().resolve(name + ".pid"));
        await().atMost(START).until(this::listens);
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException e) {
            return false; // not yet
        }
    }

    /** Ends it without a word. */
    void kill() throws InterruptedException {
        Objects.requireNonNull(process).kill();
        process = null;
    }

    @Override
    public void close() {
        if (process != null) {
            process.killNow();
        }
    }
}
