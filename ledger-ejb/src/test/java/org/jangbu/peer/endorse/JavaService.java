package org.jangbu.peer.endorse;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Java contract as a service in a JVM of its own, started as Fabric's documents tell: the shim's own main class and two variables. */
final class JavaService implements AutoCloseable {
    private static final String MAIN = "org.hyperledger.fabric.contract.ContractRouter";
    /** The shim and what it needs. It looks into every class for contracts, so others would make its start long. */
    private static final Pattern SHIM = Pattern.compile(
            "/(fabric-|grpc-|proto|opentelemetry-|okhttp|okio|kotlin-|guava|failureaccess|bc[pu]|"
                    + "classgraph|commons-(cli|collections|digester|logging|validator)|everit|handy|joda|json-|gson|perfmark|re2j)[^/]*\\.jar$");

    private static final String PACKAGE_NAME = "org/jangbu/testcontracts";

    private final Process process;
    private final int port;

    private JavaService(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** @param folder for the contract's classes and the log */
    static JavaService start(Path folder, String packageId) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        String libraries = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> SHIM.matcher(entry).find())
                .collect(Collectors.joining(File.pathSeparator));
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        classes(folder) + File.pathSeparator + libraries,
                        MAIN))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("service.log").toFile());
        builder.environment().put("CHAINCODE_SERVER_ADDRESS", "127.0.0.1:" + port);
        builder.environment().put("CORE_CHAINCODE_ID_NAME", packageId);
        return new JavaService(builder.start(), port);
    }

    /** A folder that holds the test contracts and no other class of ours. */
    static Path classes(Path folder) throws IOException {
        Path from = Path.of("target", "test-classes");
        Path to = folder.resolve("contract");
        try (Stream<Path> files = Files.list(from.resolve(PACKAGE_NAME))) {
            Path target = Files.createDirectories(to.resolve(PACKAGE_NAME));
            files.forEach(file -> copy(file, target.resolve(String.valueOf(file.getFileName()))));
        }
        return to;
    }

    private static void copy(Path file, Path target) {
        try {
            if (!Files.exists(target)) {
                Files.copy(file, target);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
