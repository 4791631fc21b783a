package org.jangbu.quickstart;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jangbu.quickstart.machine.Artifacts;
import org.jangbu.quickstart.machine.Narrator;
import org.jangbu.quickstart.machine.QuickStartException;
import org.jangbu.quickstart.network.TrialUser;
import org.jangbu.quickstart.postgres.OutsideDatabase;
import org.jangbu.quickstart.rest.TransferDemonstration;
import org.jangbu.quickstart.wildfly.ServerOptions;

/**
 * One command runs a network. From whatever is in the run folder to a network that serves: PostgreSQL, organisations and channel, WildFly with the
 * application; then a transfer, told step by step; then it serves until Ctrl-C. Ends with status 0 after {@code --once}, 1 if something was in the way, and
 * as the operating system says after a signal (130 after Ctrl-C, 143 after SIGTERM), in each case with server and database stopped.
 */
public final class QuickStart {
    private static final AtomicBoolean STOPPING = new AtomicBoolean();

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
        // What libraries tell of their work belongs into the server's log, not between the lines for the person at the
        // terminal.
        Logger.getLogger("").setLevel(Level.WARNING);
        int status = 0;
        try {
            start(arguments);
        } catch (QuickStartException e) {
            status = failed(String.valueOf(e.getMessage()));
        } catch (IOException | GeneralSecurityException e) {
            status = failed("The quick start failed: " + e);
        } catch (InterruptedException e) {
            status = failed("The quick start was interrupted.");
        }
        // Ends other threads and runs the shutdown hook, which stops what has been started.
        System.exit(status);
    }

    private static int failed(String message) {
        // Once it is being stopped, whatever was under way fails; that is no news.
        if (!STOPPING.get()) {
            System.err.println("\n" + message);
        }
        return 1;
    }

    private static void start(String[] arguments)
            throws QuickStartException, IOException, GeneralSecurityException, InterruptedException {
        Options options = Options.parse(arguments, Artifacts.ofThisBuild().projectFolder());
        Narrator narrator = new Narrator(new java.io.PrintStream(
                new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8));
        RunLock lock = RunLock.of(options.runFolder());
        ServerOptions serverOptions = new ServerOptions(options.portOffset(), options.jvmArguments());
        Installation installation = options.empty()
                ? Installation.withoutChannel(options.runFolder(), options.postgresPort(), serverOptions)
                : Installation.in(options.runFolder(), options.postgresPort(), serverOptions);
        OutsideDatabase.namedIn(System.getenv()).ifPresent(installation::useDatabase);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(installation, lock, narrator), "stop"));
        new QuickStart(narrator, options, installation).run();
    }

    private void run() throws QuickStartException, IOException, GeneralSecurityException, InterruptedException {
        narrator.stage("The network's organisations, nodes and channel ("
                + installation.network().home() + ")");
        installation.makeNetwork();
        narrator.stage("PostgreSQL for the world state (" + installation.databaseUrl() + ")");
        installation.startDatabase();
        narrator.stage("WildFly, unpacked and configured at the first start");
        installation.prepareServer();
        narrator.stage("Starting WildFly with Jangbu");
        installation.startServer();
        if (installation.network().hasChannel()) {
            new TransferDemonstration(
                            narrator,
                            installation.server().http(),
                            QuickStartUsers.userOfOrg1(),
                            QuickStartUsers.administrators())
                    .run();
        }
        tellWhere();
        if (!options.once()) {
            narrator.stage("Serving until Ctrl-C");
            new CountDownLatch(1).await();
        }
    }

    private void tellWhere() {
        narrator.stage("The network is ready");
        narrator.detail("console   " + installation.server().http() + "/");
        narrator.detail("REST      " + installation.server().http() + "/api/v1/channels  (description: /openapi)");
        narrator.detail("health    " + installation.server().management() + "/health   metrics "
                + installation.server().management() + "/metrics");
        narrator.detail("CAs       ca-org1 " + installation.server().authority(7054) + ", ca-org2 "
                + installation.server().authority(8054) + ", ca-orderer "
                + installation.server().authority(9054) + "  user admin  password "
                + QuickStartUsers.administratorOfOrg1().password());
        narrator.detail("TLS CAs   tlsca-org1, tlsca-org2, tlsca-orderer at the same ports, by name (caname)");
        for (TrialUser user : QuickStartUsers.all()) {
            narrator.detail("user      " + user.name() + "  password " + user.password());
        }
        narrator.detail("logs      " + installation.server().log());
    }

    private static void stop(Installation installation, RunLock lock, Narrator narrator) {
        STOPPING.set(true);
        narrator.stage("Stopping the server, then the database");
        try (lock) {
            installation.close();
            narrator.detail("stopped; all data is kept");
        } catch (IOException | QuickStartException e) {
            narrator.detail("not stopped cleanly: " + e.getMessage());
        }
    }
}
