package org.jangbu.ordering.jms;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.ordering.deliver.OrdererLedger;
import org.jangbu.ordering.sequence.OrdererLedgerException;
import org.jangbu.ordering.testing.TrialNetwork;
import org.jspecify.annotations.Nullable;

/** An {@link OrdererProcess} as its parent sees it: started, frozen, thawed, killed, started again. */
final class OrdererChild {
    private static final int LONGEST_END_SECONDS = 90;

    private final LocalNode node;
    private final Path genesis;
    private final Path log;
    private final List<String> command = new ArrayList<>();
    private @Nullable Process process;

    private OrdererChild(LocalNode node, Path folder, Path organizations, String broker, Path genesis) {
        this.node = node;
        this.genesis = genesis;
        this.log = folder.resolve(node.name() + ".log");
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx192m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp"));
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.addAll(List.of(
                OrdererProcess.class.getName(),
                broker,
                organizations.toString(),
                node.name().value(),
                node.home().toString(),
                genesis.toString()));
    }

    /** Starts an orderer of a {@link TrialNetwork} whose material lies in the folder, and returns when it listens. */
    static OrdererChild start(Path folder, String name, String broker, Path genesis) throws Exception {
        Path organizations = folder.resolve("organizations");
        LocalNode node =
                OrdererProcess.node(organizations, name, folder.resolve("home").resolve(name));
        OrdererChild child = new OrdererChild(node, folder, organizations, broker, genesis);
        child.start();
        return child;
    }

    void start() throws IOException {
        Process started = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        process = started;
        BufferedReader output =
                new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
        String line;
        do {
            line = output.readLine();
            if (line == null) {
                throw new IllegalStateException(node.name() + " did not start:\n" + log());
            }
        } while (!line.equals("ready"));
    }

    LocalNode node() {
        return node;
    }

    /** It stands still, and knows nothing of it. */
    void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** It goes on where it stood, as if no time had passed. */
    void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    /** It is gone in the middle of whatever it was doing. */
    void kill() throws InterruptedException {
        running().destroyForcibly().waitFor();
    }

    /** It ends by itself when it has that many published blocks. */
    void endAt(long height) throws IOException, InterruptedException {
        Process ending = running();
        ending.getOutputStream().write((height + "\n").getBytes(StandardCharsets.UTF_8));
        ending.getOutputStream().flush();
        if (!ending.waitFor(LONGEST_END_SECONDS, TimeUnit.SECONDS) || ending.exitValue() != 0) {
            throw new IllegalStateException(node.name() + " does not reach height " + height + ":\n" + log());
        }
    }

    /** Its published blocks; only after its end. */
    List<Block> published() throws IOException, OrdererLedgerException {
        Block first = Block.parseFrom(Files.readAllBytes(genesis));
        try (OrdererLedger ledger = OrdererLedger.open(node.ledgers(), TrialNetwork.CHANNEL, first)) {
            List<Block> blocks = new ArrayList<>();
            for (long number = 0; number < ledger.mark(); number++) {
                blocks.add(ledger.block(number));
            }
            return blocks;
        }
    }

    private Process running() {
        return Objects.requireNonNull(process);
    }

    private void signal(String name) throws IOException, InterruptedException {
        int status = new ProcessBuilder(
                        "kill", "-" + name, Long.toString(running().pid()))
                .start()
                .waitFor();
        if (status != 0) {
            throw new IllegalStateException("kill -" + name + " failed");
        }
    }

    /** How many lines of its log hold a text. */
    long logged(String text) throws IOException {
        try (Stream<String> lines = Files.lines(log, StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.contains(text)).count();
        }
    }

    /** What it has logged, the end of it. */
    private String log() throws IOException {
        String all = Files.readString(log, StandardCharsets.UTF_8);
        return all.substring(Math.max(0, all.length() - 4_000));
    }
}
