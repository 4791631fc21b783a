package org.jangbu.peer.endorse;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jangbu.chaincode.spi.ChaincodeHost;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.model.Version;
import org.junit.jupiter.api.Test;

/** Whatever a contract does, in whatever order, the bytes are those of Fabric's rules taken literally. */
class ReadWriteSetPropertyTest {
    private static final int CASES = 20_000;
    private static final List<String> NAMESPACES = List.of("basic", "other", "Basic");

    /** Characters that sort differently as UTF-16 and as UTF-8, and those that are special to somebody. */
    private static final List<String> LETTERS = List.of(
            "a",
            "b",
            "\u0000",
            "\u0001",
            "\u007f",
            "\u0080",
            "\u07ff",
            "\uffff",
            "\ufffd",
            "\uD800\uDC00",
            "\uDBFF\uDFFF");

    @Test
    void any_run_gives_the_bytes_of_the_naive_model() {
        for (int seed = 0; seed < CASES; seed++) {
            run(seed);
        }
    }

    @Test
    void long_ranges_are_summarised_level_by_level() {
        // Around every size at which a level of the tree fills up.
        for (int rows : List.of(50, 51, 52, 100, 101, 102, 2_550, 2_551, 2_601, 2_602, 2_652, 5_202)) {
            Case c = new Case(new Random(rows), rows);
            c.rangeAll();
            c.compare("rows " + rows);
        }
        Case deep = new Case(new Random(7), 140_000);
        deep.limits = new SimulationLimits(10, 10, 10, 200_000, 3, 3, 10);
        deep.rangeAll();
        deep.compare("three levels");
    }

    private static void run(int seed) {
        Random random = new Random(seed);
        Case c = new Case(random, random.nextInt(50) == 0 ? 100 + random.nextInt(300) : random.nextInt(12));
        int steps = random.nextInt(15);
        for (int i = 0; i < steps; i++) {
            c.step();
        }
        c.compare("seed " + seed);
    }

    private static final class Case {
        private final Random random;
        private final MemoryLedger ledger = new MemoryLedger("peer0.org1.example.com", "mychannel");
        private final Map<String, Map<String, ByteString>> state = new HashMap<>();
        private final Map<String, Map<String, long[]>> versions = new HashMap<>();
        private final NaiveReadWriteSet naive = new NaiveReadWriteSet(state, versions);
        private SimulationLimits limits = SimulationLimits.DEFAULT;
        private Simulation simulation;

        private Case(Random random, int rows) {
            this.random = random;
            for (int i = 0; i < rows; i++) {
                String namespace = NAMESPACES.get(rows > 100 ? 0 : random.nextInt(NAMESPACES.size()));
                String key = rows > 100 ? "k%07d".formatted(i) : key();
                long[] version = {random.nextInt(3), random.nextInt(3)};
                ledger.put(
                        new StateKey(namespace, key),
                        ByteString.copyFromUtf8("v"),
                        new Version(version[0], version[1]));
                state.computeIfAbsent(namespace, n -> new HashMap<>()).put(key, ByteString.copyFromUtf8("v"));
                versions.computeIfAbsent(namespace, n -> new HashMap<>()).put(key, version);
            }
            ledger.setHeight(3);
            simulation = new Simulation(ledger, "tx", limits);
        }

        private void step() {
            String namespace = NAMESPACES.get(random.nextInt(NAMESPACES.size()));
            String key = key();
            switch (random.nextInt(6)) {
                case 0, 1 -> {
                    simulation.get(namespace, key);
                    naive.read(namespace, key);
                }
                case 2, 3 -> {
                    ByteString value = ByteString.copyFromUtf8("x".repeat(random.nextInt(3)));
                    simulation.put(namespace, key, value);
                    naive.write(namespace, key, value);
                }
                case 4 -> {
                    ByteString value = ByteString.copyFromUtf8("p" + random.nextInt(3));
                    simulation.putMetadata(namespace, key, Map.of("VALIDATION_PARAMETER", value));
                    naive.metadata(namespace, key, "VALIDATION_PARAMETER", value);
                }
                default -> range(namespace);
            }
        }

        private void range(String namespace) {
            String start = random.nextInt(3) == 0 ? "\u0001" : key();
            String end = random.nextBoolean() ? "" : key();
            read(namespace, start, end, random.nextInt(4) == 0 ? random.nextInt(450) : random.nextInt(8));
        }

        private void rangeAll() {
            simulation = new Simulation(ledger, "tx", limits);
            read("basic", "", "", Integer.MAX_VALUE);
        }

        /** Asks for so many rows; a last answer of "no more" counts as asking. */
        private void read(String namespace, String start, String end, int most) {
            int asked = 0;
            try (ChaincodeHost.Results<ChaincodeHost.KeyValue> rows = simulation.range(namespace, start, end, 0)) {
                List<String> expected = naive.keys(namespace, start, end);
                while (asked < most) {
                    ChaincodeHost.KeyValue row = rows.next();
                    asked++;
                    if (row == null) {
                        assertThat(asked).isEqualTo(expected.size() + 1);
                        break;
                    }
                    assertThat(row.key()).isEqualTo(expected.get(asked - 1));
                }
            }
            naive.range(namespace, start, end, asked);
        }

        private String key() {
            StringBuilder key = new StringBuilder();
            int length = 1 + random.nextInt(2);
            for (int i = 0; i < length; i++) {
                key.append(LETTERS.get(random.nextInt(LETTERS.size())));
            }
            return key.toString();
        }

        private void compare(String as) {
            simulation.end();
            assertThat(simulation.stillHolds()).as(as).isTrue();
            assertThat(simulation.results()).as(as).isEqualTo(naive.bytes());
        }
    }
}
