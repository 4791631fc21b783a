package org.jangbu.quickstart.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jangbu.quickstart.machine.ChildProcess;
import org.jangbu.quickstart.machine.Folders;
import org.jangbu.quickstart.machine.LogTail;
import org.jangbu.quickstart.machine.OwnerOnly;
import org.jangbu.quickstart.machine.Ports;
import org.jangbu.quickstart.machine.Programs;
import org.jangbu.quickstart.machine.QuickStartException;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL that belongs to one folder: programs, data and log are in it, it listens on the loopback interface only, and its one account has a password.
 * What it has committed is on the disk: {@code fsync}, {@code synchronous_commit} and {@code full_page_writes} are on, whatever the configuration file says.
 */
public final class PostgresServer implements AutoCloseable {
    private static final String USER = "jangbu";
    private static final String DATABASE = "jangbu";
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Path folder;
    private final int port;
    private final String password;
    private @Nullable ChildProcess process;

    /**
     * A server that is not started yet.
     *
     * @param folder holds everything; made if it is not there
     * @param password of the account, from the first start on
     */
    public PostgresServer(Path folder, int port, String password) {
        this.folder = folder.toAbsolutePath();
        this.port = port;
        this.password = password;
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    public String user() {
        return USER;
    }

    public String password() {
        return password;
    }

    public long pid() {
        return running().pid();
    }

    public boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** Starts it, with the data of the last time if there is any, and returns when it answers. */
    public void start() throws QuickStartException, IOException, InterruptedException {
        Files.createDirectories(folder);
        List<String> prefix = OrdinaryUser.prefix();
        PostgresBinaries binaries = PostgresBinaries.unpackedIn(folder.resolve("programs"));
        endLeftBehind(prefix, binaries);
        if (!Ports.isFree(port)) {
            throw new QuickStartException(
                    "Port " + port
                            + " on 127.0.0.1, meant for PostgreSQL, is taken. Free it, or choose another one: --postgres-port=…");
        }
        if (!Files.exists(data())) {
            initialise(prefix, binaries);
        }
        process = ChildProcess.start(command(prefix, binaries), Map.of(), log(), pidFile());
        awaitReady();
        makeDatabase();
    }

    /** Stops it cleanly: connections are ended, all is written. */
    public void stop() throws IOException, InterruptedException, QuickStartException {
        if (isRunning()) {
            stopFast(OrdinaryUser.prefix(), PostgresBinaries.unpackedIn(folder.resolve("programs")));
            running().stop(STOP_PATIENCE);
        }
    }

    /** Ends it as a power failure would. */
    public void kill() throws InterruptedException {
        running().kill();
    }

    @Override
    public void close() throws IOException, QuickStartException {
        try {
            stop();
        } catch (InterruptedException e) {
            // Whoever interrupts wants it quickly; PostgreSQL is made to survive that.
            running().killNow();
            Thread.currentThread().interrupt();
        }
    }

    /** A connection for the owner of this object; the application has its own data source. */
    public Connection connect() throws SQLException {
        return connect(DATABASE);
    }

    private void initialise(List<String> prefix, PostgresBinaries binaries)
            throws IOException, InterruptedException, QuickStartException {
        Path fresh = folder.resolve("data.new");
        Folders.delete(fresh);
        Path passwordFile = OwnerOnly.write(folder.resolve("password.new"), password + "\n");
        Path initLog = folder.resolve("initdb.log");
        List<String> command = OrdinaryUser.with(
                prefix,
                binaries.program("initdb"),
                "-D",
                fresh.toString(),
                "-U",
                USER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C");
        int status = Programs.run(command, Map.of(), initLog);
        Files.delete(passwordFile);
        if (status != 0) {
            throw new QuickStartException(
                    "PostgreSQL could not be set up in " + folder + ":\n    " + LogTail.of(initLog));
        }
        // From here on the data folder is either complete or not there.
        Files.move(fresh, data(), StandardCopyOption.ATOMIC_MOVE);
    }

    private List<String> command(List<String> prefix, PostgresBinaries binaries) {
        List<String> command =
                new ArrayList<>(OrdinaryUser.with(prefix, binaries.program("postgres"), "-D", data().toString()));
        for (String setting : List.of(
                "listen_addresses=127.0.0.1",
                "port=" + port,
                "unix_socket_directories=",
                "fsync=on",
                "synchronous_commit=on",
                "full_page_writes=on",
                "shared_buffers=256MB",
                "max_wal_size=2GB",
                "jit=off")) {
            command.add("-c");
            command.add(setting);
        }
        return command;
    }

    private void awaitReady() throws QuickStartException, InterruptedException {
        Instant limit = Instant.now().plus(START_PATIENCE);
        while (!answers()) {
            if (running().awaitEnd(PAUSE) || Instant.now().isAfter(limit)) {
                throw new QuickStartException(
                        "PostgreSQL did not start. The end of " + log() + ":\n    " + LogTail.of(log()));
            }
        }
    }

    private boolean answers() {
        try (Connection connection = connect("postgres")) {
            return connection.isValid(1);
        } catch (SQLException e) {
            // Not yet: the caller asks again until its limit.
            return false;
        }
    }

    private void makeDatabase() throws QuickStartException {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            if (!statement
                    .executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")
                    .next()) {
                statement.execute("CREATE DATABASE " + DATABASE);
            }
        } catch (SQLException e) {
            throw new QuickStartException("PostgreSQL runs, but the database could not be made: " + e.getMessage(), e);
        }
    }

    private Connection connect(String database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", USER);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "2");
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database, properties);
    }

    private void endLeftBehind(List<String> prefix, PostgresBinaries binaries)
            throws IOException, InterruptedException {
        ProcessHandle left = ChildProcess.leftBehind(pidFile()).orElse(null);
        if (left != null) {
            stopFast(prefix, binaries);
            ChildProcess.end(left, STOP_PATIENCE);
        }
    }

    private void stopFast(List<String> prefix, PostgresBinaries binaries) throws IOException, InterruptedException {
        List<String> command = OrdinaryUser.with(
                prefix,
                binaries.program("pg_ctl"),
                "stop",
                "-D",
                data().toString(),
                "-m",
                "fast",
                "-t",
                Long.toString(STOP_PATIENCE.toSeconds()));
        Programs.run(command, Map.of(), folder.resolve("stop.log"));
    }

    private ChildProcess running() {
        if (process == null) {
            throw new IllegalStateException("PostgreSQL in " + folder + " has not been started");
        }
        return process;
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Path log() {
        return folder.resolve("postgres.log");
    }

    private Path pidFile() {
        return folder.resolve("postgres.pid");
    }
}
