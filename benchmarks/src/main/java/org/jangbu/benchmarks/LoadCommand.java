package org.jangbu.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Loads a running network through REST, or with Fabric's own client, and prints one row for each number of requests in flight: rate, latency, failures, and the processor
 * time that server, database and this driver spent for each request that succeeded.
 */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description = "Loads a running Jangbu network and prints what it did. Bounded in time and in count.")
public final class LoadCommand implements Callable<Integer> {
    @Option(names = "--url", defaultValue = "http://localhost:8080", description = "server (default: ${DEFAULT-VALUE})")
    private String url = "";

    @Option(names = "--channel", defaultValue = "channel1", description = "channel (default: ${DEFAULT-VALUE})")
    private String channel = "";

    @ArgGroup(multiplicity = "1")
    private Face face = new Face();

    @Option(names = "--workload", defaultValue = "put", description = "put, transfer or evaluate")
    private String workload = "";

    @Option(names = "--in-flight", split = ",", defaultValue = "1,16,64,128,256", description = "requests in flight")
    private List<Integer> inFlight = List.of();

    @Option(
            names = "--rate",
            description = "requests a second, answered or not, in place of a number in flight; put and evaluate only")
    private int rate;

    @Option(names = "--seconds", defaultValue = "15", description = "time of each run, at most 600")
    private int seconds;

    @Option(names = "--warm-up", defaultValue = "10", description = "seconds of load before anything is measured")
    private int warmUp;

    @Option(names = "--most", defaultValue = "100000", description = "most requests of each run")
    private long most;

    @Option(names = "--server-pid", description = "process whose time counts as the server's")
    private long serverPid;

    @Option(names = "--database-pid", description = "process whose time, with its children's, counts as the database's")
    private long databasePid;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Locale.setDefault(Locale.ROOT);
        try (Client client = client()) {
            return load(client);
        }
    }

    private int load(Client client) throws IOException, InterruptedException {
        PrintStream out = System.out;
        if (rate > 0 && workload.equals("transfer")) {
            throw new IllegalArgumentException("transfers at a rate would meet each other's accounts");
        }
        if (warmUp > 0) {
            ClosedLoop.run(client, prepared(client, 32), 32, Duration.ofSeconds(bounded(warmUp)), most);
        }
        out.println((rate > 0 ? "| a second |" : "| in flight |")
                + " per second | p50 ms | p95 ms | p99 ms | failed | CPU ms each: server | database |" + " driver |");
        out.println("|---|---|---|---|---|---|---|---|---|");
        long failed = 0;
        for (int slots : rate > 0 ? List.of(rate) : inFlight) {
            failed += measure(client, slots, out);
        }
        return failed == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private Client client() throws IOException {
        Rest rest = face.rest;
        if (rest != null) {
            String base = url + "/api/v1/channels/" + channel;
            return new RestClient(base, rest.user, rest.password, Duration.ofSeconds(60));
        }
        FabricClient fabric = Objects.requireNonNull(face.fabric);
        return fabric.light
                ? new LightClient(fabric.gateway, channel, fabric.mspId, fabric.user, fabric.peer)
                : new GatewayClient(fabric.gateway, channel, fabric.mspId, fabric.user, fabric.peer);
    }

    private long measure(Client client, int slots, PrintStream out) throws IOException, InterruptedException {
        Workload prepared = prepared(client, slots);
        List<ProcessCpu> processes = new ArrayList<>();
        for (long pid :
                new long[] {serverPid, databasePid, ProcessHandle.current().pid()}) {
            processes.add(new ProcessCpu(pid == 0 ? ProcessHandle.current().pid() : pid));
        }
        List<Duration> before = spent(processes);
        Duration time = Duration.ofSeconds(bounded(seconds));
        ClosedLoop.Result result = rate > 0
                ? FixedRate.run(client, prepared, slots, time, most)
                : ClosedLoop.run(client, prepared, slots, time, most);
        List<Duration> after = spent(processes);
        StringBuilder row = new StringBuilder(String.format(
                "| %d | %.0f | %.1f | %.1f | %.1f | %s |",
                slots,
                result.perSecond(),
                result.millisAt(50),
                result.millisAt(95),
                result.millisAt(99),
                result.failures().isEmpty() ? "0" : result.failures()));
        for (int i = 0; i < processes.size(); i++) {
            boolean named = i == 2 || (i == 0 ? serverPid : databasePid) != 0;
            double each = after.get(i).minus(before.get(i)).toMillis() / (double) Math.max(1, result.succeeded());
            row.append(named ? String.format(" %.2f |", each) : " – |");
        }
        out.println(row);
        return result.sent() - result.succeeded();
    }

    private Workload prepared(Client client, int slots) throws InterruptedException {
        Workload chosen = switch (workload) {
            case "put" -> Workload.freshKeys();
            case "transfer" -> Workload.transfers(slots);
            case "evaluate" -> Workload.evaluations();
            default -> throw new IllegalArgumentException("unknown workload: " + workload);
        };
        List<Workload.Call> calls = chosen.preparation();
        var queue = new java.util.concurrent.ConcurrentLinkedQueue<>(calls);
        if (!calls.isEmpty()) {
            Workload once = slot -> queue.remove();
            var done = ClosedLoop.run(
                    client, once, Math.min(1, calls.size()), Duration.ofSeconds(bounded(600)), calls.size());
            if (done.succeeded() != calls.size()) {
                throw new IllegalStateException("the ledger could not be prepared: " + done.failures());
            }
        }
        return chosen;
    }

    private static List<Duration> spent(List<ProcessCpu> processes) throws IOException {
        List<Duration> all = new ArrayList<>();
        for (ProcessCpu process : processes) {
            all.add(process.spent());
        }
        return all;
    }

    private static int bounded(int asked) {
        return Math.max(1, Math.min(600, asked));
    }

    /** By which face. */
    static final class Face {
        @ArgGroup(exclusive = false)
        private @Nullable Rest rest;

        @ArgGroup(exclusive = false)
        private @Nullable FabricClient fabric;
    }

    /** REST, as a managed identity. */
    static final class Rest {
        @Option(names = "--user", required = true, description = "managed identity that calls")
        private String user = "";

        @Option(names = "--password", required = true, interactive = true, arity = "0..1", description = "its password")
        private String password = "";
    }

    /** Fabric's client for Java. */
    static final class FabricClient {
        @Option(names = "--gateway", required = true, description = "address of a peer, for Fabric's client for Java")
        private String gateway = "";

        @Option(names = "--msp-id", required = true, description = "of its organisation and of the user")
        private String mspId = "";

        @Option(
                names = "--user-folder",
                required = true,
                description = "…/users/<name>, with msp/signcerts and msp/keystore")
        private Path user = Path.of("");

        @Option(names = "--peer-folder", required = true, description = "…/peers/<name>, with tls/ca.crt")
        private Path peer = Path.of("");

        @Option(names = "--light", description = "make the same calls without Fabric's client, as cheaply as can be")
        private boolean light;
    }
}
