package org.jangbu.quickstart.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A server that runs as a child of this process, in a session of its own: the terminal's Ctrl-C must reach the launcher alone, which then stops its children
 * in order. Its process id is kept in a file while it runs; {@link #leftBehind} finds a child whose launcher was killed.
 */
public final class ChildProcess {
    private final Process process;
    private final Path pidFile;

    private ChildProcess(Process process, Path pidFile) {
        this.process = process;
        this.pidFile = pidFile;
    }

    /**
     * Starts a command.
     *
     * @param environment added to this process's own
     * @param log output is appended to it
     * @param pidFile remembers the child
     */
    public static ChildProcess start(List<String> command, Map<String, String> environment, Path log, Path pidFile)
            throws IOException {
        List<String> full = new ArrayList<>();
        // setsid replaces itself by the command, so the process that is started is the command's own.
        Programs.find("setsid").ifPresent(full::add);
        full.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(full)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        Files.writeString(pidFile, process.pid() + " " + startOf(process.toHandle()), StandardCharsets.UTF_8);
        return new ChildProcess(process, pidFile);
    }

    /** The child that this file remembers, if it still runs. A process that merely has the same number is not it. */
    public static Optional<ProcessHandle> leftBehind(Path pidFile) throws IOException {
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        String[] remembered = Files.readString(pidFile, StandardCharsets.UTF_8).split(" ", 2);
        if (remembered.length != 2 || !remembered[0].matches("[0-9]{1,18}")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(remembered[0]))
                .filter(handle -> startOf(handle).equals(remembered[1]));
    }

    /** Ends a child that was left behind: first asked, after a while without asking. */
    public static void end(ProcessHandle handle, Duration patience) throws InterruptedException {
        handle.destroy();
        if (!ended(handle, patience)) {
            handle.destroyForcibly();
            ended(handle, patience);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for the end at most that long; true if it has ended. */
    public boolean awaitEnd(Duration patience) throws InterruptedException {
        return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    public int exitStatus() {
        return process.exitValue();
    }

    /**
     * Asks it to end (SIGTERM), and after a while ends it without asking.
     *
     * @return whether it ended when asked
     */
    public boolean stop(Duration patience) throws InterruptedException, IOException {
        process.destroy();
        boolean ended = awaitEnd(patience);
        if (!ended) {
            kill();
        }
        Files.deleteIfExists(pidFile);
        return ended;
    }

    /** Sends SIGKILL and does not wait. */
    public void killNow() {
        process.destroyForcibly();
    }

    /** Ends it as a power failure would (SIGKILL), and waits until it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    private static boolean ended(ProcessHandle handle, Duration patience) throws InterruptedException {
        try {
            handle.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String startOf(ProcessHandle handle) {
        return handle.info().startInstant().map(Instant::toString).orElse("unknown");
    }
}
