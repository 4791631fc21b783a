package org.jangbu.msp.renewal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jangbu.msp.crypto.CryptoProvider;
import org.jangbu.msp.crypto.Curve;
import org.jangbu.msp.testing.TestAuthority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ports, HTTPS and connections to other servers look at the files of a node, and each finishes what it finds half done. */
class TlsFilesTest {
    private static final int RENEWALS = 300;

    @TempDir
    Path folder;

    @Test
    void whoever_reads_meanwhile_keeps_no_renewal_from_its_end() throws Exception {
        ExecutorService readers = Executors.newFixedThreadPool(3);
        AtomicBoolean over = new AtomicBoolean();
        try (RenewedNodeFixture node = new RenewedNodeFixture(folder)) {
            List<TlsFiles.Pair> pairs = List.of(node.tls().read(), pair(node), pair(node));
            List<Future<Integer>> reading = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                reading.add(readers.submit(() -> reads(node.tls(), pairs, over)));
            }
            for (int i = 1; i <= RENEWALS; i++) {
                WriteStep.all(node.tls().replacing(pairs.get(i % pairs.size())));
            }
            over.set(true);
            for (Future<Integer> each : reading) {
                assertThat(each.get()).as("pairs that were read whole").isPositive();
            }
            assertThat(node.tls().read().chain())
                    .isEqualTo(pairs.get(RENEWALS % pairs.size()).chain());
        } finally {
            over.set(true);
            readers.shutdownNow();
        }
    }

    /** How often a pair was read; it is one of those that were put there, or the reader is told to come again. */
    private static int reads(TlsFiles files, List<TlsFiles.Pair> pairs, AtomicBoolean over) {
        int read = 0;
        while (!over.get()) {
            TlsFiles.Pair found;
            try {
                found = files.read();
            } catch (IOException betweenTwoFiles) {
                continue;
            }
            assertThat(pairs).extracting(TlsFiles.Pair::chain).contains(found.chain());
            read++;
        }
        return read;
    }

    private static TlsFiles.Pair pair(RenewedNodeFixture node) throws Exception {
        KeyPair keys = CryptoProvider.ofThisServer().generate(Curve.P256);
        TestAuthority ca = node.tlsCa.forger();
        return new TlsFiles.Pair(
                List.of(ca.issue(ca.leaf(RenewedNodeFixture.NAME, "peer"), keys)), RenewedNodeFixture.signing(keys));
    }
}
