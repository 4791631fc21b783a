package org.jangbu.quickstart;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.jangbu.quickstart.machine.Artifacts;
import org.jangbu.quickstart.machine.QuickStartException;
import org.jangbu.quickstart.wildfly.ServerOptions;

/**
 * One command runs a network. From whatever is in the run folder to a network that serves: PostgreSQL, organisations and channel, WildFly with the
 * application; then a transfer, told step by step; then it serves until Ctrl-C. Ends with status 0 after {@code --once}, 1 if something was in the way, and
 * as the operating system says after a signal (130 after Ctrl-C, 143 after SIGTERM), in each case with server and database stopped.
 */
public final class QuickStart {
    private final Narrator narrator;
    private final Options options;
    private final Installation installation;

    private QuickStart(Narrator narrator, Options options, Installation installation) {
        this.narrator = narrator;
        this.options = options;
        this.installation = installation;
    }

    @SuppressWarnings("SystemExitOutsideMain")
    public static void main(String[] arguments) {
        if (Arrays.asList(arguments).contains("--help")) {
            System.out.print(Options.USAGE);
            return;
        }
        int status = 0;
        try {
            start(arguments);
        } catch (QuickStartException e) {
            System.err.println("\n" + e.getMessage());
            status = 1;
        } catch (IOException | GeneralSecurityException e) {
            System.err.println("\nThe quick start failed: " + e);
            status = 1;
        } catch (InterruptedException e) {
            status = 1;
        }
        // Ends other threads and runs the shutdown hook, which stops what has been started.
        System.exit(status);
    }

    private static void start(String[] arguments)
            throws QuickStartException, IOException, GeneralSecurityException, InterruptedException {
        Options options = Options.parse(arguments, Artifacts.ofThisBuild().projectFolder());
        Narrator narrator = new Narrator(new java.io.PrintStream(
                new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8));
        RunLock lock = RunLock.of(options.runFolder());
        ServerOptions serverOptions = new ServerOptions(options.portOffset(), options.jvmArguments());
        Installation installation = Installation.in(options.runFolder(), options.postgresPort(), serverOptions);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(installation, lock, narrator), "stop"));
        new QuickStart(narrator, options, installation).run();
    }

    private void run() throws QuickStartException, IOException, GeneralSecurityException, InterruptedException {
        narrator.stage("The network's organisations, nodes and channel ("
                + installation.network().home() + ")");
        installation.makeNetwork();
        narrator.stage(
                "PostgreSQL for the world state (" + installation.postgres().url() + ")");
        installation.postgres().start();
        narrator.stage("WildFly, unpacked and configured at the first start");
        installation.prepareServer();
        narrator.stage("Starting WildFly with Jangbu");
        installation.startServer();
        narrator.detail("ready: " + installation.server().http());
        if (!options.once()) {
            narrator.stage("Serving until Ctrl-C");
            new CountDownLatch(1).await();
        }
    }

    private static void stop(Installation installation, RunLock lock, Narrator narrator) {
        narrator.stage("Stopping the server, then the database");
        try (lock) {
            installation.close();
            narrator.detail("stopped; all data is kept");
        } catch (IOException | QuickStartException e) {
            narrator.detail("not stopped cleanly: " + e.getMessage());
        }
    }
}
