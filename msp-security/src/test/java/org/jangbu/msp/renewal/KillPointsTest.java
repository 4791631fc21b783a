package org.jangbu.msp.renewal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jangbu.msp.crypto.CryptoProvider;
import org.jangbu.msp.crypto.Curve;
import org.jangbu.msp.identity.CurrentSigner;
import org.jangbu.msp.testing.TestAuthority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server dies between any two steps: whatever lies there then, a node starts with it, and a later renewal succeeds. */
class KillPointsTest {
    @TempDir
    Path folder;

    @Test
    void an_identity_and_its_key() throws Exception {
        int steps = 1;
        for (int done = 0; done <= steps; done++) {
            try (RenewedNodeFixture node = new RenewedNodeFixture(folder.resolve("identity" + done))) {
                X509Certificate former = node.atStart();
                KeyPair keys = CryptoProvider.ofThisServer().generate(Curve.P256);
                TestAuthority ca = node.ca.forger();
                X509Certificate next =
                        ca.issue(ca.leaf(RenewedNodeFixture.NAME, "peer", "node:" + RenewedNodeFixture.NAME), keys);
                IdentityFiles files = node.identityFiles();
                List<WriteStep> all = files.replacing(
                        files.read().key(), RenewedNodeFixture.signing(keys), next, node.clock.instant());
                steps = all.size();
                WriteStep.all(all.subList(0, done));

                X509Certificate started = node.atStart();
                assertThat(started).isIn(former, next);
                boolean renewed = started.equals(next);
                assertThat(renewed).as("after step %d of %d", done, steps).isEqualTo(done == steps);

                if (!renewed) {
                    node.signer = new CurrentSigner(node.signer.current());
                    node.becomeDue();
                    node.server().look();
                    assertThat(node.attempts).contains("identity true");
                    assertThat(node.atStart())
                            .isEqualTo(node.signer.certificate())
                            .isNotEqualTo(former);
                }
            }
        }
        assertThat(steps).isGreaterThan(4);
    }

    @Test
    void a_tls_certificate_and_its_key() throws Exception {
        int steps = 1;
        for (int done = 0; done <= steps; done++) {
            try (RenewedNodeFixture node = new RenewedNodeFixture(folder.resolve("tls" + done))) {
                X509Certificate former = node.tls().read().certificate();
                KeyPair keys = CryptoProvider.ofThisServer().generate(Curve.P256);
                TestAuthority ca = node.tlsCa.forger();
                X509Certificate next = ca.issue(ca.leaf(RenewedNodeFixture.NAME, "peer"), keys);
                List<WriteStep> all =
                        node.tls().replacing(new TlsFiles.Pair(List.of(next), RenewedNodeFixture.signing(keys)));
                steps = all.size();
                WriteStep.all(all.subList(0, done));

                // Reading checks that the two belong together.
                assertThat(node.tls().read().certificate()).isIn(former, next);
                assertThat(node.tls().exist()).isTrue();
                node.becomeDue();
                node.server().look();
                assertThat(node.attempts.toString()).doesNotContain("tls false");
                assertThat(new HttpsStore(node.store, RenewedNodeFixture.PASSWORD).certificate())
                        .isEqualTo(node.tls().read().certificate());
            }
        }
        assertThat(steps).isGreaterThan(4);
    }
}
