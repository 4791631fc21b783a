package org.jangbu.quickstart.wildfly;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jangbu.quickstart.machine.ChildProcess;
import org.jangbu.quickstart.machine.LogTail;
import org.jangbu.quickstart.machine.Ports;
import org.jangbu.quickstart.machine.QuickStartException;
import org.jspecify.annotations.Nullable;

/** A WildFly that runs as a child process: the virtual machine itself is the child, no script stands between. */
public final class WildFlyServer implements AutoCloseable {
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(90);
    private static final Duration PAUSE = Duration.ofMillis(500);
    /** What the configuration opens before any offset: HTTP, HTTPS, management, certificate authorities, the nodes' gRPC. */
    private static final List<Integer> PORTS = List.of(8080, 8443, 9990, 7054, 8054, 9054, 7050, 7051, 9051);

    private final WildFlyInstallation installation;
    private final ServerEnvironment environment;
    private final ServerOptions options;
    private @Nullable ChildProcess process;

    /** A server that is not started yet, on an installation that {@link WildFlyInstallation#prepare prepare} has made ready for the same environment. */
    public WildFlyServer(WildFlyInstallation installation, ServerEnvironment environment, ServerOptions options) {
        this.installation = installation;
        this.environment = environment;
        this.options = options;
    }

    /** Where the application answers, without a path. */
    public URI http() {
        return URI.create("http://127.0.0.1:" + (8080 + options.portOffset()));
    }

    public URI https() {
        return URI.create("https://localhost:" + (8443 + options.portOffset()));
    }

    /** Where the certificate authority of that port (before the offset) answers. */
    public URI authority(int port) {
        return URI.create("https://localhost:" + (port + options.portOffset()));
    }

    /** Where gRPC answers that stands at this port before the offset, as clients write it: host:port. */
    public String grpc(int port) {
        return "localhost:" + (port + options.portOffset());
    }

    /** Where health and metrics answer. */
    public URI management() {
        return URI.create("http://127.0.0.1:" + (9990 + options.portOffset()));
    }

    public long pid() {
        return running().pid();
    }

    public boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** The server's own log of this and earlier starts. */
    public Path log() {
        return installation.folder().resolve("standalone/log/server.log");
    }

    /** Starts the process and returns at once; {@link #awaitReady} waits for it. */
    public void start() throws IOException, QuickStartException, InterruptedException {
        ProcessHandle left = ChildProcess.leftBehind(pidFile()).orElse(null);
        if (left != null) {
            ChildProcess.end(left, STOP_PATIENCE);
        }
        for (int port : PORTS) {
            if (!Ports.isFree(port + options.portOffset())) {
                throw new QuickStartException(
                        "Port " + (port + options.portOffset())
                                + " on 127.0.0.1, meant for WildFly, is taken. Free it, or move all of its ports: --port-offset=…");
            }
        }
        Map<String, String> variables = new HashMap<>(environment.variables());
        Files.deleteIfExists(console());
        // Of an earlier start, which may have been stopped on its way: WildFly would leave the application alone, and
        // we would take it for failed.
        Files.deleteIfExists(failedMark());
        process = ChildProcess.start(command(), variables, console(), pidFile());
    }

    /** Waits until the server says that it is ready (health on the management port). */
    public void awaitReady(Duration patience) throws QuickStartException, InterruptedException {
        ReadinessProbe probe = new ReadinessProbe(management());
        Instant limit = Instant.now().plus(patience);
        while (!probe.isReady()) {
            if (running().awaitEnd(PAUSE)) {
                throw new QuickStartException("WildFly ended with status "
                        + running().exitStatus() + ". The end of " + console() + ":\n    " + LogTail.of(console()));
            }
            if (failedDeployment() || Instant.now().isAfter(limit)) {
                throw new QuickStartException("WildFly is not ready: " + probe.lastAnswer() + ". The end of " + log()
                        + ":\n    " + LogTail.of(log()));
            }
        }
    }

    /**
     * Stops it cleanly.
     *
     * @return whether it ended when asked
     */
    public boolean stop() throws IOException, InterruptedException {
        return !isRunning() || running().stop(STOP_PATIENCE);
    }

    /** Ends it as a power failure would. */
    public void kill() throws InterruptedException {
        running().kill();
    }

    @Override
    public void close() throws IOException {
        try {
            stop();
        } catch (InterruptedException e) {
            // Whoever interrupts wants it quickly; the ledger is made to survive that.
            running().killNow();
            Thread.currentThread().interrupt();
        }
    }

    private List<String> command() {
        Path home = installation.folder();
        Path base = home.resolve("standalone");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-D[Standalone]");
        command.addAll(options.virtualMachine());
        // The server runs on the launcher's own virtual machine.
        command.addAll(ModuleAccess.forWildFlyOn(Runtime.version().feature()));
        command.addAll(List.of(
                "-Djboss.modules.system.pkgs=org.jboss.byteman",
                "-Dorg.jboss.boot.log.file=" + base.resolve("log/server.log"),
                "-Dlogging.configuration=file:" + base.resolve("configuration/logging.properties"),
                "-jar",
                home.resolve("jboss-modules.jar").toString(),
                "-mp",
                home.resolve("modules").toString(),
                "org.jboss.as.standalone",
                "-Djboss.home.dir=" + home,
                "-Djboss.server.base.dir=" + base,
                "-Djboss.socket.binding.port-offset=" + options.portOffset(),
                "-c",
                "standalone-full.xml"));
        return command;
    }

    private boolean failedDeployment() {
        return Files.exists(failedMark());
    }

    private Path failedMark() {
        return installation.folder().resolve("standalone/deployments/jangbu.ear.failed");
    }

    private ChildProcess running() {
        if (process == null) {
            throw new IllegalStateException("WildFly in " + installation.folder() + " has not been started");
        }
        return process;
    }

    private Path console() {
        return installation.folder().resolve("jangbu/console.log");
    }

    private Path pidFile() {
        return installation.folder().resolve("jangbu/wildfly.pid");
    }
}
