package org.jangbu.benchmarks.channels;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jangbu.benchmarks.ClosedLoop;
import org.jangbu.benchmarks.RestClient;
import org.jangbu.benchmarks.Workload;
import org.jangbu.model.ChannelId;
import org.jangbu.quickstart.QuickStartUsers;
import org.jangbu.quickstart.machine.Artifacts;
import org.jangbu.quickstart.machine.QuickStartException;
import org.jangbu.quickstart.network.TrialContract;
import org.jangbu.quickstart.network.TrialNetwork;
import org.jangbu.quickstart.network.TrialUser;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Founds many channels on a running quick start, has all of them write at once, and prints what that took: time for each, and the server's
 * memory and threads before, with the channels, and after the load.
 */
@Command(
        name = "channels",
        mixinStandardHelpOptions = true,
        description =
                "Founds channels on a running quick start and has all of them transact in parallel. Bounded in time and in count.")
public final class ChannelsCommand implements Callable<Integer> {
    private static final int MOST = 900;

    @Option(names = "--url", defaultValue = "http://localhost:8080", description = "server (default: ${DEFAULT-VALUE})")
    private URI url = URI.create("http://localhost:8080");

    @Option(names = "--run-folder", defaultValue = "run", description = "of the quick start (${DEFAULT-VALUE})")
    private Path runFolder = Path.of("run");

    @Option(
            names = "--count",
            defaultValue = "100",
            description = "how many channels (${DEFAULT-VALUE}), at most " + MOST)
    private int count;

    @Option(
            names = "--at-once",
            defaultValue = "4",
            description = "channels founded at the same time (${DEFAULT-VALUE})")
    private int atOnce;

    @Option(names = "--seconds", defaultValue = "30", description = "time of the load (${DEFAULT-VALUE})")
    private int seconds;

    @Option(names = "--server-pid", required = true, description = "the server's process")
    private long serverPid;

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        Locale.setDefault(Locale.ROOT);
        if (count < 1 || count > MOST || atOnce < 1) {
            throw new IllegalArgumentException("between 1 and " + MOST + " channels, one at once at least");
        }
        Footprint before = Footprint.of(serverPid);
        System.out.println("before:   " + before);
        String run = "c" + Long.toHexString(System.nanoTime());
        List<ChannelId> channels = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            channels.add(new ChannelId(run + "-" + n));
        }
        found(channels);
        Footprint founded = Footprint.of(serverPid);
        System.out.println("founded:  " + founded);
        System.out.printf(
                "each channel: %.2f MB of live heap, %.1f threads%n",
                (founded.heapBytes() - before.heapBytes()) / 1048576.0 / count,
                (founded.threads() - before.threads()) / (double) count);
        int failed = write(channels);
        System.out.println("after:    " + Footprint.of(serverPid));
        return failed == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private void found(List<ChannelId> channels) throws IOException, InterruptedException, ExecutionException {
        TrialNetwork network =
                new TrialNetwork(runFolder.toAbsolutePath(), Artifacts.ofThisBuild(), TrialContract.USUAL);
        TrialChannel founding = new TrialChannel(url, network);
        long begin = System.nanoTime();
        long[] millis = new long[channels.size()];
        ExecutorService administrators = Executors.newFixedThreadPool(atOnce);
        try {
            List<Future<Long>> all = new ArrayList<>();
            for (ChannelId channel : channels) {
                all.add(administrators.submit(() -> timed(founding, channel)));
            }
            for (int n = 0; n < millis.length; n++) {
                millis[n] = all.get(n).get();
            }
        } finally {
            administrators.shutdownNow();
        }
        Arrays.sort(millis);
        System.out.printf(
                "%d channels founded in %.1f s, %d at once; each: p50 %d ms, slowest %d ms (orderer, two peers, two approvals, a commit)%n",
                millis.length,
                (System.nanoTime() - begin) / 1e9,
                atOnce,
                millis[millis.length / 2],
                millis[millis.length - 1]);
    }

    private static long timed(TrialChannel founding, ChannelId channel)
            throws IOException, InterruptedException, QuickStartException {
        long begin = System.nanoTime();
        founding.found(channel);
        return Duration.ofNanos(System.nanoTime() - begin).toMillis();
    }

    /** One request in flight on each channel, on all of them at once. */
    private int write(List<ChannelId> channels) throws InterruptedException, ExecutionException {
        TrialUser user = QuickStartUsers.userOfOrg1();
        ExecutorService writers = Executors.newFixedThreadPool(channels.size());
        try {
            List<Future<ClosedLoop.Result>> all = new ArrayList<>();
            for (ChannelId channel : channels) {
                RestClient client = new RestClient(
                        url + "/api/v1/channels/" + channel, user.name(), user.password(), Duration.ofMinutes(2));
                all.add(writers.submit(() -> ClosedLoop.run(
                        client, Workload.freshKeys(), 1, Duration.ofSeconds(seconds), Integer.MAX_VALUE)));
            }
            List<ClosedLoop.Result> results = new ArrayList<>();
            for (Future<ClosedLoop.Result> each : all) {
                results.add(each.get());
            }
            return tell(results);
        } finally {
            writers.shutdownNow();
        }
    }

    private static int tell(List<ClosedLoop.Result> results) {
        double perSecond = 0;
        long least = Long.MAX_VALUE;
        int failed = 0;
        double slowest = 0;
        for (ClosedLoop.Result result : results) {
            perSecond += result.perSecond();
            least = Math.min(least, result.succeeded());
            slowest = Math.max(slowest, result.millisAt(50));
            failed += result.failures().values().stream()
                    .mapToInt(Integer::intValue)
                    .sum();
        }
        System.out.printf(
                "all at once, one request in flight on each: %.0f committed per second in all, %d on the slowest channel, p50 there up to %.0f ms, failed %d%n",
                perSecond, least, slowest, failed);
        return failed;
    }
}
